"""Changing a rulebook's data on purpose, to see whether the worked examples notice.

Every figure, bound, date, flag and list entry is changed in memory, one at a time. A
change is noticed when the file no longer loads, a reference breaks, or one of the
file's examples comes out differently. What nobody notices is not proven by any example.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pydantic import ValidationError

from certbody.rules.numbers import in_figures, number_from
from certbody.schemes.asking import Circumstances
from certbody.schemes.examples import difference_of
from certbody.schemes.faults import Faults
from certbody.schemes.loader import Rulebook, Source, assemble
from certbody.schemes.readings import Chosen, resolved
from certbody.schemes.references import reference_faults
from certbody.schemes.shapes import Edition, Subject
from certbody.schemes.yaml_files import File, Plain, Where

_TEXT = {
    "zh",
    "en",
    "clause",
    "also",
    "reading",
    "note",
    "reason",
    "says",
    "source",
    "label",
    "unit",
    "author",
    "approver",
    "checked",
    "owner",
    "question",
    "choice",
}
_SKIPPED = _TEXT | {"examples", "subject", "status", "show_others", "options_words"}
_FIGURE = re.compile(r"-?\d+(\.\d+)?(/\d+)?%?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, from what, to what."""

    place: str
    was: str
    became: str

    def __str__(self) -> str:
        return f"{self.place}: {self.was} → {self.became}"


def mutants(rulebook: Rulebook, around: Circumstances) -> Iterator[tuple[Mutant, bool]]:
    """Give each mutant of the rulebook's files and whether the examples noticed it."""
    for name, file in rulebook.files.items():
        for where, changed in mutations(file.content, ()):
            content = _with(file.content, where, changed)
            mutant = Mutant(
                f"{file.path}:{file.line(where)} {_path(where)}",
                _short(_at(file.content, where)),
                _short(changed),
            )
            yield mutant, _noticed(rulebook, name, replace(file, content=content), around)


class _Gone:
    """A list entry taken out."""


GONE = _Gone()


def mutations(content: Plain, where: Where) -> Iterator[tuple[Where, object]]:
    """Give each place in the content with the value it is changed to."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in _SKIPPED:
                yield from mutations(value, (*where, key))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield (*where, number), GONE
            yield from mutations(value, (*where, number))
    else:
        for changed in _changed(content):
            yield where, changed


def _changed(value: Plain) -> Iterator[Plain]:
    """Give what a figure, date or flag is changed to: the next value up and down."""
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1)
        case Decimal():
            step = Decimal(1).scaleb(int(value.as_tuple().exponent))
            yield from (value + step, value - step)
        case date():
            yield from (value + timedelta(days=1), value - timedelta(days=1))
        case str() if _FIGURE.fullmatch(value):
            yield from _changed_figure(value)


def _changed_figure(text: str) -> Iterator[str]:
    if text.isdigit() and text.startswith("0"):
        yield f"{int(text) + 1:0{len(text)}d}"  # a code, not a quantity
        return
    percent = text.endswith("%")
    number = number_from(text.rstrip("%"))
    step = 1 if percent or "/" not in text else Fraction(1, 100)
    for changed in (number + step, number - step):
        yield f"{in_figures(changed)}{'%' if percent else ''}"


def _noticed(rulebook: Rulebook, name: str, file: File, around: Circumstances) -> bool:
    """Tell whether shape, examples or references notice a change; the quickest are asked first."""
    try:
        edition = _mutated(rulebook, name, file, {})
        examples = edition.subjects[name].examples
        if any(difference_of(edition, one, around) for one in examples if not one.under):
            return True
        if any(reference_faults(edition, {**rulebook.files, name: file})):
            return True
        return any(
            difference_of(_mutated(rulebook, name, file, one.under), one, around)
            for one in examples
            if one.under
        )
    except Faults:
        return True
    except LookupError:
        return True  # an example followed a reference that now leads nowhere


def _mutated(rulebook: Rulebook, name: str, file: File, override: Chosen) -> Edition:
    old = rulebook.edition
    if "readings" in file.content:  # other files may rest on them
        files = {**rulebook.files, name: file}
        return assemble(Source(rulebook.path, old.scheme, files, override, {})).edition
    chosen = {n: r.chosen or r.options[0] for n, r in old.readings.items() if r.options}
    try:
        subject = Subject.model_validate(resolved(file.content, {**chosen, **override}))
    except (ValidationError, KeyError) as error:
        raise Faults([]) from error
    return Edition(old.scheme, subject.edition or old.info, {**old.subjects, name: subject})


def _at(content: Plain, where: Where) -> Plain:
    for part in where:
        content = content[part]  # type: ignore[index]
    return content


def _with(content: dict[str, Plain], where: Where, changed: object) -> dict[str, Plain]:
    copied = deepcopy(content)
    holder: Plain = _at(copied, where[:-1])
    if changed is GONE:
        del holder[where[-1]]  # type: ignore[attr-defined]
    else:
        holder[where[-1]] = changed  # type: ignore[index]
    return copied


def _path(where: Where) -> str:
    return ".".join(str(part) for part in where)


def _short(value: object) -> str:
    if value is GONE:
        return "(left out)"
    if isinstance(value, dict):
        return str(value.get("id", value.get("clause", "…")))
    return str(value)
