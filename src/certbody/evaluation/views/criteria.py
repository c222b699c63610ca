"""The criteria of a part as the checklist shows them, and the panel of figures beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certbody.cases.models import Case
from certbody.evaluation import rulebook
from certbody.evaluation.live import Live
from certbody.evaluation.models import Part, Result
from certbody.evaluation.views.values import shown
from certbody.rulebooks.drawing.radar import Radar, radar_of
from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.process import ProcessStep
from certbody.web.language import active, in_words
from certbody.words.rendering import plain


@dataclass(frozen=True, slots=True)
class RowShown:
    """One criterion with what was found: the result, and how its fields are filled."""

    leaf: Criterion
    result: Result | None
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """One branch of the tree: its way from the top, its criteria, how many are assessed."""

    words: str
    rows: list[RowShown]

    @property
    def assessed(self) -> int:
        """How many of its criteria have a result."""
        return sum(row.result is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures so far and what is left, in the reader's language."""

    assessed: int
    of: int
    grade: str | None
    value: object
    rates: list[tuple[str, object]]
    radar: Radar | None
    next_one: str


def row_of(leaf: Criterion, result: Result | None) -> RowShown:
    """Return a criterion with its result."""
    return RowShown(leaf, result, shown(result.value if result else None))


def headings(case: Case, step: ProcessStep, results: Iterable[Result]) -> list[Heading]:
    """Return the criteria under the headings that hold them directly, in the tree's order."""
    found: CriteriaSet | None = rulebook.section(
        case, "criteria", step.assesses.criteria if step.assesses else None
    )
    own = {one.criterion: one for one in results if one.site_id is None}
    return list(_branches(found.tree, "", own)) if found else []


def _branches(
    tree: Iterable[Criterion], above: str, own: Mapping[str, Result]
) -> Iterable[Heading]:
    leaves = [one for one in tree if not one.parts]
    if leaves:
        yield Heading(above, [row_of(leaf, own.get(leaf.id)) for leaf in leaves])
    for one in tree:
        if one.parts:
            words = in_words(one)
            yield from _branches(one.parts, f"{above} · {words}" if above else words, own)


def panel(part: Part, step: ProcessStep, now: Live) -> Panel:
    """Return the figures of a part as its page shows them."""
    figures = plain(now.figures, active()) if now.figures else {}
    criteria: CriteriaSet | None = rulebook.section(
        part.case, "criteria", step.assesses.criteria if step.assesses else None
    )
    tiers = {row.id: in_words(row) for row in criteria.tiers} if criteria else {}
    rates = now.figures.more.get("rates", {}) if now.figures else {}
    return Panel(
        assessed=now.assessed,
        of=now.of,
        grade=now.grade,
        value=figures.get("value"),
        rates=[(tiers.get(tier, tier), rate) for tier, rate in rates.items()],
        radar=radar_of(now.figures, criteria) if now.figures and criteria else None,
        next_one=now.not_assessed[0] if now.not_assessed else "",
    )
