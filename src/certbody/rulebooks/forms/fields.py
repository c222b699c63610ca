"""Fields as the templates show them: label, value, what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from certbody.rulebooks.forms.given import NONE, PARTS, rows_in, says_none, texts_in
from certbody.rulebooks.forms.specs import Leaf, Spec
from certbody.rulebooks.places import slug
from certbody.rules.criteria import Criterion
from certbody.web.language import TwoLanguages, in_words

BLANK_ROWS = 2
_FEW = 5
_WIDGETS = {
    "yes_no": "radios",
    "date": "date",
    "moment": "moment",
    "moment_or_day": "text",
    "count": "number",
    "number": "number",
    "ratio": "number",
    "results": "results",
}

Errors = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Option:
    """One value to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    widget: str
    value: str = ""
    hint: str = ""
    unit: str = ""
    options: list[Option] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    rows: list[list["Field"]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    results: list["ResultRow"] = field(default_factory=list)
    rest: list[Option] = field(default_factory=list)
    errors: Sequence[str] = ()
    none: bool | None = None

    @property
    def none_name(self) -> str:
        """The parameter that says a list is empty."""
        return f"{self.name}.{NONE}"

    @property
    def id(self) -> str:
        """The id of its element."""
        return f"field-{slug(self.name)}"

    @property
    def template(self) -> str:
        """The template of its widget."""
        return f"rulebooks/fields/{self.widget}.html"


@dataclass(slots=True)
class ResultRow:
    """The fields of one criterion; a heading where ``heading`` is set."""

    criterion: Criterion
    depth: int
    heading: bool
    options: list[Option] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    errors: Sequence[str] = ()


def fields_for(
    specs: Iterable[Spec], query: QueryDict, errors: Errors, *, asked: bool
) -> list[Field]:
    """Return the fields, filled from the address; defaults only before the first question."""
    return [_field(spec, query, errors, asked=asked) for spec in specs]


def labels_of(specs: Iterable[Spec], query: QueryDict) -> dict[str, str]:
    """Return the label of every field that a fault may name, by its place in the question."""
    labels: dict[str, str] = {}
    for spec in specs:
        labels[spec.name] = in_words(spec.words)
        for number, _row in enumerate(rows_in(spec, query), start=1):
            for column in spec.columns:
                place = f"{spec.name}.{number}.{column.name}"
                labels[place] = f"{in_words(column.words)} {number}"
        labels |= {f"results.{leaf.criterion.id}": leaf.criterion.id for leaf in spec.leaves}
    return labels


def _field(spec: Spec, query: QueryDict, errors: Errors, *, asked: bool) -> Field:
    one = Field(spec.parameter, in_words(spec.words), _widget(spec), unit=spec.unit)
    one.hint = _hint(spec)
    one.errors = errors.get(spec.name, ())
    if spec.type == "results":
        _fill_results(one, spec, query, errors)
    elif spec.columns:
        one.none = says_none(spec, query)
        _fill_rows(one, spec, query, errors)
    elif spec.many:
        one.none = says_none(spec, query) if spec.may_be_none else None
        one.values = texts_in(spec, query)
        one.options = _options(spec.options, one.values)
        one.values += [""] * (BLANK_ROWS if one.values else 1)
    else:
        one.value = query.get(spec.parameter, "" if asked else spec.default)
        one.options = _options(_choices(spec), [one.value])
    return one


def _widget(spec: Spec) -> str:
    if spec.columns:
        return "table"
    if spec.many and spec.options:
        return "checks"
    if spec.many:
        return "dates" if spec.type == "date" else "texts"
    if spec.type == "choice":
        return "radios" if len(spec.options) <= _FEW else "select"
    return _WIDGETS.get(spec.type, "text")


@dataclass(frozen=True, slots=True)
class _Said:
    zh: str
    en: str


_YES_NO = {"true": _Said("是", "yes"), "false": _Said("否", "no")}


def _choices(spec: Spec) -> Mapping[str, TwoLanguages]:
    return _YES_NO if spec.type == "yes_no" else spec.options


def _options(options: Mapping[str, TwoLanguages], chosen: Sequence[str]) -> list[Option]:
    return [Option(value, in_words(words), value in chosen) for value, words in options.items()]


def _hint(spec: Spec) -> str:
    if spec.type == "ratio":
        return _("such as 30%, 0.3 or 19/20")
    if spec.type == "moment_or_day":
        return _("2026-01-31, or 2026-01-31T09:00 where hours count")
    return spec.bounds


def _fill_rows(one: Field, spec: Spec, query: QueryDict, errors: Errors) -> None:
    rows = rows_in(spec, query)
    one.columns = [in_words(column.words) for column in spec.columns]
    blank: list[dict[str, str]] = [{}] * BLANK_ROWS
    for number, row in enumerate([*rows, *blank], start=1):
        one.rows.append([_cell(spec, column, number, row, errors) for column in spec.columns])


def _cell(spec: Spec, column: Spec, number: int, row: Mapping[str, str], errors: Errors) -> Field:
    value = row.get(column.name, "")  # no default: a row that nobody filled must stay blank
    kind = _widget(column)
    cell = Field(
        f"{spec.parameter}.{number}.{column.name}",
        f"{in_words(column.words)} {number}",
        "select" if kind == "radios" else kind,
        value=value,
        unit=column.unit,
        hint=_hint(column),
        errors=errors.get(f"{spec.name}.{number}.{column.name}", ()),
    )
    cell.options = _options(_choices(column), [value])
    return cell


def _fill_results(one: Field, spec: Spec, query: QueryDict, errors: Errors) -> None:
    one.rest = _options(spec.options, [query.get("rest", "")])
    shown: tuple[Criterion, ...] = ()
    for leaf in spec.leaves:
        fresh = [head for head in leaf.above if head not in shown]
        one.results += [ResultRow(head, leaf.above.index(head), heading=True) for head in fresh]
        shown = leaf.above
        one.results.append(_result_row(leaf, spec, query, errors))


def _result_row(leaf: Leaf, spec: Spec, query: QueryDict, errors: Errors) -> ResultRow:
    name = leaf.criterion.id
    return ResultRow(
        leaf.criterion,
        len(leaf.above),
        heading=False,
        options=_options(spec.options, [query.get(f"r.{name}", "")]),
        texts={part: query.get(f"{short}.{name}", "") for part, short in PARTS.items()},
        errors=errors.get(f"results.{name}", ()),
    )


_MEMBER = re.compile(r"(.+)\[(\d+)\](?:\.(.+))?", re.DOTALL)


def place_in_form(where: str) -> str:
    """Return a place as fields are named: ``sites[2].people`` as ``sites.2.people``."""
    match = _MEMBER.fullmatch(where)
    if match is None:
        return where
    return ".".join(part for part in match.groups() if part)
