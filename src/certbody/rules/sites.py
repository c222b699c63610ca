"""Results of several sites, and how a rulebook makes one figure of them.

Units      those of the figures combined
Rounding   none; a mean is an exact fraction
Errors     ``Refused`` with ``open_in_rulebook`` where the rulebook says nothing on several
           sites; ``BadInput`` for results given twice or for no site
Source     IAF MD 1:2023 (certification of several sites)
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from certbody.rules.terms import BadInput, Clause, Problem, Row, Words, open_in_rulebook

How = Literal["pooled", "lowest", "mean"]
ONE = ""  # the name of the site where no sites are told apart
_OPEN = Words("多个场所结果的合并方法", "how the results of several sites make one")


class OverSites(Row):
    """How several sites make one figure: all results pooled, the lowest site, or the mean."""

    how: How


def results_by_site(
    rule: OverSites | None, given: Mapping[str, object], clause: Clause
) -> dict[str, object]:
    """Return the results as given, by site; one nameless site where only one is given."""
    sites = given.get("sites")
    if sites is None:
        return {ONE: given.get("results")}
    if given.get("results") is not None:
        raise BadInput([Problem("sites", "results_twice", {"name": "sites"})])
    if not isinstance(sites, Mapping) or not sites:
        raise BadInput([Problem("sites", "not_an_object", {"name": "sites", "value": sites})])
    if rule is None:
        raise open_in_rulebook(_OPEN, clause)
    return dict(sites)


def place_of(site: str) -> str:
    """Return where a site's results stand in the question."""
    return f"sites.{site}" if site != ONE else "results"


def combined(how: How, figures: Sequence[Fraction]) -> Fraction:
    """Return the lowest or the mean of the sites' figures."""
    return min(figures) if how == "lowest" else sum(figures, Fraction(0)) / len(figures)
