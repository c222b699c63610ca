"""The columns of a sheet of criteria, and finding them by their headers."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certbody.rules.terms import Problem, Words
from certbody.sheets.faults import fault
from certbody.sheets.workbook import Raw, Sheet

HEADER = 1  # the row of the headers


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, its header in both languages, its width, what belongs in it."""

    key: str
    words: Words
    width: int
    about: Words


COLUMNS: Sequence[Column] = (
    Column(
        "id",
        Words("编号", "id"),
        14,
        Words(
            "每行必填，不得重复，最长 80 个字符。按文本填写（5.1 与 5.10 是两个编号）。",
            "Needed in every row, each once, at most 80 characters. As text: 5.1 and 5.10 differ.",
        ),
    ),
    Column(
        "parent",
        Words("上级", "parent"),
        14,
        Words(
            "上级的编号，上级须排在本行之前；最上层留空。",
            "The id of the heading above, which stands in an earlier row; empty at the top level.",
        ),
    ),
    Column(
        "zh",
        Words("中文", "Chinese"),
        60,
        Words("中文表述，必填。", "The words in Chinese; needed."),
    ),
    Column(
        "en",
        Words("英文", "English"),
        60,
        Words("英文表述，必填。", "The words in English; needed."),
    ),
    Column(
        "points",
        Words("分值", "points"),
        10,
        Words(
            "最高分值，可用小数，不为负。下级之和须等于上级；有满分的准则集每行必填，最上层之和须等于满分。",
            "The greatest score, decimals allowed, never negative. Children sum to their parent. "
            "Where there is a full score every row needs points, and the top level sums to it.",
        ),
    ),
    Column(
        "tier",
        Words("层级", "tier"),
        12,
        Words(
            "从列表选择。准则集有层级的，没有下级的行必填；没有层级的留空。",
            "From the list; empty where there are no tiers. Every row without children needs one.",
        ),
    ),
    Column(
        "dimension",
        Words("维度", "dimension"),
        14,
        Words(
            "从列表选择。准则集有维度的，没有下级的行必填；没有维度的留空。",
            "From the list; empty where there are no dimensions. Rows without children need one.",
        ),
    ),
    Column(
        "veto",
        Words("否决项", "veto"),
        10,
        Words(
            "“是”或“否”，空白即“否”；只能标在没有下级的行。",
            "是 (yes) or 否 (no); empty means no. Only in rows without children.",
        ),
    ),
    Column(
        "clause",
        Words("依据条款", "clause"),
        26,
        Words(
            "准则出自何处，必填，写作“文件: 条号”；准则集只依据一个文件的，可只写条号。",
            "Where it is written; needed. As “document: place”; the place will do where the set "
            "rests on one document.",
        ),
    ),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
_SAMPLE = re.compile(r"示例|\bsample\b")
_SIGNS = re.compile(r"[()\[\]*:/]")


@dataclass(frozen=True, slots=True)
class Headers:
    """Where each column stands, and whether a header says that the sheet is a sample."""

    at: Mapping[str, int]
    sample: bool


def headers_of(sheet: Sheet) -> tuple[Headers, list[Problem]]:
    """Find the columns; a missing, doubled or unknown one is a fault."""
    problems: list[Problem] = []
    at: dict[str, int] = {}
    sample = False
    for column, raw in sorted((c, raw) for (r, c), raw in sheet.cells.items() if r == HEADER):
        key, marked = _key_of(raw)
        if key is None:
            problems.append(_unknown(sheet, column, raw))
        elif key in at:
            place = sheet.at(HEADER, column)
            problems.append(fault(place, "doubled_column", what=BY_KEY[key].words))
        else:
            at[key] = column
            sample = sample or marked
    missing = [
        fault(sheet.at(HEADER), "missing_column", what=one.words)
        for one in COLUMNS
        if one.key not in at
    ]
    return Headers(at, sample), [*problems, *missing, *_without_header(sheet)]


def _key_of(raw: Raw) -> tuple[str | None, bool]:
    text = unicodedata.normalize("NFKC", str(raw)).casefold()
    marked = _SAMPLE.search(text) is not None
    plain = " ".join(_SIGNS.sub(" ", _SAMPLE.sub(" ", text)).split())
    return _KNOWN.get(plain), marked


def _known() -> dict[str, str]:
    """Each way to write a header: the field, either language, or both."""
    return {
        name.casefold(): column.key
        for column in COLUMNS
        for zh, en in [(column.words.zh, column.words.en)]
        for name in (column.key, zh, en, f"{zh} {en}", f"{zh}{en}")
    }


_KNOWN = _known()


def _unknown(sheet: Sheet, column: int, raw: Raw) -> Problem:
    allowed = Words(
        "、".join(one.words.zh for one in COLUMNS), ", ".join(one.words.en for one in COLUMNS)
    )
    text = " ".join(str(raw).split())
    return fault(sheet.at(HEADER, column), "unknown_column", text=text, allowed=allowed)


def _without_header(sheet: Sheet) -> list[Problem]:
    """Name the first cell of each column that has no header."""
    first: dict[int, int] = {}
    for row, column in sorted(sheet.cells):
        if (HEADER, column) not in sheet.cells:
            first.setdefault(column, row)
    return [fault(sheet.at(row, column), "no_header") for column, row in sorted(first.items())]
