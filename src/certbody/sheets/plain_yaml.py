"""Writing a set of criteria as a rulebook file: one row per criterion, for people to read."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction

import yaml

from certbody.rules.criteria import CriteriaSet, Criterion, NamedRow
from certbody.rules.numbers import in_figures
from certbody.rules.terms import Cited
from certbody.sheets.rows import cited

HEAD = """\
# The body's own criteria, imported from a sheet (certbody criteria import). They take the place
# of the rulebook's set of this name. May be mended by hand; the next import replaces the file.
"""
# What may stand in a flow mapping as it is: letters, figures, full-width punctuation, and
# inside the text blanks and the signs that mean nothing to YAML.
_PLAIN = re.compile(r"\w[\w.\-/%+；，。、：（）《》“”‘’！？ ]*")
_UNSEEN = re.compile("[\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def yaml_of(criteria: CriteriaSet) -> str:
    """Return the file of a set."""
    return HEAD + "\n".join(_lines(criteria)) + "\n"


def _lines(criteria: CriteriaSet) -> Iterator[str]:
    yield from (f"{key}: {value}" for key, value in _cited(criteria))
    yield f"zh: {text(criteria.zh)}"
    yield f"en: {text(criteria.en)}"
    if criteria.note:
        yield f"note: {text(criteria.note)}"
    yield f"sample: {'true' if criteria.sample else 'false'}"
    if criteria.full is not None:
        yield f"full: {figure(criteria.full)}"
    for key, rows in (("tiers", criteria.tiers), ("dimensions", criteria.dimensions)):
        if rows:
            yield f"{key}:"
            yield from (f"  - {{{_inline(_named(row))}}}" for row in rows)
    yield "tree:"
    for top in criteria.tree:
        yield from _criterion(top, "  ")


def _criterion(one: Criterion, indent: str) -> Iterator[str]:
    if one.parts:
        first, *others = [*_fields(one), *_words(one)]
        yield f"{indent}- {first[0]}: {first[1]}"
        yield from (f"{indent}  {key}: {value}" for key, value in others)
        yield f"{indent}  parts:"
        for part in one.parts:
            yield from _criterion(part, f"{indent}    ")
        return
    yield f"{indent}- {{{_inline(_fields(one))},"
    (zh, zh_text), (en, en_text) = _words(one)
    yield f"{indent}   {zh}: {zh_text},"
    yield f"{indent}   {en}: {en_text}}}"


def _fields(one: Criterion) -> list[tuple[str, str]]:
    fields = [("id", text(one.id))]
    if one.points is not None:
        fields.append(("points", figure(one.points)))
    fields += [
        (key, text(value))
        for key, value in (("tier", one.tier), ("dimension", one.dimension))
        if value is not None
    ]
    if one.veto:
        fields.append(("veto", "true"))
    return [*fields, *_cited(one)]


def _named(row: NamedRow) -> list[tuple[str, str]]:
    return [("id", text(row.id)), *_words(row), *_cited(row)]


def _words(row: Criterion | NamedRow) -> list[tuple[str, str]]:
    return [("zh", text(row.zh)), ("en", text(row.en))]


def _cited(row: Cited) -> list[tuple[str, str]]:
    fields = [("clause", text(cited(row.clause)))]
    if row.also:
        fields.append(("also", f"[{', '.join(text(cited(one)) for one in row.also)}]"))
    if row.reading:
        names = (row.reading,) if isinstance(row.reading, str) else row.reading
        fields.append(("reading", f"[{', '.join(text(name) for name in names)}]"))
    return fields


def _inline(fields: list[tuple[str, str]]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in fields)


def figure(value: Fraction) -> str:
    """Write a number as rulebook files do."""
    return in_figures(value)


def text(value: str) -> str:
    """Write a text as it is where YAML allows that, else in quotes."""
    plain = _PLAIN.fullmatch(value) and value == value.strip() and "  " not in value
    kind = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    if plain and kind == _TEXT:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)
