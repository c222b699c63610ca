"""A calculator's page: its form, filled from the address, and what came of the question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from certbody.rulebooks.asked import Asked, asked
from certbody.rulebooks.calculable import Calculator, same_elsewhere
from certbody.rulebooks.forms.fields import Field, fields_for, labels_of
from certbody.rulebooks.forms.given import given_in
from certbody.rulebooks.forms.specs import Spec, specs_of
from certbody.rulebooks.library import Book

_OF_THE_PAGE = {"lang", "with"}
_TOGETHER = {"sums", "samples"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of a calculator shows."""

    calculator: Calculator
    fields: list[Field]
    asked: Asked | None
    others: list[Calculator]
    other: Calculator | None = None
    other_fields: Sequence[Field] = ()
    other_asked: Asked | None = None

    @property
    def answers(self) -> list[Asked]:
        """The answers side by side."""
        return [one for one in (self.asked, self.other_asked) if one is not None]

    @property
    def day(self) -> date | None:
        """The day that states are told for."""
        text = next((one.value for one in self.fields if one.name == "on"), "")
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None

    @property
    def wrong(self) -> list[dict[str, str]]:
        """Everything that is wrong, each with the field to mend it in."""
        fields = {one.name: one.id for one in _flat((*self.fields, *self.other_fields))}
        seen: dict[str, str] = {}
        for answer in self.answers:
            for place, messages in answer.errors.items():
                seen |= dict.fromkeys(messages, fields.get(place, ""))
        return [{"message": message, "field": place} for message, place in seen.items()]


def sheet_of(calculator: Calculator, query: QueryDict, today: date, books: list[Book]) -> Sheet:
    """Return the page of a calculator for an address."""
    others = same_elsewhere(calculator, books) if calculator.kind in _TOGETHER else []
    other = next((one for one in others if one.book.name == query.get("with")), None)
    specs = _on_today(specs_of(calculator), today)
    own = _asked(calculator, specs, query, today)
    shown = own is not None
    if other is None:
        fields = fields_for(specs, query, own.errors if own else {}, asked=shown)
        return Sheet(calculator, fields, own, others)
    other_specs = specs_of(other)
    beside = _asked(other, other_specs, query, today)
    errors = {**(beside.errors if beside else {}), **(own.errors if own else {})}
    extra = _not_among(other_specs, specs)
    return Sheet(
        calculator,
        fields_for(specs, query, errors, asked=shown),
        own,
        others,
        other,
        fields_for(extra, query, errors, asked=shown),
        beside,
    )


def _asked(
    calculator: Calculator, specs: Sequence[Spec], query: QueryDict, today: date
) -> Asked | None:
    """Ask, if the address carries a question."""
    if not set(query) - _OF_THE_PAGE:
        return None
    given = given_in(specs, query)
    if calculator.kind == "clocks":
        given.setdefault("clock", "")  # without it the schedule would be asked for its windows
    return asked(calculator, given, labels_of(specs, query), today)


def _on_today(specs: Iterable[Spec], today: date) -> list[Spec]:
    """Offer today as the day that states are told for."""
    return [
        replace(spec, default=today.isoformat()) if spec.name == "on" and not spec.many else spec
        for spec in specs
    ]


def _not_among(specs: Iterable[Spec], own: Iterable[Spec]) -> list[Spec]:
    names = {spec.name for spec in own}
    return [spec for spec in specs if spec.name not in names]


def _flat(fields: Iterable[Field]) -> Iterable[Field]:
    for one in fields:
        yield one
        for row in one.rows:
            yield from row
