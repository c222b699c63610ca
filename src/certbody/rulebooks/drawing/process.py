"""Where everything of a process diagram goes: steps, stage bands, arrows, ways out and back.

Time runs downwards. Each row is one layer of one stage; a step's ways out (the case ends, or
goes back) stand to its right. Arrows are straight where they can be, else they run in the
gaps between rows and in lanes at the sides.

Units      pixels of the drawing
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from certbody.rulebooks.drawing.grid import Arrow, Grid, grid_of
from certbody.rulebooks.drawing.text import broken, width
from certbody.rules.process import Outcome, Process, ProcessStep
from certbody.rules.terms import Clause
from certbody.web.language import in_words

GUTTER, LANE, MARGIN = 116, 14, 20
STEP, LETTER, LEADING = 204, 13, 18
EXIT, SMALL, SMALL_LEADING, EXIT_GAP = 172, 12, 16, 6
BESIDE, BETWEEN, GAP, SLOT, HEAD, LABEL = 26, 40, 46, 12, 16, 180

Point = tuple[float, float]
T = TypeVar("T")


@dataclass(slots=True)
class Exit:
    """A way out of a step: the case ends here, or goes back to an earlier step."""

    outcome: Outcome
    lines: list[str]
    back_to: str | None
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0

    @property
    def middle(self) -> float:
        """The height at which the way leaves."""
        return self.y + self.height / 2

    @property
    def texts(self) -> list[tuple[str, float, float]]:
        """Each line with its place."""
        top = self.y + 15
        return [(line, self.x + 22, top + i * SMALL_LEADING) for i, line in enumerate(self.lines)]


@dataclass(slots=True)
class Node:
    """A step as a box."""

    step: ProcessStep
    lines: list[str]
    exits: list[Exit]
    height: float = 0
    x: float = 0
    y: float = 0
    width: float = STEP

    @property
    def middle(self) -> float:
        """Where arrows arrive and leave."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def round(self) -> float:
        """How round the corners of a client's step are."""
        return min(self.height / 2, 24)

    @property
    def person(self) -> str:
        """A small head and shoulders, for a step of the client."""
        x, y = self.right - 24, self.y + self.height / 2 - 7
        head = f"M{x:g} {y:g}a3 3 0 1 0 .1 0z"
        return f"{head}M{x - 6:g} {y + 14:g}c0-8 12-8 12 0z"

    @property
    def texts(self) -> list[tuple[str, float, float]]:
        """Each line of the name with its place; the clause follows below."""
        used = len(self.lines) * LEADING + 15
        top = self.y + (self.height - used) / 2 + 13
        return [(line, self.x + 16, top + i * LEADING) for i, line in enumerate(self.lines)]

    @property
    def clause_at(self) -> Point:
        """Where the clause is written."""
        _, x, y = self.texts[-1]
        return x, y + 16

    @property
    def clause(self) -> Clause:
        """The clause the step rests on."""
        return self.step.clause


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as a path, with the outcomes it carries."""

    points: tuple[Point, ...]
    back: bool = False
    label: tuple[str, ...] = ()
    label_at: Point = (0, 0)

    @property
    def texts(self) -> list[tuple[str, float, float]]:
        """Each line of the label with its place."""
        x, y = self.label_at
        return [(line, x, y + i * SMALL_LEADING) for i, line in enumerate(self.label)]

    @property
    def path(self) -> str:
        """The path's commands."""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Band:
    """A stage over its rows."""

    stage: str
    y: float
    height: float
    odd: bool


@dataclass(slots=True)
class Diagram:
    """A drawn process."""

    name: str
    process: Process
    nodes: dict[str, Node]
    bands: list[Band] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    width: float = 0
    height: float = 0

    @property
    def boxes(self) -> list[Node]:
        """The steps in the order in which they are read."""
        return sorted(self.nodes.values(), key=lambda node: (node.y, node.x))


def drawn(name: str, process: Process) -> Diagram:
    """Draw a process."""
    grid = grid_of(process)
    names = {step.id: in_words(step) for step in process.steps}
    last = {
        name: all(grid.columns[o] <= grid.columns[name] for o in row)
        for row in grid.rows
        for name in row
    }
    nodes = {step.id: _node(step, {} if last[step.id] else names) for step in process.steps}
    return _Drawing(grid, Diagram(name, process, nodes), last).finished()


def _node(step: ProcessStep, beside: Mapping[str, str]) -> Node:
    """Return a step with its ways out; those that cannot be drawn back name their target."""
    lines = broken(in_words(step), (STEP - 32) / LETTER, 3)
    exits = [_exit(one, beside) for one in step.outcomes if one.ends or one.back_to]
    side = sum(one.height for one in exits) + EXIT_GAP * max(len(exits) - 1, 0)
    return Node(step, lines, exits, height=max(len(lines) * LEADING + 36, side))


