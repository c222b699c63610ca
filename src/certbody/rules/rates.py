"""Conformity rates: how many of the requirements that apply are met, by tier and dimension.

Units      fractions from 0 to 1, exact; a requirement that does not apply is left out
Errors     ``Refused`` with ``nothing_to_count`` for a tier in which nothing applies
Source     ISO/IEC 17065:2012, 7.4.9; each figure's clause is in the data
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from certbody.rules.criteria import CriteriaSet, NamedRow
from certbody.rules.results import Result, read_results
from certbody.rules.sites import ONE, OverSites, combined, place_of, results_by_site
from certbody.rules.terms import Answer, Flag, Note, Refusal, Refused, Section, Step


class Rates(Section):
    """Which criteria are counted, and when one that was sampled is met."""

    criteria: str
    exclusions: Flag
    samples: Literal["all_must_pass", "proportional"]
    sites: OverSites | None = None


@dataclass(slots=True)
class Tally:
    """The working sheet of the rates."""

    rates: dict[str, Fraction] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def rates_of(section: Rates, criteria: CriteriaSet, given: Mapping[str, object]) -> Answer:
    """Return the conformity rate of each tier, and of each dimension for the radar chart."""
    by_site = _read(section, criteria, given)
    tally = Tally()
    for tier in criteria.tiers:
        _tier(section, tier, by_site, tally)
    if tally.refusals:
        raise Refused(tally.refusals)
    together = [result for results in by_site.values() for result in results]
    dimensions, notes = _dimensions(section, criteria, together)
    more = {"rates": tally.rates, "dimensions": dimensions}
    return Answer(None, "ratio", tally.steps, notes, more)


def _read(
    section: Rates, criteria: CriteriaSet, given: Mapping[str, object]
) -> dict[str, list[Result]]:
    """Return the results that are counted together: of all sites, or of each for itself."""
    leaves = criteria.leaves()
    by_site = {
        site: list(read_results(leaves, results, place_of(site)).values())
        for site, results in results_by_site(section.sites, given, section.clause).items()
    }
    excluded = [r.criterion.id for results in by_site.values() for r in results if not r.applies]
    if excluded and not section.exclusions:
        said = {"names": list(dict.fromkeys(excluded))}
        raise Refused([Refusal("exclusion_not_foreseen", section.clause, said)])
    if section.sites is None or section.sites.how == "pooled":
        return {ONE: [result for results in by_site.values() for result in results]}
    return by_site


def _tier(
    section: Rates, tier: NamedRow, by_site: Mapping[str, Sequence[Result]], tally: Tally
) -> None:
    rates: list[Fraction] = []
    for site, results in by_site.items():
        met, of = _counted(section, (r for r in results if r.criterion.tier == tier.id))
        if not of:
            said: dict[str, object] = {"what": tier.words}
            tally.refusals.append(Refusal("nothing_to_count", section.clause, said))
            return
        counted = {"what": tier.words, "met": met, "of": of, "site": site}
        code = "rate" if site == ONE else "rate_at"
        tally.steps.append(Step(code, counted, met / of, section.clause))
        rates.append(met / of)
    rule = section.sites
    tally.rates[tier.id] = rates[0] if rule is None else combined(rule.how, rates)
    if rule is not None and len(rates) > 1:
        told = {"what": rule.words}
        tally.steps.append(Step("sites_together", told, tally.rates[tier.id], rule.clause))


def _dimensions(
    section: Rates, criteria: CriteriaSet, read: Sequence[Result]
) -> tuple[dict[str, Fraction | None], list[Note]]:
    rates: dict[str, Fraction | None] = {}
    notes: list[Note] = []
    for dimension in criteria.dimensions:
        own = (r for r in read if r.criterion.dimension == dimension.id)
        met, of = _counted(section, own)
        rates[dimension.id] = met / of if of else None
        if not of:
            said = {"what": dimension.words}
            notes.append(Note("dimension_empty", said, section.clause))
    return rates, notes


def _counted(section: Rates, results: Iterable[Result]) -> tuple[Fraction, Fraction]:
    applying = [result for result in results if result.applies]
    if section.samples == "proportional":
        met = sum((result.share for result in applying), Fraction(0))
    else:
        met = Fraction(sum(result.met for result in applying))
    return met, Fraction(len(applying))
