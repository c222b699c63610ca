"""What people hold on every day of some work: registration, competence, functions, undertakings.

Asked for many people at once and for days, never for "now". ISO/IEC 17065:2012, 4.2, 6.1.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from certbody.clients.models import Client
from certbody.personnel.models import Function, Interest, Level, Qualification, Undertaking

NONE = "none"
_KIND = Qualification.Kind
_LEVELS = list(Level)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person holds on every day of a period; of a registration also its own days.

    ``level`` is the highest on every day; where none is, the highest on any, so that its days say
    what is lacking.
    """

    level: str = NONE
    registered_from: date | None = None
    registered_until: date | None = None
    registered: bool = False
    competences: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    undertaken: frozenset[str] = frozenset()
    conflict: bool = False

    @property
    def shown(self) -> str | Promise:
        """The level in words; nothing where there is none."""
        return "" if self.level == NONE else Level(self.level).label

    @property
    def functions_shown(self) -> list[str]:
        """The functions in words, in their own order."""
        return [str(one.label) for one in Function if one in self.functions]


def standings(
    people: Sequence[int], first: date, last: date, client: Client | None = None
) -> dict[int, Standing]:
    """Return the standing of each account on the days ``first`` to ``last``, in three queries."""
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    held: dict[int, list[Qualification]] = {one: [] for one in people}
    for row in Qualification.touching(first, last).filter(account__in=people):
        held[row.account_id].append(row)
    undertaken: dict[int, set[str]] = {one: set() for one in people}
    signed = Undertaking.objects.filter(account__in=people, signed_on__lte=first)
    for account, kind, ended in signed.values_list("account", "kind", "ended_on"):
        if ended is None or ended >= last:
            undertaken[account].add(kind)
    barred = _barred(people, first, last, client)
    return {
        one: _standing(held[one], frozenset(undertaken[one]), one in barred, first, last)
        for one in people
    }


def _barred(people: Sequence[int], first: date, last: date, client: Client | None) -> set[int]:
    """Return who has an interest in the client that bars on one of the days."""
    if client is None:
        return set()
    on_either = Interest.barring(first) | Interest.barring(last)
    begun = Interest.objects.filter(since__gte=first, since__lte=last)
    rows = (on_either | begun).filter(client=client, account__in=people)
    return set(rows.values_list("account", flat=True))


def _standing(
    held: Sequence[Qualification],
    undertaken: frozenset[str],
    conflict: bool,  # noqa: FBT001  one fact of the person
    first: date,
    last: date,
) -> Standing:
    registrations = [one for one in held if one.kind == _KIND.REGISTRATION]
    level, start, end = _registration(registrations, first, last)
    return Standing(
        level=level,
        registered_from=start,
        registered_until=end,
        registered=start is not None and end is not None and start <= first and end >= last,
        competences=_on_every_day(held, _KIND.COMPETENCE, first, last),
        functions=_on_every_day(held, _KIND.AUTHORISATION, first, last),
        undertaken=undertaken,
        conflict=conflict,
    )


def _registration(
    rows: Sequence[Qualification], first: date, last: date
) -> tuple[str, date | None, date | None]:
    """Return level and days of the registration that counts; a renewal prolongs the one before."""
    best: tuple[str, date | None, date | None] = (NONE, None, None)
    for level in _LEVELS:
        high_enough = [one for one in rows if _rank(one.value) >= _rank(level)]
        stretches = joined((one.since, one.last_day or date.max) for one in high_enough)
        whole = [one for one in stretches if one[0] <= first and one[1] >= last]
        if whole:
            best = (level, *whole[0])
        elif stretches and not _is_whole(best, first, last):
            best = (level, *stretches[-1])
    return best


def joined(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join stretches of days that meet, overlap or follow each other without a gap."""
    found: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if found and (found[-1][1] == date.max or start <= found[-1][1] + _DAY):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _on_every_day(
    held: Sequence[Qualification], kind: str, first: date, last: date
) -> frozenset[str]:
    """Return the values that hold on every day, by one row or by several that follow each other."""
    own = [one for one in held if one.kind == kind]
    return frozenset(
        value
        for value in {one.value for one in own}
        if any(
            start <= first and end >= last
            for start, end in joined(
                (one.since, one.last_day or date.max) for one in own if one.value == value
            )
        )
    )


def _rank(level: str) -> int:
    return _LEVELS.index(Level(level))


def _is_whole(best: tuple[str, date | None, date | None], first: date, last: date) -> bool:
    return best[1] is not None and best[2] is not None and best[1] <= first and best[2] >= last
