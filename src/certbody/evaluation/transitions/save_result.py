"""Save what was found on criteria. ISO/IEC 17065:2012, 7.4.9."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from certbody.accounts.models import Account
from certbody.evaluation import rulebook
from certbody.evaluation.models import Part, Result
from certbody.evaluation.parts import open_part
from certbody.evaluation.texts import limited
from certbody.records.writing import record
from certbody.rules.criteria import Criterion
from certbody.rules.process import ProcessStep
from certbody.rules.results import read_results
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Found:
    """The result of one criterion; ``seen`` is the revision that the person saw, 0 for none."""

    criterion: str
    value: Any
    note: str = ""
    reason: str = ""
    site: int | None = None
    seen: int = 0


@transaction.atomic
def save_result(*, number: str, step: str, found: Found, by: Account, at: datetime) -> Result:
    """Save the result of one criterion.

    Raises ``Refused`` for points above the most, a deduction without its reason, and a change by
    somebody else that the person has not seen; ``BadInput`` for what is no result.
    """
    return _save(number, step, [found], by, at)[0]


@transaction.atomic
def save_results(
    *, number: str, step: str, found: Sequence[Found], by: Account, at: datetime
) -> list[Result]:
    """Save several results, all or none of them."""
    return _save(number, step, found, by, at)


def _save(
    number: str, step: str, found: Sequence[Found], by: Account, at: datetime
) -> list[Result]:
    part, its = open_part(number, step, by, at)
    leaves = {leaf.id: leaf for leaf in rulebook.criteria_of(part.case, its)}
    problems = _twice(found)
    refusals: list[Refusal] = []
    known = {(row.criterion, row.site_id): row for row in _before(part, found)}
    for one in found:
        try:
            _check(part, its, leaves, one)
        except BadInput as bad:
            problems += bad.problems
        except Refused as refused:
            refusals += refused.refusals
        before = known.get((one.criterion, one.site))
        if (before.revision if before else 0) != one.seen and before is not None:
            refusals.append(_unseen(before, leaves))
    if problems:
        raise BadInput(problems)
    if refusals:
        raise Refused(refusals)
    saved = [_kept(part, one, known.get((one.criterion, one.site)), by, at) for one in found]
    record(
        "evaluation.results_saved",
        stream=part.case.stream,
        by=by,
        at=at,
        clause=str(its.clause),
        part={"zh": its.zh, "en": its.en},
        number=len(saved),
        results=[
            [one.criterion, one.site_id, one.value, one.note, one.reason, one.revision]
            for one in saved
        ],
    )
    return saved


def _twice(found: Sequence[Found]) -> list[Problem]:
    """Return a problem for each criterion that one batch gives two results at one place."""
    places = Counter((one.criterion, one.site) for one in found)
    return [
        Problem(name, "given_twice", {"name": name})
        for (name, _site), number in places.items()
        if number > 1
    ]


def _before(part: Part, found: Sequence[Found]) -> list[Result]:
    names = [one.criterion for one in found]
    return list(part.results.filter(criterion__in=names).select_related("by"))


def _check(part: Part, step: ProcessStep, leaves: dict[str, Criterion], one: Found) -> None:
    """Read a result as the rulebook's figures read it; a loss of points needs its reason."""
    leaf = leaves.get(one.criterion)
    if leaf is None:
        said: dict[str, Any] = {"name": one.criterion}
        raise BadInput([Problem(one.criterion, "unknown_criterion", said)])
    name = step.assesses.figures if step.assesses else None
    scoring = rulebook.section(part.case, "scoring", name)
    scale = {row.id: row.worth for row in scoring.scale} if scoring else {}
    limited("note", one.note)
    reason = limited("reason", one.reason)
    read = read_results([leaf], {leaf.id: one.value}, "results", scale)[leaf.id]
    if scoring is not None and not read.applies and not scoring.exclusions:
        raise Refused(
            [Refusal("exclusion_not_foreseen", scoring.clause, {"names": [one.criterion]})]
        )
    if not reason and (not read.applies or (leaf.points is not None and not read.met)):
        said = {"name": one.criterion, "what": leaf.words}
        raise Refused([Refusal("deduction_without_reason", leaf.clause, said)])
    if one.site is not None and not part.case.client.sites.filter(pk=one.site).exists():
        said = {"name": "site", "value": str(one.site)}
        raise BadInput([Problem("site", "unknown_site", said)])


def _unseen(before: Result, leaves: dict[str, Criterion]) -> Refusal:
    leaf = leaves.get(before.criterion)
    said = {
        "what": leaf.words if leaf else before.criterion,
        "who": before.by.name,
        "value": before.value if isinstance(before.value, str) else str(before.value),
        "note": before.note,
        "revision": before.revision,
    }
    return Refusal("result_changed_meanwhile", None, said)


def _kept(part: Part, one: Found, before: Result | None, by: Account, at: datetime) -> Result:
    row = before or Result(part=part, site_id=one.site, criterion=one.criterion, revision=0)
    row.value, row.note, row.reason = one.value, one.note.strip(), one.reason.strip()
    row.revision += 1
    row.by, row.at = by, at
    row.save()
    return row
