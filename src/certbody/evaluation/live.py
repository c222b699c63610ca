"""How a part stands at this moment: figures so far, what is left to do. 7.4.9."""

from dataclasses import dataclass
from datetime import date

from certbody.evaluation import rulebook
from certbody.evaluation.figures import figures_of, level_reached, standing
from certbody.evaluation.models import Part, Result
from certbody.evaluation.tallies import counts_of
from certbody.rules.terms import Answer


@dataclass(frozen=True, slots=True)
class Live:
    """The results of a part and what they come to; figures leave out what is not assessed."""

    results: list[Result]
    figures: Answer | None
    grade: str | None
    not_assessed: list[str]
    assessed: int
    of: int


def live(part: Part, on: date) -> Live:
    """Return how a part stands; the number of queries does not grow with its criteria."""
    step = rulebook.step_of(part.case, part.step, "assessment")
    results = list(part.results.select_related("by"))
    now = standing(part, step, results)
    figures = figures_of(part, step, now, counts_of(part, on), on)
    of = len(rulebook.criteria_of(part.case, step))
    return Live(
        results,
        figures,
        level_reached(part, figures),
        now.not_assessed,
        of - len(now.not_assessed),
        of,
    )
