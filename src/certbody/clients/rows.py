"""The lists of a client's register, each read from rows: all of them, or none.

A row is what a form, a sheet or a program gives: a mapping of column to text. Faults name row and
column, as ``sites.3.address``; rows are counted from one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from unicodedata import category, normalize

from django.db.models import Model

from certbody.clients.columns import LISTS, Column, Kind
from certbody.clients.models import Incident, Licence, ServiceManager, Site, longest
from certbody.clients.opening_hours import HoursFault, week_from
from certbody.rules.terms import BadInput, Problem, Words

Row = Mapping[str, Any]
_YES = {
    **dict.fromkeys(("true", "yes", "y", "1", "是", "on", "√", "✓"), True),
    **dict.fromkeys(("false", "no", "n", "0", "否"), False),
}
ROWS_AT_MOST = 1000
_DIGITS = 9
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
M = TypeVar("M", bound=Model)


def sites_from(rows: Sequence[Row]) -> list[Site]:
    """Return sites in the order of the rows; raise ``BadInput`` with every fault.

    Sites registered already have their number, new ones 0.
    """
    found, problems = _read("sites", Site, rows)
    problems += _doubled("sites", "name", [key_of_site(one) for one in found])
    problems += _doubled("sites", "number", [(one.number,) for one in found])
    heads = [place for place, one in enumerate(found, start=1) if one.head_office]
    problems += [
        Problem(f"sites.{place}.head_office", "one_head_office", {"row": heads[0]})
        for place in heads[1:]
    ]
    unread = {problem.where.rpartition(".")[2] for problem in problems}
    if found and not heads and "head_office" not in unread:
        problems.append(Problem("sites.1.head_office", "no_head_office", {}))
    return _or_refuse(found, problems)


def licences_from(rows: Sequence[Row]) -> list[Licence]:
    """Return licences; each that is held ends on a day or says that it has no end."""
    found, problems = _read("licences", Licence, rows)
    faulty = {problem.where for problem in problems}
    for place, one in enumerate(found, start=1):
        where = f"licences.{place}.valid_until"
        if where in faulty:
            continue
        if one.no_end and one.valid_until:
            problems.append(Problem(where, "end_and_no_end", {}))
        if one.held and not one.no_end and one.valid_until is None:
            problems.append(Problem(where, "licence_without_end", {}))
    problems += _doubled("licences", "name", [key_of_licence(one) for one in found])
    return _or_refuse(found, problems)


def incidents_from(rows: Sequence[Row]) -> list[Incident]:
    """Return accidents, offences and penalties."""
    found, problems = _read("incidents", Incident, rows)
    problems += _doubled("incidents", "what", [key_of_incident(one) for one in found])
    return _or_refuse(found, problems)


def managers_from(rows: Sequence[Row]) -> list[ServiceManager]:
    """Return service managers; a certificate number stands for one person."""
    found, problems = _read("managers", ServiceManager, rows)
    problems += _doubled("managers", "certificate_number", [key_of_manager(one) for one in found])
    return _or_refuse(found, problems)


def key_of_site(one: Site) -> tuple[object, ...]:
    """Return what tells two sites apart."""
    return same(one.name), same(one.address)


def key_of_licence(one: Licence) -> tuple[object, ...]:
    """Return what tells two licences apart."""
    return same(one.name), same(one.number)


def key_of_incident(one: Incident) -> tuple[object, ...]:
    """Return what tells two incidents apart."""
    return one.kind, one.date, same(one.what)


def key_of_manager(one: ServiceManager) -> tuple[object, ...]:
    """Return what tells two service managers apart."""
    return (same(one.certificate_number),)


def same(text: str) -> str:
    """Return a text as it is compared: half-width, small letters, no blanks."""
    return "".join(normalize("NFKC", text).casefold().split())


def clean(value: object) -> str:
    """Return a value as one line of text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else " ".join(str(value).split())


def _read(name: str, model: type[M], rows: Sequence[Row]) -> tuple[list[M], list[Problem]]:
    if len(rows) > ROWS_AT_MOST:
        facts = {"number": len(rows), "bound": ROWS_AT_MOST}
        raise BadInput([Problem(name, "too_many_rows", facts)])
    found: list[M] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows, start=1):
        reader = _Cells(model, f"{name}.{place}", row)
        found.append(model(**{column.name: reader.value(column) for column in LISTS[name]}))
        problems += reader.problems
    return found, problems


