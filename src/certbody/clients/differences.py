"""What a list that is sent changes in the list that is there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from certbody.clients.columns import Columns
from certbody.clients.models import Incident, Licence, ServiceManager, Site
from certbody.clients.rows import key_of_site
from certbody.rules.terms import BadInput, Problem

M = TypeVar("M", Site, Licence, Incident, ServiceManager)


@dataclass(slots=True)
class Differences(Generic[M]):
    """Rows that are new, other than before, the same; and those that are no longer listed."""

    added: list[M] = field(default_factory=list)
    changed: list[tuple[M, M]] = field(default_factory=list)
    same: list[M] = field(default_factory=list)
    gone: list[M] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.added or self.changed or self.gone)


def differences(
    there: Iterable[M],
    wanted: Sequence[M],
    key: Callable[[M], tuple[object, ...]],
    columns: Columns,
    ended: str,
) -> Differences[M]:
    """Compare; rows of ``wanted`` that are there already take over who they are.

    ``there`` holds rows that were taken off, too (``ended`` is their day): listed again, they are
    the same ones.
    """
    known = {key(one): one for one in sorted(there, key=lambda one: getattr(one, ended) is None)}
    found: Differences[M] = Differences()
    for one in wanted:
        before = known.pop(key(one), None)
        if before is None:
            found.added.append(one)
            continue
        one.pk, one.client_id = before.pk, before.client_id
        if getattr(before, ended) is None and told(one, columns) == told(before, columns):
            found.same.append(one)
        else:
            found.changed.append((before, one))
    found.gone = [one for one in known.values() if getattr(one, ended) is None]
    return found


def with_numbers(there: Sequence[Site], wanted: Sequence[Site]) -> None:
    """Give each site that is there already its number, by number or else by name and address.

    Raises ``BadInput`` for a number that no site has.
    """
    open_first = sorted(there, key=lambda one: one.closed_on is None)
    by_key = {key_of_site(one): one.number for one in open_first}
    numbers = {one.number for one in there}
    problems = [
        Problem(f"sites.{place}.number", "number_unknown", {"value": one.number})
        for place, one in enumerate(wanted, start=1)
        if one.number and one.number not in numbers
    ]
    if problems:
        raise BadInput(problems)
    taken = {one.number for one in wanted}
    for one in wanted:
        number = by_key.get(key_of_site(one), 0)
        if not one.number and number not in taken:
            one.number = number


def told(one: M, columns: Columns) -> dict[str, Any]:
    """Return a row as plain data."""
    found = {}
    for column in columns:
        value = getattr(one, column.name)
        found[column.name] = value.isoformat() if isinstance(value, date) else value
    return found
