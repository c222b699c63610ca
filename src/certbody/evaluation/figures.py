"""Score, rates and grade of a part, asked of the rulebook as its calculators ask.

Units      as the rulebook's sections say; exact, never rounded here
Source     ISO/IEC 17065:2012, 7.4.9, 7.6
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certbody.cases.editions import asked, book_for
from certbody.evaluation import rulebook
from certbody.evaluation.models import Part, Result
from certbody.planning.models import SiteToVisit
from certbody.rules.bands import band_of
from certbody.rules.conditions import refusals_and_notes
from certbody.rules.facts import Facts, flat
from certbody.rules.grades import Grades
from certbody.rules.numbers import number_from
from certbody.rules.process import ProcessStep
from certbody.rules.terms import Answer, BadInput, Refused
from certbody.schemes.questions import section_for

_LEFT_OUT = "not_applicable"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is assessed in a part so far: the results, and what they leave open.

    ``found`` holds the results by site; those of no site hold for every site.
    """

    found: Mapping[str, Mapping[str, Any]]
    not_assessed: list[str] = field(default_factory=list)
    sites_not_in_full: int = 0

    @property
    def given(self) -> dict[str, Any]:
        """The results as a scoring or rates asks for them."""
        if set(self.found) == {""}:
            return {"results": dict(self.found[""])}
        return {"sites": {site: dict(results) for site, results in self.found.items()}}


def standing(part: Part, step: ProcessStep, results: Iterable[Result] | None = None) -> Standing:
    """Return what is assessed; one query for the results, one for the sites to visit."""
    rows = list(part.results.all() if results is None else results)
    leaves = [leaf.id for leaf in rulebook.criteria_of(part.case, step)]
    visited = _sites_to_visit(part)
    whole = {row.criterion: row.value for row in rows if row.site_id is None}
    sites = {str(row.site_id) for row in rows if row.site_id is not None}
    if sites and len(visited) > 1:
        sites |= visited
    found: dict[str, dict[str, Any]] = {site: dict(whole) for site in sorted(sites)} or {"": whole}
    for row in rows:
        if row.site_id is not None:
            found[str(row.site_id)][row.criterion] = row.value
    lacking = [site for site, own in found.items() if set(leaves) - set(own)]
    missing = [leaf for leaf in leaves if any(leaf not in own for own in found.values())]
    incomplete = len(visited) if lacking == [""] else len(lacking)
    return Standing(found, missing, max(incomplete, len(lacking)))


def figures_of(
    part: Part, step: ProcessStep, now: Standing, more: Mapping[str, Any], on: date
) -> Answer | None:
    """Return score or rates; what is not assessed yet is left out of both sides.

    None where the step makes no figures, or nothing can be worked out yet.
    """
    name = step.assesses.figures if step.assesses else None
    if name is None:
        return None
    leaves = [leaf.id for leaf in rulebook.criteria_of(part.case, step)]
    found = {
        site: {leaf: own.get(leaf, _LEFT_OUT) for leaf in leaves} for site, own in now.found.items()
    }
    given = {**Standing(found).given, **asked_besides(part, step, more)}
    try:
        return asked(part.case, name, given, on)
    except (Refused, BadInput):
        return None


def asked_besides(part: Part, step: ProcessStep, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a score is made from besides results, where the rulebook has such rules."""
    name = step.assesses.figures if step.assesses else None
    scoring = rulebook.section(part.case, "scoring", name)
    given: dict[str, Any] = {}
    if scoring is not None and scoring.special_deductions is not None:
        given["special_deductions"] = more.get("special_deductions", 0)
    if scoring is not None and scoring.bonus is not None and part.bonus:
        given["bonus"] = part.bonus
    return given


def level_reached(part: Part, figures: Answer | None) -> str | None:
    """Return the best level whose figures are reached, whatever else a grade takes."""
    case = part.case
    section: Grades | None = rulebook.section(
        case, "grades", section_for(book_for(case).rulebook, "grade")
    )
    if section is None or figures is None or figures.more.get("failed"):
        return None
    given = flat(figures.more)
    facts = Facts(section.inputs, {name: given[name] for name in section.inputs if name in given})
    bands = section.bands()
    reached = band_of(bands, section.overlaps, facts[section.of]) if bands and section.of else None
    for place, level in enumerate(section.levels):
        if bands and (reached is None or bands.index(reached) > place):
            continue
        if not refusals_and_notes(level.require, facts)[0]:
            return level.id
    return None


def mark_reached(conforming: int, taken: int, mark: str) -> bool:
    """Tell whether the share of conforming samples reaches the mark fixed beforehand."""
    return bool(mark) and taken > 0 and conforming >= number_from(mark) * taken


def _sites_to_visit(part: Part) -> set[str]:
    rows = SiteToVisit.objects.filter(programme__case=part.case_id)
    latest = rows.order_by("-programme__number").values_list("programme", "site")
    found = list(latest)
    return {str(site) for programme, site in found if programme == found[0][0]}
