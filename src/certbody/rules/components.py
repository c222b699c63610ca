"""The first part of a score: what each component reached, scaled, weighted, over all sites.

A criterion that does not apply is left out of both sides. Results of several sites are
pooled before anything is scaled, or each site gets its own figure and the lowest or the
mean of them counts.

Units      points of the full score
Rounding   none here; the score is rounded once, at its end
Errors     ``Refused`` with ``nothing_applies`` for a component in which nothing applies
Source     ISO/IEC 17065:2012, 7.4.9; each figure's clause is in the data
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.results import Result
from certbody.rules.scores import Component, Scoring
from certbody.rules.sites import OverSites, combined
from certbody.rules.terms import Note, Refusal, Refused, Step

ZERO = Fraction(0)
Sets = Mapping[str, CriteriaSet]
Results = Mapping[str, Result]


@dataclass(slots=True)
class Tally:
    """The working sheet of one score."""

    steps: list[Step] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    components: list[dict[str, object]] = field(default_factory=list)
    measures: dict[str, Fraction] = field(default_factory=dict)


def criteria_of(section: Scoring, sets: Sets) -> list[Criterion]:
    """Return every indicator that the score needs, in order and once."""
    leaves = {leaf.id: leaf for part in section.components for leaf in leaves_of(part, sets)}
    return list(leaves.values())


def leaves_of(part: Component, sets: Sets) -> Iterator[Criterion]:
    """Give the indicators of a component, in order."""
    for criterion in sets[part.criteria].walk():
        if criterion.id in part.under:
            yield from criterion.leaves()
    if not part.under:
        yield from sets[part.criteria].leaves()


def reached(section: Scoring, result: Result) -> Fraction:
    """Return the points that one result is worth."""
    points = result.criterion.points or ZERO
    if result.samples is not None and section.samples == "all_or_nothing":
        return points if result.met else ZERO
    return points * result.share


def pools(section: Scoring, by_site: Mapping[str, Results]) -> dict[str, list[Results]]:
    """Return the results that are reckoned together: of all sites, or of each for itself."""
    rule = section.sites
    if rule is None or rule.how == "pooled" or len(by_site) == 1:
        return {"": list(by_site.values())}
    return {site: [results] for site, results in by_site.items()}


def based_on(
    section: Scoring, sets: Sets, by_site: Mapping[str, Results], tally: Tally
) -> Fraction:
    """Return the score before any adjustment, of one site or of all."""
    pooled = pools(section, by_site)
    if section.sites is None or len(pooled) == 1:
        return _normalised(section, sets, next(iter(pooled.values())), tally)
    own = {site: Tally() for site in pooled}
    bases = {
        site: _normalised(section, sets, results, own[site]) for site, results in pooled.items()
    }
    _join(section.sites, own, bases, tally)
    score = combined(section.sites.how, list(bases.values()))
    said = {"what": section.sites.words}
    tally.steps.append(Step("sites_together", said, score, section.sites.clause))
    return score


def _join(
    rule: OverSites, own: Mapping[str, Tally], bases: Mapping[str, Fraction], tally: Tally
) -> None:
    """Put what each site's sheet holds on the common one."""
    for site, sheet in own.items():
        tally.steps += sheet.steps
        tally.steps.append(Step("site_score", {"site": site}, bases[site], rule.clause))
        tally.components += [{"site": site, **row} for row in sheet.components]
    for name in next(iter(own.values())).measures:
        tally.measures[name] = combined(rule.how, [sheet.measures[name] for sheet in own.values()])


def _normalised(section: Scoring, sets: Sets, results: Sequence[Results], tally: Tally) -> Fraction:
    weights = sum((part.weight for part in section.components), ZERO)
    score = ZERO
    for part in section.components:
        own = [one[leaf.id] for one in results for leaf in leaves_of(part, sets)]
        share = _share(section, part, [result for result in own if result.applies], tally)
        tally.measures[part.id] = share
        score += share * section.full * part.weight / weights
    if len(section.components) > 1:
        tally.steps.append(Step("components_together", {}, score, section.clause))
    return score


def _share(section: Scoring, part: Component, own: Sequence[Result], tally: Tally) -> Fraction:
    """Return the share of its points that a component reached, and write it down."""
    applies = sum((result.criterion.points or ZERO for result in own), ZERO)
    if not applies:
        raise Refused([Refusal("nothing_applies", part.clause, {"what": part.words})])
    obtained = sum((reached(section, result) for result in own), ZERO)
    weights = sum((one.weight for one in section.components), ZERO)
    value = obtained / applies * section.full * part.weight / weights
    figures: dict[str, object] = {"what": part.words, "reached": obtained, "applies": applies}
    tally.steps.append(Step("component", figures, value, part.clause))
    tally.components.append({"id": part.id, **figures, "value": value})
    return obtained / applies
