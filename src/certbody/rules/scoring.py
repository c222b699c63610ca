"""Scores: from results of criteria to one figure.

Algorithm  (1) each component: points obtained ÷ points that apply, scaled to the full
score and weighted, over one site or several; (2) in the rulebook's order: special
deductions, bonus, cap; (3) never below zero.

Units      points of the full score
Rounding   as the section says; stated ``exact`` or open
Errors     ``Refused``: nothing applies, exclusions not foreseen, earlier results not foreseen
Source     ISO/IEC 17065:2012, 7.4 and 7.6; each figure's clause is in the data
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from certbody.rules.components import Results, Sets, Tally, based_on, criteria_of, pools, reached
from certbody.rules.facts import Facts, Input
from certbody.rules.numbers import settled
from certbody.rules.results import Result, read_results
from certbody.rules.scores import ItemFloor, Scoring
from certbody.rules.sites import place_of, results_by_site
from certbody.rules.terms import Answer, BadInput, Note, Problem, Refusal, Refused, Step

ZERO = Fraction(0)
GIVEN = {
    "special_deductions": Input(
        zh="特别扣分项数", en="special deductions", type="count", at_least=ZERO
    ),
    "bonus": Input(zh="特别加分", en="special bonus", type="number", at_least=ZERO),
}


def score_of(section: Scoring, sets: Sets, given: Mapping[str, object]) -> Answer:
    """Return the score with its components, missed floors and steps."""
    by_site = _results(section, sets, given)
    tally = Tally()
    facts = Facts(GIVEN, given)
    base = based_on(section, sets, by_site, tally)
    score, failed = _adjusted(section, facts, base, tally)
    score = settled(max(score, ZERO), section.rounding, section.words, section.clause)
    floors = _floors_missed(section, sets, by_site, tally)
    more = {
        "score": score,
        "special_deductions": _special(section, facts),
        "failed": failed,
        "floors_missed": floors,
        "measures": {"floors_missed": Fraction(len(floors)), **tally.measures},
        "components": tally.components,
    }
    return Answer(score, section.unit, tally.steps, tally.warnings, more)


def _results(section: Scoring, sets: Sets, given: Mapping[str, object]) -> dict[str, Results]:
    """Read the results of each site; name everything that is wrong with one of them at once."""
    leaves = criteria_of(section, sets)
    scale = {row.id: row.worth for row in section.scale}
    read: dict[str, Results] = {}
    for site, results in results_by_site(section.sites, given, section.clause).items():
        joined = _with_earlier(section, given.get("earlier"), results)
        read[site] = read_results(leaves, joined, place_of(site), scale)
        _check_exclusions(section, read[site])
    return read


def _with_earlier(section: Scoring, earlier: object, now: object) -> object:
    """Join results taken from an earlier period, where the rulebook foresees that."""
    if not earlier:
        return now
    if not isinstance(earlier, Mapping) or not isinstance(now, Mapping):
        raise BadInput([Problem("earlier", "not_an_object", {"name": "earlier", "value": earlier})])
    allowed = section.earlier.criteria if section.earlier else ()
    clause = section.earlier.clause if section.earlier else section.clause
    refused = [name for name in earlier if name not in allowed]
    if refused:
        said = {"names": refused}
        raise Refused([Refusal("earlier_result_not_foreseen", clause, said)])
    return {**earlier, **now}


def _check_exclusions(section: Scoring, results: Mapping[str, Result]) -> None:
    excluded = [name for name, result in results.items() if not result.applies]
    if excluded and not section.exclusions:
        raise Refused([Refusal("exclusion_not_foreseen", section.clause, {"names": excluded})])


def _special(section: Scoring, facts: Facts) -> Fraction:
    return facts["special_deductions"] if section.special_deductions else ZERO


def _adjusted(
    section: Scoring, facts: Facts, score: Fraction, tally: Tally
) -> tuple[Fraction, list[str]]:
    failed: list[str] = []
    for adjustment in section.order:
        match adjustment:
            case "special_deductions":
                score = _less_special(section, facts, score, tally, failed)
            case "bonus":
                score = _with_bonus(section, facts, score, tally)
            case "cap":
                score = _capped(section, score, tally)
    return score, failed


def _less_special(
    section: Scoring, facts: Facts, score: Fraction, tally: Tally, failed: list[str]
) -> Fraction:
    rule = section.special_deductions
    number = _special(section, facts)
    if rule is None or not number:
        return score
    if rule.effect == "fail" or (rule.fail_at is not None and number >= rule.fail_at):
        failed.append(rule.id)
        said = {"what": rule.words, "number": number}
        tally.warnings.append(Note("special_deductions_fail", said, rule.clause))
    if rule.effect != "lower" or rule.each is None:
        return score
    score -= number * rule.each
    said = {"what": rule.words, "number": number, "each": rule.each}
    tally.steps.append(Step("special_deductions", said, score, rule.clause))
    return score


def _with_bonus(section: Scoring, facts: Facts, score: Fraction, tally: Tally) -> Fraction:
    rule = section.bonus
    if rule is None or not facts.given("bonus"):
        return score
    asked = facts["bonus"]
    bonus = min(asked, rule.at_most)
    if asked > bonus:
        said = {"what": rule.words, "value": asked, "bound": rule.at_most}
        tally.warnings.append(Note("bonus_capped", said, rule.clause))
    if bonus:
        score += bonus
        tally.steps.append(Step("bonus", {"what": rule.words, "value": bonus}, score, rule.clause))
    return score


def _capped(section: Scoring, score: Fraction, tally: Tally) -> Fraction:
    if section.cap is None or score <= section.cap:
        return score
    tally.steps.append(Step("capped", {"bound": section.cap}, section.cap, section.clause))
    return section.cap


def _floors_missed(
    section: Scoring, sets: Sets, by_site: Mapping[str, Results], tally: Tally
) -> list[str]:
    """Return each criterion below a floor, and count them per floor as a measure."""
    missed: list[str] = []
    for rule in section.floors:
        own = [
            name
            for site, results in pools(section, by_site).items()
            for criterion, share in _shares(rule, section, sets, results)
            if _is_below(rule, name := f"{criterion}@{site}" if site else criterion, share, tally)
        ]
        tally.measures[rule.id] = Fraction(len(own))
        missed += [f"{rule.id}:{name}" for name in own]
    return missed


def _is_below(rule: ItemFloor, name: str, share: Fraction, tally: Tally) -> bool:
    if share >= rule.at_least:
        return False
    said = {"what": rule.words, "name": name, "share": share, "bound": rule.at_least}
    tally.warnings.append(Note("item_below_floor", said, rule.clause))
    return True


def _shares(
    rule: ItemFloor, section: Scoring, sets: Sets, results: Sequence[Results]
) -> Iterator[tuple[str, Fraction]]:
    """Give the share of its points that each criterion under a floor reached."""
    criteria = {c.id: c for part in section.components for c in sets[part.criteria].walk()}
    for name in rule.criteria or tuple(results[0]):
        leaves = [leaf.id for leaf in criteria[name].leaves()]
        own = [one[leaf] for one in results for leaf in leaves if leaf in one]
        applies = [result for result in own if result.applies]
        whole = sum((r.criterion.points or ZERO for r in applies), ZERO)
        if whole:
            yield name, sum((reached(section, r) for r in applies), ZERO) / whole