def _exit(outcome: Outcome, beside: Mapping[str, str]) -> Exit:
    target = beside.get(outcome.back_to or "")
    words = f"{in_words(outcome)} → {target}" if target else in_words(outcome)
    lines = broken(words, (EXIT - 34) / SMALL, 4)
    wide = max(width(line) for line in lines) * SMALL + 34
    tall = len(lines) * SMALL_LEADING + 8
    return Exit(outcome, lines, outcome.back_to, width=wide, height=tall)


class _Drawing:
    """The working sheet: sizes first, then places, then lines."""

    def __init__(self, grid: Grid, diagram: Diagram, last: Mapping[str, bool]) -> None:
        self.grid = grid
        self.diagram = diagram
        self.rows = grid.row_of
        self.backs = [
            (node, way)
            for name, node in diagram.nodes.items()
            for way in node.exits
            if way.back_to and last[name]
        ]
        self.targets = {way.back_to for _, way in self.backs}
        self.left = _lanes([a for a in grid.arrows if self._in_lane(a)], self._rows_between)
        self.slots = self._gap_slots()
        self.tops: list[float] = []

    def finished(self) -> Diagram:
        self._place_columns()
        self._place_rows()
        self._place_exits()
        self._draw_bands()
        self.diagram.lines += [self._forward(arrow) for arrow in self.grid.arrows]
        ends = [x + width(text) * SMALL for line in self.diagram.lines for text, x, _ in line.texts]
        self.diagram.width = max([self.diagram.width, *(end + MARGIN for end in ends)])
        self._draw_ways_back()
        return self.diagram

    def _rows_between(self, arrow: Arrow) -> tuple[int, int]:
        return self.rows[arrow.start], self.rows[arrow.end]

    def _free(self, column: int, above: int, below: int) -> bool:
        """Tell whether no step stands in a column between two rows."""
        between = (name for row in self.grid.rows[above + 1 : below] for name in row)
        return all(self.grid.columns[name] != column for name in between)

    def _in_lane(self, arrow: Arrow) -> bool:
        above, below = self._rows_between(arrow)
        columns = self.grid.columns[arrow.start], self.grid.columns[arrow.end]
        return not any(self._free(column, above, below) for column in columns)

    def _gap_slots(self) -> list[dict[str, int]]:
        """Give each arrow that turns in a gap a height there; arrows that meet share one."""
        slots: list[dict[str, int]] = [{} for _ in range(len(self.grid.rows) + 1)]
        for arrow in self.grid.arrows:
            for gap, shared in self._turns(arrow):
                slots[gap].setdefault(shared, len(slots[gap]))
        return slots

    def _turns(self, arrow: Arrow) -> list[tuple[int, str]]:
        above, below = self._rows_between(arrow)
        start, end = self.grid.columns[arrow.start], self.grid.columns[arrow.end]
        if self._in_lane(arrow):
            return [(above + 1, arrow.start), (below, arrow.end)]
        if start == end:
            return []
        joins = sum(one.end == arrow.end for one in self.grid.arrows) > 1
        if self._free(start, above, below):
            return [(below, arrow.end if joins else arrow.start)]
        return [(above + 1, arrow.start)]

    def _place_columns(self) -> None:
        x: float = GUTTER + LANE * (max(self.left.values(), default=-1) + 1) + MARGIN
        for column in range(max(self.grid.columns.values()) + 1):
            nodes = [self.diagram.nodes[n] for n, c in self.grid.columns.items() if c == column]
            side = max((e.width + BESIDE for node in nodes for e in node.exits), default=0)
            for node in nodes:
                node.x = x
            x += STEP + side + BETWEEN
        self.diagram.width = x - BETWEEN + MARGIN

    def _place_rows(self) -> None:
        y: float = MARGIN
        for number, row in enumerate(self.grid.rows):
            top = y + (self._gap(number) if number else HEAD)
            tallest = max(self.diagram.nodes[name].height for name in row)
            for name in row:
                node = self.diagram.nodes[name]
                node.y = top
                node.height = max(node.height, len(node.lines) * LEADING + 36)
            self.tops.append(top)
            y = top + tallest
        self.diagram.height = y + MARGIN

    def _gap(self, number: int) -> float:
        """Return the height above a row: for turns, for labels of two lines, for ways back."""
        labels = [self._label(a) for a in self.grid.arrows if self._label_gap(a) == number]
        lines = max((len(label) for label in labels), default=0)
        arriving = bool(labels) and any(name in self.targets for name in self.grid.rows[number])
        slots = len(self.slots[number]) - (not labels)
        return GAP + SLOT * max(slots, 0) + SMALL_LEADING * max(lines - 1, 0) + SLOT * arriving

    def _label_gap(self, arrow: Arrow) -> int:
        above, below = self._rows_between(arrow)
        return above + 1 if self._label_at_start(arrow) else below

    def _label_at_start(self, arrow: Arrow) -> bool:
        """Beside the start where one arrow leaves it, beside the end where several do."""
        return sum(one.start == arrow.start for one in self.grid.arrows) == 1

    def _place_exits(self) -> None:
        for node in self.diagram.nodes.values():
            tall = sum(one.height for one in node.exits) + EXIT_GAP * max(len(node.exits) - 1, 0)
            y = node.y + (node.height - tall) / 2
            for one in node.exits:
                one.x, one.y = node.x + node.width + BESIDE, y
                y += one.height + EXIT_GAP

    def _draw_bands(self) -> None:
        starts = [
            number
            for number, stage in enumerate(self.grid.stages)
            if number == 0 or stage != self.grid.stages[number - 1]
        ]
        edges = [self._band_top(number) for number in starts] + [self.diagram.height]
        for place, number in enumerate(starts):
            height = edges[place + 1] - edges[place]
            self.diagram.bands.append(
                Band(self.grid.stages[number], edges[place], height, odd=bool(place % 2))
            )

    def _band_top(self, number: int) -> float:
        return 0 if number == 0 else self.tops[number] - HEAD

    def _turn_at(self, gap: int, shared: str) -> float:
        """Return the height of a turn in a gap, above the row below it."""
        slot = self.slots[gap][shared]
        return self.tops[gap] - self._gap(gap) + 16 + SLOT * slot

    def _forward(self, arrow: Arrow) -> Line:
        start, end = self.diagram.nodes[arrow.start], self.diagram.nodes[arrow.end]
        turns = self._turns(arrow)
        points: list[Point] = [(start.middle, start.bottom)]
        if self._in_lane(arrow):
            lane = GUTTER + MARGIN / 2 + LANE * (self.left[arrow] + 0.5)
            first, last = (self._turn_at(*turn) for turn in turns)
            points += [(start.middle, first), (lane, first), (lane, last), (end.middle, last)]
        elif turns:
            y = self._turn_at(*turns[0])
            points += [(start.middle, y), (end.middle, y)]
        points.append((end.middle, end.y))
        return Line(tuple(points), label=self._label(arrow), label_at=self._label_at(arrow))

    def _label(self, arrow: Arrow) -> tuple[str, ...]:
        """Return the outcomes that an arrow carries; nothing where it carries all of them."""
        outcomes = {o.id: o for o in self.diagram.nodes[arrow.start].step.outcomes}
        if set(arrow.outcomes) == set(outcomes):
            return ()
        words = " / ".join(in_words(outcomes[name]) for name in arrow.outcomes)
        return tuple(broken(words, LABEL / SMALL, 3))

    def _label_at(self, arrow: Arrow) -> Point:
        start, end = self.diagram.nodes[arrow.start], self.diagram.nodes[arrow.end]
        if self._label_at_start(arrow):
            turns = len(self.slots[self._label_gap(arrow)])
            return start.middle + 8, start.bottom + 15 + (SLOT * turns + 6 if turns else 0)
        rest = SMALL_LEADING * max(len(self._label(arrow)) - 1, 0)
        arriving = SLOT if arrow.end in self.targets else 0
        return end.middle + 8, end.y - 10 - rest - arriving

    def _draw_ways_back(self) -> None:
        lanes = _lanes(self.backs, self._span_back, key=lambda pair: id(pair[1]))
        edge = self.diagram.width
        for _, way in self.backs:
            target = self.diagram.nodes[way.back_to or ""]
            lane = edge + LANE * lanes[id(way)]
            x, above = target.x + target.width - 28, target.y - 11
            points = (
                (way.x + way.width, way.middle),
                (lane, way.middle),
                (lane, above),
                (x, above),
                (x, target.y),
            )
            self.diagram.lines.append(Line(points, back=True))
        self.diagram.width = edge + LANE * (max(lanes.values(), default=0) + 1)

    def _span_back(self, pair: tuple[Node, Exit]) -> tuple[float, float]:
        _, way = pair
        return self.diagram.nodes[way.back_to or ""].y - 11, way.y + way.height / 2


def _lanes(
    things: Sequence[T],
    span: Callable[[T], tuple[float, float]],
    key: Callable[[T], object] = lambda one: one,
) -> Mapping[object, int]:
    """Give each thing a lane so that spans in one lane never overlap; short ones come first."""
    lanes: dict[object, int] = {}
    used: list[list[tuple[float, float]]] = []
    for thing in sorted(things, key=lambda one: (span(one)[1] - span(one)[0], span(one))):
        low, high = span(thing)
        free = (n for n, taken in enumerate(used) if all(high < a or low > b for a, b in taken))
        lane = next(free, len(used))
        if lane == len(used):
            used.append([])
        used[lane].append((low, high))
        lanes[key(thing)] = lane
    return lanes
