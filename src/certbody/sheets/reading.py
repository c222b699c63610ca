"""Reading criteria from a workbook: every fault at once, and nothing at all from a faulty one."""

from collections.abc import Mapping
from pathlib import Path

from certbody.rules.criteria import CriteriaSet
from certbody.rules.terms import BadInput, Problem, Words
from certbody.sheets.columns import HEADER, headers_of
from certbody.sheets.faults import bad_file, fault, in_order
from certbody.sheets.guide import Titles, titles_of
from certbody.sheets.names import guide_of, placed, sheet_name
from certbody.sheets.rows import Reader
from certbody.sheets.tree import Tree
from certbody.sheets.workbook import Sheet, sheets_of


def read(path: Path, likes: Mapping[str, CriteriaSet]) -> dict[str, CriteriaSet]:
    """Return the sets that a workbook holds, each shaped like the one of its name in ``likes``.

    Tiers, dimensions, the full score and the clause are the rulebook's; titles, the mark
    as a sample and the criteria are the workbook's.
    """
    sheets = sheets_of(path)
    found, others = placed(sheets, likes)
    problems = [_unknown(sheet, likes) for sheet in others]
    if not found and not others:
        problems.append(fault(path.name, "no_sheet_at_all", allowed=_names(likes)))
    guide = guide_of(sheets)
    sets: dict[str, CriteriaSet] = {}
    for name, sheet in found.items():
        try:
            sets[name] = _set(sheet, guide, name, likes[name])
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return sets


def _set(sheet: Sheet, guide: Sheet | None, name: str, like: CriteriaSet) -> CriteriaSet:
    if not any(row > HEADER for row, _ in sheet.cells):
        raise bad_file(sheet.at(), "empty_sheet")
    headers, problems = headers_of(sheet)
    complete = not problems
    tree = Tree(Reader(like, problems).lines(sheet, headers), like)
    if complete:
        problems += tree.faults()
    titles, more = titles_of(guide, (sheet_name(name), sheet.name), like, sample=headers.sample)
    problems += more
    if problems:
        raise BadInput(in_order(problems))
    return _made(like, titles, tree)


def _made(like: CriteriaSet, titles: Titles, tree: Tree) -> CriteriaSet:
    return CriteriaSet(
        clause=like.clause,
        also=like.also,
        reading=like.reading,
        zh=titles.zh,
        en=titles.en,
        note=like.note,
        sample=titles.sample,
        full=like.full,
        tiers=like.tiers,
        dimensions=like.dimensions,
        tree=tree.criteria(),
    )


def _names(likes: Mapping[str, CriteriaSet]) -> Words:
    names = [sheet_name(name) for name in likes]
    return Words("、".join(names), ", ".join(names))


def _unknown(sheet: Sheet, likes: Mapping[str, CriteriaSet]) -> Problem:
    return fault(sheet.at(), "unknown_sheet", allowed=_names(likes))
