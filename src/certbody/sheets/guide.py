"""The sheet of instructions: titles and sample mark of each set, columns, lists, rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certbody.rules.criteria import CriteriaSet
from certbody.rules.terms import Problem, Words
from certbody.sheets.cells import text_of, yes_of
from certbody.sheets.faults import CellFault
from certbody.sheets.names import same
from certbody.sheets.workbook import Raw, Sheet

TITLE_AT_MOST = 200
SETS = Words("工作表", "sheet")
FIELDS: Mapping[str, Words] = {
    "zh": Words("中文标题", "title in Chinese"),
    "en": Words("英文标题", "title in English"),
    "sample": Words("示例", "sample"),
}
RULES = (
    Words(
        "表头在第一行，请勿改动；每行一项，从第二行起，最多 5000 行。",
        "The headers stay in the first row as they are; one criterion per row below, at most 5000.",
    ),
    Words(
        "导入时检查每一行：只要有一处错误，整个文件都不导入，并逐一指出工作表、行和列。",
        (
            "The import checks every row and names each fault by sheet, row and column; "
            "with one fault anywhere nothing is imported."
        ),
    ),
    Words(
        "分值按所填的十进制数精确计算，也可写成 1/3 这样的分数（文本）。",
        "Points are exact decimals as typed; a fraction such as 1/3 may be written as text.",
    ),
    Words(
        "“示例”为“是”的准则在每个界面和文件上都标明为示例。录入正版内容后请改为“否”。",
        (
            "Where “sample” is 是 (yes), every screen and paper says so. "
            "Change it to 否 (no) for licensed content."
        ),
    ),
    Words(
        "不需要的行请整行删除，不要只清空编号。",
        "Delete rows that are not needed as a whole; do not merely empty their id.",
    ),
)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the instructions say about a set: its title, and whether it is a sample."""

    zh: str
    en: str
    sample: bool


def own_title(criteria: CriteriaSet) -> Words:
    """Return the title of criteria that the body enters itself."""
    name = criteria.clause.document or str(criteria.clause)
    return Words(f"{name}（本机构录入）", f"{name} (entered by the body)")


def titles_of(
    guide: Sheet | None, names: Iterable[str], like: CriteriaSet, *, sample: bool
) -> tuple[Titles, list[Problem]]:
    """Read a set's titles; without instructions the headers say whether it is a sample."""
    title = like.words if sample == like.sample else own_title(like)
    default = Titles(title.zh, title.en, sample)
    row = _row_of(guide, names) if guide else None
    if guide is None or row is None:
        return default, []
    problems: list[Problem] = []
    read: dict[str, object] = {}
    for column, (key, what) in enumerate(FIELDS.items(), start=2):
        try:
            read[key] = _field(key, guide.cells.get((row, column)), what)
        except CellFault as found:
            problems.append(found.at(guide.at(row, column)))
    if problems:
        return default, problems
    titles = Titles(str(read["zh"]), str(read["en"]), read["sample"] is True)
    return (titles if titles.sample or not like.sample else _renamed(titles, like)), []


def _renamed(found: Titles, like: CriteriaSet) -> Titles:
    """Replace a sample's title that was left standing over criteria that are none."""
    own = own_title(like)
    zh = own.zh if found.zh == like.zh else found.zh
    en = own.en if found.en == like.en else found.en
    return Titles(zh, en, sample=False)


def _field(key: str, raw: Raw | None, what: Words) -> object:
    if raw is None:
        raise CellFault("missing", what=what)
    return yes_of(raw, what) if key == "sample" else text_of(raw, what, TITLE_AT_MOST, lines=True)


def _row_of(guide: Sheet, names: Iterable[str]) -> int | None:
    """Return the row of a set: its sheet's name in the first column."""
    known = list(names)
    for row, cells in guide.rows():
        if any(same(str(cells.get(1, "")), name) for name in known):
            return row
    return None
