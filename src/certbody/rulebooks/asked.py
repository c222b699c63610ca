"""A question put to a rulebook from a page: the answer, the refusals, or what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certbody.calendars import CHINA
from certbody.rulebooks.calculable import Calculator
from certbody.rulebooks.forms.fields import place_in_form
from certbody.rules.terms import Answer, BadInput, Problem, Refused, Words
from certbody.schemes.asking import Circumstances
from certbody.schemes.questions import answered
from certbody.web.language import active, in_words
from certbody.words import plain
from certbody.words.rendering import plain_problem, plain_refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question, in the reader's language."""

    calculator: Calculator
    answer: Answer | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    refusals: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Mapping[str, Any], ...] = ()

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by field."""
        found: dict[str, list[str]] = {}
        for problem in self.problems:
            found.setdefault(place_in_form(str(problem["where"])), []).append(problem["message"])
        return found


def asked(
    calculator: Calculator, given: Mapping[str, Any], labels: Mapping[str, str], on: date
) -> Asked:
    """Ask, and put what came of it in words; ``labels`` are the names of the form's fields."""
    language = active()
    try:
        around = Circumstances(CHINA, on)
        answer = answered(calculator.book.rulebook, calculator.question, given, around)
    except Refused as refused:
        told = (replace(one, facts=_labelled(one.facts, labels)) for one in refused.refusals)
        return Asked(calculator, refusals=tuple(plain_refusal(one, language) for one in told))
    except BadInput as bad:
        problems = tuple(_told(one, labels) for one in bad.problems)
        return Asked(calculator, problems=problems)
    notes = [replace(one, facts=_labelled(one.facts, labels)) for one in answer.warnings]
    return Asked(calculator, answer, plain(replace(answer, warnings=notes), language))


def _told(problem: Problem, labels: Mapping[str, str]) -> dict[str, object]:
    """Say what is wrong with a field by its label; what is missing needs no more than that."""
    facts = _labelled(problem.facts, labels)
    told = plain_problem(replace(problem, facts=facts), active())
    label = labels.get(problem.where, "")
    if label and (problem.code == "missing_input" or facts.get("value") == ""):
        told["message"] = _("%(what)s is missing") % {"what": label}
    return told


def _labelled(facts: Mapping[str, object], labels: Mapping[str, str]) -> dict[str, object]:
    """Put a field's label where facts name an input by its code, and that only once."""
    name = place_in_form(str(facts.get("name", "")))
    if name not in labels:
        return dict(facts)
    what = facts.get("what")
    named = {"what": in_words(what)} if isinstance(what, Words) else {}
    return {**facts, **named, "name": labels[name]}
