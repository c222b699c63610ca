"""An answer as people read it in a terminal: the value first, then why, then what to mind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from certbody.schemes.loader import Rulebook
from certbody.words import Language, label, said
from certbody.words.rendering import sentence

_SHOWN_ELSEWHERE = {
    "scheme",
    "edition",
    "value",
    "unit",
    "steps",
    "refusals",
    "warnings",
    "lines",
    "components",
    "ids",
}
Row = Mapping[str, Any]


def told(book: Rulebook, name: str, payload: Row, lang: Language) -> str:
    """Return an answer as text."""
    found = book.edition.find(name)
    title = said(found[1].words, lang) if found else name
    lines = [
        f"{title} · {book.name}",
        "",
        f"  {_value(payload, lang)}",
        *_extras(payload, lang),
        *_steps(payload["steps"], lang),
        *(f"  ! {note['message']}{_cite(note)}" for note in payload["warnings"]),
    ]
    return "\n".join(lines)


def _value(payload: Row, lang: Language) -> str:
    value = payload["value"]
    if isinstance(value, bool):
        return said(value, lang)
    unit = sentence(f"unit:{payload['unit']}", {}, lang) if payload["unit"] else ""
    return f"{'—' if value is None else value} {unit}".rstrip()


def _extras(payload: Row, lang: Language) -> Iterator[str]:
    for key, value in payload.items():
        if key in _SHOWN_ELSEWHERE or value in (None, [], {}, "0", payload["value"]):
            continue
        title = label("key", key, lang)
        if isinstance(value, Sequence) and not isinstance(value, str):
            yield f"  {title}:"
            yield from (f"    - {_row(one, lang)}" for one in value)
        else:
            yield f"  {title}: {_plain(value, lang)}"


def _plain(value: object, lang: Language) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{label('part', k, lang)} {_plain(v, lang)}" for k, v in value.items())
    return "—" if value is None else str(value)


def _row(row: object, lang: Language) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    if "message" in row:
        return f"{row['message']}{_cite(row)}"
    if "state" in row and "name" in row:
        return _window(row, lang)
    shown = [f"{k} {_plain(v, lang)}" for k, v in row.items() if v not in (None, [], {})]
    return "  ".join(shown)


def _window(row: Row, lang: Language) -> str:
    """Write one window: its name and state, its days, and what follows if it is missed."""
    days = [
        f"{label('key', key, lang)} {row[key]}"
        for key in ("earliest", "due", "latest", "tolerated_until")
        if row.get(key)
    ]
    happened = f" {row['happened']}" if row.get("happened") else ""
    state = f"{label('state', row['state'], lang)}{happened}"
    late = row["state"] in ("overdue", "to_explain") and row.get("missed")
    follows = f" → {late['name']}{_cite(late)}" if late else ""
    return f"{row['name']}: {state} ({', '.join(days)}){_cite(row)}{follows}"


def _steps(steps: Sequence[Row], lang: Language) -> Iterator[str]:
    if steps:
        yield ""
        yield "为什么：" if lang == "zh" else "Why:"
    for number, step in enumerate(steps, start=1):
        value = f" → {said(step['value'], lang)}" if step["value"] not in (None, True) else ""
        yield f"  {number}. {step['text']}{value}{_cite(step)}"
    if steps:
        yield ""


def _cite(row: Row) -> str:
    return f"  [{row['clause']}]" if row.get("clause") else ""
