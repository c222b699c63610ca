"""The lifecycle of a certificate and of a case: which act leads from which state to which.

The states are the program's; which arrows exist, the rulebook says. Everything not
drawn is refused.

Units      none; the answer's value is the state reached
Errors     ``Refused`` with ``status_does_not_allow``; ``BadInput`` for an unknown state
Source     ISO/IEC 17065:2012, 7.6 and 7.11; ISO/IEC 17000:2020, 8.1 to 8.4
"""

from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import Field, model_validator

from certbody.rules.terms import (
    Answer,
    BadInput,
    Code,
    Problem,
    Refusal,
    Refused,
    Row,
    Section,
    Step,
)

State = Literal[
    "none",
    "draft",
    "submitted",
    "supplement_asked",
    "deferred",
    "accepted",
    "declined",
    "withdrawn_by_client",
    "contracted",
    "planned",
    "audited",
    "stopped",
    "reported",
    "reviewed",
    "returned",
    "granted",
    "refused",
    "valid",
    "suspended",
    "withdrawn",
    "cancelled",
    "expired",
    "superseded",
]


class Arrow(Row):
    """One act: from which states to which, and the list its ground is taken from.

    ``completes`` names the steps of the process that the act completes, each with its
    outcome; ``""`` for a step without outcomes.
    """

    from_: tuple[State, ...] = Field(alias="from", min_length=1)
    to: State
    grounds: str | None = None
    completes: dict[Code, str] = {}


class Lifecycle(Section):
    """The arrows that exist."""

    arrows: tuple[Arrow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_way(self) -> "Lifecycle":
        leaving = [(arrow.id, state) for arrow in self.arrows for state in arrow.from_]
        doubled = sorted({one for one in leaving if leaving.count(one) > 1})
        if doubled:
            told = "; ".join(f"'{act}' from '{state}' twice" for act, state in doubled)
            raise ValueError(told)
        return self


def state_after(section: Lifecycle, state: str, act: str) -> Answer:
    """Return the state that ``act`` leads to from ``state``, or refuse."""
    problems = list(_unknown(section, state, act))
    if problems:
        raise BadInput(problems)
    acts = [arrow for arrow in section.arrows if arrow.id == act]
    arrow = next((one for one in acts if state in one.from_), None)
    if arrow is None:
        told: dict[str, object] = {"state": state, "what": acts[0].words}
        raise Refused([Refusal("status_does_not_allow", acts[0].clause, told)])
    step = Step("state", {"what": arrow.words, "from": state}, arrow.to, arrow.clause)
    more = {"grounds": arrow.grounds, "completes": dict(arrow.completes)}
    return Answer(arrow.to, "state", [step], (), more)


def _unknown(section: Lifecycle, state: str, act: str) -> Iterator[Problem]:
    acts = sorted({arrow.id for arrow in section.arrows})
    for name, value, allowed in (("state", state, get_args(State)), ("act", act, acts)):
        if value not in allowed:
            said = {"name": name, "value": value, "allowed": list(allowed)}
            yield Problem(name, "not_a_choice", said)