class _Cells:
    """Reads the cells of one row; gathers what is wrong with them."""

    def __init__(self, model: type[Model], where: str, row: Row) -> None:
        self.model = model
        self.where = where
        self.row = row
        self.problems: list[Problem] = []

    def value(self, column: Column) -> object:
        """Return what the cell holds, or what stands for nothing there."""
        text = clean(self.row.get(column.name)) or column.default
        if not text and column.needed:
            self._fault(column, "missing_input")
        elif text:
            return _READERS[column.kind](self, column, text)
        return "" if column.kind in {Kind.TEXT, Kind.CHOICE, Kind.HOURS} else _NOTHING[column.kind]

    def text(self, column: Column, text: str) -> str:
        bound = longest(self.model, column.name)
        if any(category(sign) in {"Cc", "Cs"} for sign in text):
            self._fault(column, "unprintable")
        elif len(text) > bound:
            self._fault(column, "text_too_long", length=len(text), bound=bound)
        return text

    def choice(self, column: Column, text: str) -> str:
        words = {same(form): value for value, one in column.options for form in (one.zh, one.en)}
        words |= {value: value for value, _ in column.options}
        if same(text) not in words:
            allowed = Words(
                "、".join(one.zh for _, one in column.options),
                ", ".join(one.en for _, one in column.options),
            )
            self._fault(column, "not_a_choice", value=text, allowed=allowed)
        return words.get(same(text), "")

    def flag(self, column: Column, text: str) -> bool:
        if same(text) not in _YES:
            self._fault(column, "not_yes_or_no", value=text)
        return _YES.get(same(text), False)

    def count(self, column: Column, text: str) -> int | None:
        figures = normalize("NFKC", text)
        if not (figures.isascii() and figures.isdecimal() and len(figures) <= _DIGITS):
            self._fault(column, "not_a_count", value=text)
            return None
        return int(figures)

    def day(self, column: Column, text: str) -> date | None:
        match = _DATE.fullmatch(normalize("NFKC", text))
        try:
            if match:
                return date(*(int(part) for part in match.groups()))
        except ValueError:
            match = None  # such as the 30th of February
        self._fault(column, "not_a_date", value=text)
        return None

    def hours(self, column: Column, text: str) -> str:
        try:
            line = week_from(text).in_words("zh")
        except HoursFault as fault:
            facts = {"part": fault.part, "value": fault.value}
            self.problems.append(Problem(f"{self.where}.{column.name}", fault.code, facts))
            return text
        return self.text(column, line)

    def _fault(self, column: Column, code: str, **facts: object) -> None:
        facts["name"] = column.words
        self.problems.append(Problem(f"{self.where}.{column.name}", code, facts))


_READERS: Mapping[Kind, Callable[[_Cells, Column, str], object]] = {
    Kind.TEXT: _Cells.text,
    Kind.CHOICE: _Cells.choice,
    Kind.FLAG: _Cells.flag,
    Kind.COUNT: _Cells.count,
    Kind.NUMBER: _Cells.count,
    Kind.DAY: _Cells.day,
    Kind.HOURS: _Cells.hours,
}
_NOTHING: Mapping[Kind, object] = {
    Kind.FLAG: False,
    Kind.COUNT: None,
    Kind.NUMBER: 0,
    Kind.DAY: None,
}


def _doubled(name: str, column: str, keys: Sequence[tuple[object, ...]]) -> list[Problem]:
    """Return a fault for each row that says again what an earlier one says."""
    first: dict[tuple[object, ...], int] = {}
    found = []
    for place, key in enumerate(keys, start=1):
        if any(key) and first.setdefault(key, place) != place:
            facts = {"row": first[key]}
            found.append(Problem(f"{name}.{place}.{column}", "row_doubled", facts))
    return found


def _or_refuse(found: list[M], problems: list[Problem]) -> list[M]:
    if problems:
        raise BadInput(sorted(problems, key=lambda one: int(one.where.split(".")[1])))
    return found
