"""What the case's rulebook asks of an application, and which of it the program knows itself.

A rulebook names facts. Those of the *vocabulary* the program fills in from the register and the
case; all others are asked: of the client (eligibility), of the reviewer (acceptance, audit time,
fees). The vocabulary is documented in docs/case-vocabulary.md. No scheme is known by name here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.application.models import Application
from certbody.cases import facts
from certbody.cases.editions import book_for
from certbody.clients.facts import facts_of
from certbody.rules.checklists import Checklist, Item
from certbody.rules.choices import Choices, Option
from certbody.rules.conditions import Requirements
from certbody.rules.facts import Input
from certbody.rules.sums import Sum
from certbody.schemes.questions import section_for

ELIGIBILITY = "eligibility"
DOCUMENTS = "application_documents"
SCOPE = "scope_contents"
QUESTIONS = "review_questions"
ACCEPTANCE = "acceptance"
OUTCOMES = "application_outcomes"
OBLIGATIONS = "contract_obligations"
SIGNING = "contract"
MAN_DAYS = "man_days"
FEES = "fee"

Given = facts.Given


def requirements(application: Application, name: str) -> Requirements | None:
    """Return a list of requirements of the case's rulebook, if it has one of that name."""
    found: Requirements | None = _section(application, "requirements", name)
    return found


def checklist(application: Application, name: str) -> Checklist | None:
    """Return a checklist of the case's rulebook, if it has one of that name."""
    found: Checklist | None = _section(application, "checklists", name)
    return found


def items(application: Application, name: str) -> tuple[Item, ...]:
    """Return the items of a checklist; none where the rulebook has no such list."""
    found = checklist(application, name)
    return found.items if found else ()


def sum_for(application: Application, question: str) -> tuple[str, Sum] | None:
    """Return the sum that answers a question such as man-days, with its name."""
    name = section_for(book_for(application.case).rulebook, question)
    found: Sum | None = _section(application, "sums", name)
    return (name, found) if found else None


def outcome_for(application: Application, act: str) -> Option | None:
    """Return the outcome of the application that leads to an act."""
    outcomes: Choices | None = _section(application, "choices", OUTCOMES)
    options = outcomes.options if outcomes else ()
    return next((one for one in options if one.leads_to == act), None)


def known(application: Application, on: date) -> Given:
    """Return what the program knows itself: the vocabulary of facts, for a day."""
    case = application.case
    return {
        **facts_of(case.client, on),
        "applied": (case.submitted_on or on).isoformat(),
        "activity": case.activity,
        "event": case.activity,
        **({"people": application.people} if application.people else {}),
    }


def known_for(application: Application, inputs: Mapping[str, Input], on: date) -> Given:
    """Return what the program knows of these inputs, lists cut to the columns they declare."""
    return facts.known_for(inputs, known(application, on))


def asked_of(application: Application, inputs: Mapping[str, Input], on: date) -> dict[str, Input]:
    """Return the inputs that somebody has to answer."""
    return facts.asked_of(inputs, known(application, on))


def _section(application: Application, kind: str, name: str) -> Any:  # noqa: ANN401  by kind
    return book_for(application.case).edition.of_kind(kind).get(name)
