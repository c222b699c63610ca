"""Settle the programme of an audit: time, sites, competences. IAF MD 1, 6; 17065, 7.4.1."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import Places, judged, unmet
from certbody.cases.models import Case
from certbody.cases.moving import complete, done_in, reopen
from certbody.planning.models import Programme, SiteToVisit, Team
from certbody.planning.opening import opened, refusals_of_order, step_with
from certbody.planning.programming import Visits, audit_time, visits
from certbody.records.writing import record
from certbody.rules.terms import Answer, BadInput, Problem, Refused
from certbody.words import Language
from certbody.words.rendering import plain

PLACES = Places("programme")
_SEED_BYTES, _SEED_AT_MOST, _REASON_AT_MOST, _CODE_AT_MOST = 8, 40, 300, 40


@dataclass(frozen=True, slots=True)
class Added:
    """A site that the planner adds to those to visit, by its number in the list, and why."""

    site: int
    reason: str


@transaction.atomic
def settle_programme(
    *,
    number: str,
    competences: Sequence[str],
    given: Mapping[str, Any],
    by: Account,
    at: datetime,
    added: Sequence[Added] = (),
    seed: str = "",
) -> Programme:
    """Work out time and sites by the rulebook and keep both answers as they stand.

    Without a ``seed`` one is made up; the same seed draws the same sites again. A later programme
    supersedes the one before, and its team has to be confirmed anew. Raises ``BadInput`` and
    ``Refused`` as the rulebook answers: a reduction beyond its cap, a condition not stated.
    """
    case, day = opened(number, by, at), localdate(at)
    step = step_with(case, "programme")
    problems = [*_problems(competences, seed), *_unknown(case, added)]
    if problems:
        raise BadInput(problems)
    seed = seed.strip() or secrets.token_hex(_SEED_BYTES)
    places = _with_added(case, visits(case, given, seed, day), added)
    time = audit_time(case, given, len(places.sites), day)
    refusals = refusals_of_order(case, step)
    refusals += unmet(judged(case, step.id, given, day, PLACES))
    if refusals:
        raise Refused(refusals)
    facts, answer = time if time is not None else ({}, None)
    made = Programme.objects.create(
        case=case,
        number=case.programmes.count() + 1,
        competences=sorted({one.strip() for one in competences}),
        given={**given, **facts},
        seed=seed,
        time_zh=_told(answer, "zh"),
        time_en=_told(answer, "en"),
        draw_zh=_told(places.answer, "zh"),
        draw_en=_told(places.answer, "en"),
        by=by,
        at=at,
    )
    _list(made, places, added)
    record(
        "planning.programme_settled",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(step.clause),
        number=made.number,
        value=str(made.time_zh.get("value", "")),
        sites=[site.name for site, _ in places.sites],
        count=len(places.sites),
        seed=seed,
        competences=made.competences,
    )
    complete(case, step.id, "", at)
    _unconfirm_team(case, at)
    return made


def _list(programme: Programme, places: Visits, added: Sequence[Added]) -> None:
    reasons = {one.site: one.reason.strip() for one in added}
    SiteToVisit.objects.bulk_create(
        SiteToVisit(programme=programme, site=site, why=why, reason=reasons.get(site.number, ""))
        for site, why in places.sites
    )


def _unconfirm_team(case: Case, at: datetime) -> None:
    """End the team in force: what it was confirmed for has changed."""
    if Team.objects.filter(case=case, superseded_at=None).update(superseded_at=at):
        team = step_with(case, "team")
        if team.id in done_in(case):
            reopen(case, team.id)


def _with_added(case: Case, found: Visits, added: Sequence[Added]) -> Visits:
    """Return the visits with the sites that the planner adds; one that is there stays as it is."""
    there = {site.pk for site, _ in found.sites}
    more = case.client.sites.filter(number__in=[one.site for one in added], closed_on=None).exclude(
        pk__in=there
    )
    chosen = [(site, str(SiteToVisit.Why.CHOSEN)) for site in more]
    return Visits([*found.sites, *chosen], found.answer)


def _problems(competences: Sequence[str], seed: str) -> list[Problem]:
    problems = []
    if not competences:
        said: dict[str, Any] = {"name": "competences", "what": "competences"}
        problems.append(Problem("competences", "missing_input", said))
    for one in competences:
        code = one.strip()
        if code.split() != [code] or len(code) > _CODE_AT_MOST:
            problems.append(Problem("competences", "no_competence_code", {"bound": _CODE_AT_MOST}))
    if len(seed) > _SEED_AT_MOST:
        said = {"name": "seed", "length": len(seed), "bound": _SEED_AT_MOST}
        problems.append(Problem("seed", "text_too_long", said))
    return problems


def _unknown(case: Case, added: Sequence[Added]) -> list[Problem]:
    """Return what is wrong with the sites added: not the client's or closed; no reason."""
    own = set(case.client.sites.filter(closed_on=None).values_list("number", flat=True))
    problems = []
    for place, one in enumerate(added):
        if one.site not in own:
            problems.append(Problem(f"added[{place}].site", "no_such_site", {"value": one.site}))
        if not one.reason.strip():
            said: dict[str, Any] = {"name": "reason", "what": "reason"}
            problems.append(Problem(f"added[{place}].reason", "missing_input", said))
        elif len(one.reason) > _REASON_AT_MOST:
            said = {"name": "reason", "length": len(one.reason), "bound": _REASON_AT_MOST}
            problems.append(Problem(f"added[{place}].reason", "text_too_long", said))
    return problems


def _told(answer: Answer | None, language: Language) -> dict[str, Any]:
    return plain(answer, language) if answer is not None else {}
