"""How a part stands at this moment: figures so far, what is left to do. 7.4.9."""

from dataclasses import dataclass
from datetime import date

from certbody.evaluation import rulebook
from certbody.evaluation.figures import Standing, figures_of, level_reached, standing
from certbody.evaluation.models import Part, Result
from certbody.evaluation.tallies import Counts, counts_of
from certbody.rules.terms import Answer


@dataclass(frozen=True, slots=True)
class Live:
    """The results of a part and what they come to; figures leave out what is not assessed."""

    results: list[Result]
    standing: Standing
    counts: Counts
    figures: Answer | None
    grade: str | None
    of: int

    @property
    def not_assessed(self) -> list[str]:
        """The criteria that lack a result somewhere."""
        return self.standing.not_assessed

    @property
    def assessed(self) -> int:
        """How many criteria lack none."""
        return self.of - len(self.not_assessed)


def live(part: Part, on: date) -> Live:
    """Return how a part stands; the number of queries does not grow with its criteria."""
    step = rulebook.step_of(part.case, part.step, "assessment")
    results = list(part.results.select_related("by"))
    now = standing(part, step, results)
    counts = counts_of(part, on)
    figures = figures_of(part, step, now, counts, on)
    of = len(rulebook.criteria_of(part.case, step))
    return Live(results, now, counts, figures, level_reached(part, figures), of)
