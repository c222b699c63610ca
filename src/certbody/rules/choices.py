"""Closed lists of choices: grounds, conclusions, triggers, methods, kinds of change.

Units      none; the answer's value is the choice's id
Errors     ``BadInput`` for what is not on the list; ``Refused`` with every requirement
           of a choice that is not met
Source     ISO/IEC 17065:2012, 7.6, 7.10, 7.11 (decisions and their grounds)
"""

from collections.abc import Mapping

from pydantic import Field

from certbody.rules.conditions import Requirement, refusals_and_notes
from certbody.rules.facts import Facts, Inputs
from certbody.rules.terms import Answer, BadInput, Problem, Refused, Row, Section, Step


class Option(Row):
    """One choice: its regulator code, what it needs, and what it leads to."""

    label: str = ""
    code: str | None = Field(default=None, description="the regulator's code")
    leads_to: str | None = Field(default=None, description="an act, a step or another choice")
    require: tuple[Requirement, ...] = ()


class Choices(Section):
    """A closed list."""

    inputs: Inputs = {}
    options: tuple[Option, ...] = Field(min_length=1)


def chosen(section: Choices, given: Mapping[str, object], facts: Facts) -> Answer:
    """Return the option chosen with its code and what it leads to, or refuse it."""
    wanted = given.get("choose")
    option = next((row for row in section.options if row.id == wanted), None)
    if option is None:
        allowed = [row.id for row in section.options]
        said = {"name": "choose", "value": wanted, "allowed": allowed}
        raise BadInput([Problem("choose", "not_a_choice", said)])
    refusals, notes, steps = refusals_and_notes(option.require, facts)
    if refusals:
        raise Refused(refusals)
    steps.append(Step("chosen", {"what": option.words}, option.id, option.clause))
    more = {"code": option.code, "leads_to": option.leads_to}
    return Answer(option.id, "choice", steps, notes, more)
