"""``certbody requirements``: what each clause asks, which data hold it, which tests show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import get_args
from unicodedata import east_asian_width

import click

from certbody.cli.output import emit, spoken
from certbody.traceability.folders import shipped
from certbody.traceability.table import Row, State, rows
from certbody.words import Language

STATES: tuple[State, ...] = get_args(State)
_MUST_AT_LEAST = 30


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words around the table."""

    head: tuple[str, ...]
    states: Mapping[State, str]
    total: str
    comma: str
    no_tests: str


_LABELS: Mapping[Language, _Labels] = {
    "zh": _Labels(
        head=("编号", "条款", "状态", "测试", "要求"),
        states={"covered": "已覆盖", "partly": "部分覆盖", "not yet": "尚未"},
        total="共 {number} 项：{counts}",
        comma="，",
        no_tests="此处没有 tests 目录（不是源码检出），测试一栏为空，因此没有一项显示为“已覆盖”。",
    ),
    "en": _Labels(
        head=("id", "clause", "state", "tests", "must"),
        states={state: state for state in STATES},
        total="{number} rows: {counts}",
        comma=", ",
        no_tests="No tests folder here (this is no checkout): tests are not shown, "
        "hence no row shows as covered.",
    ),
}


@click.command()
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these.")
@spoken
def requirements(states: tuple[State, ...], *, as_json: bool, lang: Language) -> None:
    """Every requirement on this program with its clause, its scheme data and its tests."""
    folders = shipped()
    shown = [row for row in rows(folders) if not states or row.state in states]
    lines = [*_table(shown, _LABELS[lang]), "", _totals(shown, _LABELS[lang])]
    if folders.tests is None:
        lines.append(_LABELS[lang].no_tests)
    emit([_plain(row) for row in shown], "\n".join(lines), as_json=as_json)


def _plain(row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "clause": row.clause,
        "must": row.must,
        "scheme_data": list(row.scheme_data),
        "tests": list(row.tests),
        "state": row.state,
    }


def _table(shown: Sequence[Row], labels: _Labels) -> Iterator[str]:
    """Give the lines of the table; the last column takes what the terminal has left."""
    cells = [
        labels.head,
        *((r.id, r.clause, labels.states[r.state], str(len(r.tests)), r.must) for r in shown),
    ]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(labels.head) - 1)]
    left = get_terminal_size().columns - sum(widths) - 2 * len(widths)
    for *short, must in cells:
        padded = [_padded(text, width) for text, width in zip(short, widths, strict=True)]
        yield "  ".join([*padded, _shortened(must, max(left, _MUST_AT_LEAST))])


def _totals(shown: Sequence[Row], labels: _Labels) -> str:
    counts = (f"{labels.states[one]} {sum(row.state == one for row in shown)}" for one in STATES)
    return labels.total.format(number=len(shown), counts=labels.comma.join(counts))


def _width(text: str) -> int:
    """Return the columns a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _shortened(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[:-1]
    return f"{text}…"
