"""From an address to the facts of a question. Texts stay texts: the rules read and judge them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from unicodedata import normalize

from django.http import QueryDict

from certbody.rulebooks.forms.specs import Spec

ROWS_AT_MOST = 300
NONE = "none"
_NUMBERS = {"count", "number", "ratio"}

Given = dict[str, Any]
Read = Callable[[str], str]


def given_in(specs: Iterable[Spec], query: QueryDict) -> Given:
    """Return every fact that the address carries; what is blank is not given."""
    given: Given = {}
    for spec in specs:
        fact = _fact(spec, query)
        if fact not in ("", [], {}):
            given[spec.name] = fact
        elif says_none(spec, query):
            given[spec.name] = []
    return given


def as_query(specs: Iterable[Spec], given: Mapping[str, Any]) -> QueryDict:
    """Return facts as an address would carry them: what ``given_in`` reads back."""
    query = QueryDict(mutable=True)
    for spec in specs:
        if spec.name in given:
            _put(query, spec, given[spec.name])
    return query


def _put(query: QueryDict, spec: Spec, fact: object) -> None:
    if isinstance(fact, list) and not fact:
        query[f"{spec.parameter}.{NONE}"] = "1"
    elif spec.columns and isinstance(fact, list):
        for number, row in enumerate(fact, start=1):
            for name, value in row.items():
                query[f"{spec.parameter}.{number}.{name}"] = _as_text(value)
    elif isinstance(fact, list):
        query.setlist(spec.parameter, [_as_text(one) for one in fact])
    else:
        query[spec.parameter] = _as_text(fact)


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def says_none(spec: Spec, query: QueryDict) -> bool:
    """Tell whether the address says that a list is known to be empty."""
    return bool(spec.many and query.get(f"{spec.parameter}.{NONE}"))


def rows_in(spec: Spec, query: QueryDict) -> list[dict[str, str]]:
    """Return the filled rows of a table, in the order of their numbers."""
    pattern = re.compile(rf"{re.escape(spec.parameter)}\.(\d{{1,4}})\.(.+)", re.DOTALL)
    rows: dict[int, dict[str, str]] = {}
    columns = {column.name: column for column in spec.columns}
    for name in query:
        match = pattern.fullmatch(name)
        if match is not None and match[2] in columns:
            text = _text(columns[match[2]].type, query.get(name, ""))
            if text:
                rows.setdefault(int(match[1]), {})[match[2]] = text
    return [rows[number] for number in sorted(rows)][:ROWS_AT_MOST]


def texts_in(spec: Spec, query: QueryDict) -> list[str]:
    """Return each of several values."""
    texts = (_text(spec.type, value) for value in query.getlist(spec.parameter))
    return [text for text in texts if text][:ROWS_AT_MOST]


def _fact(spec: Spec, query: QueryDict) -> object:
    if spec.type == "results":
        return _results(spec, query)
    if spec.columns:
        return rows_in(spec, query)
    if spec.many:
        return texts_in(spec, query)
    return _text(spec.type, query.get(spec.parameter, ""))


def _text(kind: str, raw: str) -> str:
    """Return a text without blanks around it; digits typed full-width become plain ones."""
    return normalize("NFKC", raw).strip() if kind in _NUMBERS else raw.strip()


def _results(spec: Spec, query: QueryDict) -> dict[str, object]:
    rest = query.get("rest", "")
    found: dict[str, object] = {}
    for leaf in spec.leaves:
        name = leaf.criterion.id
        result = _result(name, query) or rest
        if result:
            found[name] = result
    return found


PARTS: Mapping[str, str] = {"samples": "n", "failed": "f", "points": "p"}


def _result(criterion: str, query: QueryDict) -> object:
    """Return a verdict, a sample or points; all of them where several were filled in."""
    verdict = query.get(f"r.{criterion}", "").strip()
    parts = {
        name: _text("number", query.get(f"{short}.{criterion}", ""))
        for name, short in PARTS.items()
    }
    filled = {name: text for name, text in parts.items() if text}
    if "samples" in filled:
        filled.setdefault("failed", "0")
    if verdict and filled:
        return {"result": verdict, **filled}
    return verdict or filled
