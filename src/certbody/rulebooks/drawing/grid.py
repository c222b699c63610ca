"""A process as a grid: which row and column each step stands in, and which arrows are drawn.

Algorithm  (1) a step's layer is below all it comes after, and below all steps of earlier
stages where that is possible; (2) a row is one layer, of one stage; (3) a step stands in the
column of a step it comes after, or the next free one; (4) an arrow that another way already
implies is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from certbody.rules.process import Before, Process, ProcessStep, Stage

STAGES: tuple[str, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another, with the outcomes that open the way."""

    start: str
    end: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of steps by id, the column of each, and the arrows between them."""

    rows: tuple[tuple[str, ...], ...]
    stages: tuple[str, ...]
    columns: Mapping[str, int]
    arrows: tuple[Arrow, ...]

    @property
    def row_of(self) -> dict[str, int]:
        """The row of each step."""
        return {name: number for number, row in enumerate(self.rows) for name in row}


def grid_of(process: Process) -> Grid:
    """Lay a process out on a grid."""
    steps = {step.id: step for step in process.steps}
    order = process.order()
    layers = _layers(steps, order)
    rows = tuple(
        tuple(name for name in steps if layers[name] == layer)
        for layer in sorted(set(layers.values()))
    )
    stages = tuple(steps[row[0]].stage for row in rows)
    return Grid(rows, stages, _columns(steps, rows), tuple(_arrows(process)))


def _stage(step: ProcessStep) -> int:
    return STAGES.index(step.stage)


def _layers(steps: Mapping[str, ProcessStep], order: list[str]) -> dict[str, int]:
    layers: dict[str, int] = {}
    for stage in range(len(STAGES)):
        base = max(layers.values(), default=-1) + 1
        for name in (one for one in order if _stage(steps[one]) == stage):
            above = [layers[b.step] + 1 for b in steps[name].after if b.step in layers]
            layers[name] = max([base, *above])
    while True:  # each round moves at least one step down; none moves below the number of steps
        _settle(steps, order, layers)
        mixed = _late_in_a_mixed_layer(steps, layers)
        if not mixed:
            return layers
        layers |= {name: layers[name] + 1 for name in mixed}


def _settle(steps: Mapping[str, ProcessStep], order: list[str], layers: dict[str, int]) -> None:
    """Move steps below all they come after, also where that is a step of a later stage."""
    for name in order:
        above = [layers[before.step] + 1 for before in steps[name].after]
        layers[name] = max([layers[name], *above])


def _late_in_a_mixed_layer(
    steps: Mapping[str, ProcessStep], layers: Mapping[str, int]
) -> list[str]:
    """Return the steps of later stages in the first layer that holds several stages."""
    for layer in sorted(set(layers.values())):
        own = [name for name in layers if layers[name] == layer]
        first = min(_stage(steps[name]) for name in own)
        late = [name for name in own if _stage(steps[name]) != first]
        if late:
            return late
    return []


def _columns(steps: Mapping[str, ProcessStep], rows: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Give each step the column of a step before it; the nearest below it has the first choice."""
    columns: dict[str, int] = {}
    rows_of: dict[str, int] = {}
    for number, row in enumerate(rows):
        taken: set[int] = set()
        wanted = {name: _wanted(steps[name], columns, rows_of) for name in row}
        for name in sorted(row, key=lambda one: (*wanted[one], row.index(one))):
            column = wanted[name][0]
            while column in taken:
                column += 1
            taken.add(column)
            columns[name] = column
        rows_of |= dict.fromkeys(row, number)
    return columns


def _wanted(
    step: ProcessStep, columns: Mapping[str, int], rows_of: Mapping[str, int]
) -> tuple[int, int]:
    """Return the column a step would stand in, and how far up the step is that it comes after."""
    before = [one.step for one in step.after if one.step in columns]
    column = min((columns[name] for name in before), default=0)
    nearest = max((rows_of[name] for name in before if columns[name] == column), default=0)
    return column, -nearest


def _arrows(process: Process) -> Iterator[Arrow]:
    after = {step.id: step.after for step in process.steps}
    for step in process.steps:
        for before in step.after:
            if not any(
                _implies(other.step, before, after) for other in step.after if other is not before
            ):
                yield Arrow(before.step, step.id, before.outcomes)


def _implies(name: str, wanted: Before, after: Mapping[str, tuple[Before, ...]]) -> bool:
    """Tell whether a step that comes before can itself only be reached by the wanted way."""
    to_see, seen = [name], {name}
    while to_see:
        for before in after[to_see.pop()]:
            if before.step == wanted.step and _as_narrow(before, wanted):
                return True
            if before.step not in seen:
                seen.add(before.step)
                to_see.append(before.step)
    return False


def _as_narrow(before: Before, wanted: Before) -> bool:
    if not wanted.outcomes:
        return True
    return bool(before.outcomes) and set(before.outcomes) <= set(wanted.outcomes)
