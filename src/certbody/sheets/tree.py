"""From lines to a tree of criteria: parents, sums, and what each indicator needs."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.numbers import in_figures
from certbody.rules.terms import Problem
from certbody.sheets.columns import BY_KEY, HEADER
from certbody.sheets.faults import fault
from certbody.sheets.rows import Line

LEVELS_AT_MOST = 10
ZERO = Fraction(0)


class Tree:
    """Lines with their children; the faults of the whole are found here."""

    def __init__(self, lines: Sequence[Line], like: CriteriaSet) -> None:
        self.lines = lines
        self.like = like
        self.by_id: dict[str, Line] = {}
        for line in lines:
            if line.id:
                self.by_id.setdefault(line.id, line)
        self.children: dict[str, list[Line]] = {}
        for line in lines:
            if line.parent != line.id or not line.id:
                self.children.setdefault(line.parent, []).append(line)

    def faults(self) -> Iterator[Problem]:
        """Give each fault of the rows together."""
        for line in self.lines:
            yield from self._id_faults(line)
            yield from self._leaf_faults(line)
        sound = all(self._placed(line) for line in self.lines)
        if sound:
            yield from self._depth_faults()
            yield from self._sum_faults()

    def _id_faults(self, line: Line) -> Iterator[Problem]:
        first = self.by_id.get(line.id, line)
        if first is not line:
            yield line.fault("id", "doubled_id", text=line.id, row=first.row)
        if not line.parent:
            return
        parent = self.by_id.get(line.parent)
        if parent is None:
            yield line.fault("parent", "unknown_parent", text=line.parent)
        elif parent is line or line.parent == line.id:
            yield line.fault("parent", "own_parent", text=line.parent)
        elif parent.row > line.row:
            yield line.fault("parent", "parent_below", text=line.parent, row=parent.row)

    def _placed(self, line: Line) -> bool:
        """Tell whether a line has an id of its own below a parent above it."""
        parent = self.by_id.get(line.parent)
        above = parent is not None and parent.row < line.row
        known = bool(line.id) and self.by_id[line.id] is line and "parent" not in line.faulty
        return known and (not line.parent or above)

    def _leaf_faults(self, line: Line) -> Iterator[Problem]:
        if line.id and line.id in self.children:
            if line.values.get("veto"):
                yield line.fault("veto", "veto_on_heading", text=line.id)
            return
        for key, choices in (("tier", self.like.tiers), ("dimension", self.like.dimensions)):
            if choices and key not in line.values and key not in line.faulty:
                yield line.fault(key, "missing", what=BY_KEY[key].words)

    def _depth_faults(self) -> Iterator[Problem]:
        depth: dict[str, int] = {}
        for line in self.lines:
            depth[line.id] = depth.get(line.parent, 0) + 1
            if depth[line.id] == LEVELS_AT_MOST + 1:
                yield line.fault("parent", "too_deep", limit=LEVELS_AT_MOST)

    def _sum_faults(self) -> Iterator[Problem]:
        """Compare sums where every figure in them could be read."""
        for line in self.lines:
            parts = self.children.get(line.id, ())
            total = _total(parts)
            if parts and line.points is not None and total not in (None, line.points):
                yield line.fault("points", "sum_differs", **_said(line, line.points, total))
        top, full = _total(self.children.get("", ())), self.like.full
        if full is not None and top is not None and top != full and self.lines:
            first = self.lines[0]
            place = first.sheet.at(HEADER, first.headers.at["points"])
            facts = {"total": in_figures(top), "full": in_figures(full)}
            yield fault(place, "total_differs", **facts)

    def criteria(self, parent: str = "") -> tuple[Criterion, ...]:
        """Return the criteria below a heading; only when there is no fault."""
        return tuple(
            Criterion(**line.criterion, parts=self.criteria(line.id))
            for line in self.children.get(parent, ())
        )


def _total(lines: Sequence[Line]) -> Fraction | None:
    if any("points" in line.faulty for line in lines):
        return None
    return sum((line.points or ZERO for line in lines), ZERO)


def _said(line: Line, points: Fraction, total: Fraction | None) -> dict[str, str]:
    return {
        "text": line.id,
        "points": in_figures(points),
        "total": in_figures(total or ZERO),
    }
