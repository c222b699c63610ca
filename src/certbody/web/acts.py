"""Trying an act from a screen: done, refused with reasons, or faulty by field.

A view calls a transition through ``tried`` and shows what came of it; nothing typed is lost,
because the view shows its form again with what was sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from certbody.rules.terms import BadInput, Refused
from certbody.web.language import active
from certbody.words.rendering import plain_problem, plain_refusal

T = TypeVar("T")
OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@dataclass(frozen=True, slots=True)
class Tried(Generic[T]):
    """What came of an act: its result, or why there is none, in the reader's language."""

    result: T | None = None
    refusals: Sequence[Mapping[str, object]] = ()
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.refusals and not self.errors

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        if self.errors:
            return UNPROCESSABLE
        return CONFLICT if self.refusals else OK


NOTHING: Tried[None] = Tried()


def tried(act: Callable[[], T]) -> Tried[T]:
    """Do an act; catch the rulebook's "no" and the faults of what was typed."""
    try:
        return Tried(act())
    except Refused as refused:
        return Tried(refusals=[plain_refusal(one, active()) for one in refused.refusals])
    except BadInput as bad:
        errors: dict[str, list[str]] = {}
        for problem in bad.problems:
            told = plain_problem(problem, active())
            errors.setdefault(_as_field(problem.where), []).append(str(told["message"]))
        return Tried(errors=errors)


def _as_field(where: str) -> str:
    """Return a place as fields are named: ``sites[2].people`` as ``sites.2.people``."""
    return where.replace("[", ".").replace("]", "")
