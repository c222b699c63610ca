"""Sign the review of the client's documents; answer and settle its points. 7.4.4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import unmet
from certbody.cases.models import Case
from certbody.cases.moving import complete, move
from certbody.evaluation import rulebook
from certbody.evaluation.conditions import review_facts, to_sign_review
from certbody.evaluation.models import DocumentFinding, DocumentReview, OpenPoint
from certbody.evaluation.people import opened
from certbody.evaluation.texts import needed
from certbody.planning.opening import opened_to_client
from certbody.records.writing import record
from certbody.rules.process import ProcessStep
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@dataclass(frozen=True, slots=True)
class PointFound:
    """What was found on one point of the review."""

    met: bool
    finding: str


@transaction.atomic
def sign_document_review(
    *,
    number: str,
    findings: Mapping[str, PointFound],
    points: Sequence[str],
    outcome: str,
    by: Account,
    at: datetime,
    focus: str = "",
    given: Mapping[str, Any] | None = None,
) -> DocumentReview:
    """Sign a document review with its outcome; a later one supersedes it.

    ``points`` are what the client has still to put right. An outcome that leads to the stop of
    the audit stops it in the same act.
    """
    case, day = opened(number, by, at), localdate(at)
    step = _step(case)
    rulebook.refuse_unknown_outcome(step, outcome)
    problems = list(_problems(case, findings, points))
    if problems:
        raise BadInput(problems)
    missing = len([one for one in rulebook.points_of_review(case) if one.id not in findings])
    all_met = all(one.met for one in findings.values())
    known = review_facts(case, by.pk, missing, len(points), all_met)
    refusals = unmet(to_sign_review(case, step, outcome, {**(given or {}), **known}, day))
    if refusals:
        raise Refused(refusals)
    last = case.document_reviews.first()
    signed = DocumentReview.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        step=step.id,
        outcome=outcome,
        focus=focus.strip(),
        given=dict(given or {}),
        reviewer=by,
        reviewer_name=by.name,
        signed_at=at,
    )
    _list(signed, findings, points)
    record(
        "evaluation.documents_reviewed",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(step.clause),
        number=signed.number,
        outcome=rulebook.told(step, outcome),
        points=[text.strip() for text in points],
        findings={name: [one.met, one.finding.strip()] for name, one in findings.items()},
    )
    complete(case, step.id, outcome, at)
    option = rulebook.option(case, step, outcome)
    if option is not None and option.leads_to == rulebook.STOP:
        move(case, rulebook.STOP, by=by, at=at, what="evaluation.stopped", reason=focus.strip())
    return signed


@transaction.atomic
def answer_point(*, number: str, point: int, text: str, by: Account, at: datetime) -> OpenPoint:
    """Say, for the client, how a point was put right; it may be said anew until it is settled."""
    case = opened_to_client(number, by, at)
    found = _open_point(case, point)
    found.answer, found.answered_at = needed("text", text), at
    found.save(update_fields=["answer", "answered_at"])
    record("evaluation.point_answered", stream=case.stream, by=by, at=at, point=found.text)
    return found


@transaction.atomic
def settle_point(*, number: str, point: int, how: str, by: Account, at: datetime) -> OpenPoint:
    """Settle a point of the review, with what showed that it is put right."""
    case = opened(number, by, at)
    found = _open_point(case, point)
    found.settled_how, found.settled_by, found.settled_at = needed("how", how), by, at
    found.save(update_fields=["settled_how", "settled_by", "settled_at"])
    record("evaluation.point_settled", stream=case.stream, by=by, at=at, point=found.text)
    return found


def _open_point(case: Case, point: int) -> OpenPoint:
    found = case.open_points.get(pk=point)
    if found.settled_at is not None:
        raise Refused([Refusal("point_settled_already", None, {"what": found.text})])
    return found


def _step(case: Case) -> ProcessStep:
    found = rulebook.steps(case, "document_review")
    if not found:
        raise Refused([Refusal("no_document_review", None, {"number": case.number})])
    return found[0]


def _list(
    review: DocumentReview, findings: Mapping[str, PointFound], points: Sequence[str]
) -> None:
    DocumentFinding.objects.bulk_create(
        DocumentFinding(review=review, item=name, met=one.met, finding=one.finding.strip())
        for name, one in findings.items()
    )
    OpenPoint.objects.bulk_create(
        OpenPoint(case=review.case, review=review, text=text.strip()) for text in points
    )


def _problems(
    case: Case, findings: Mapping[str, PointFound], points: Sequence[str]
) -> list[Problem]:
    known = {item.id: item for item in rulebook.points_of_review(case)}
    problems = []
    for name, one in findings.items():
        if name not in known:
            said: dict[str, Any] = {"name": "findings", "value": name, "allowed": list(known)}
            problems.append(Problem(name, "not_a_choice", said))
        elif not one.finding.strip():
            said = {"name": name, "what": known[name].words}
            problems.append(Problem(f"{name}.finding", "missing_input", said))
    if any(not text.strip() for text in points):
        said = {"name": "points", "what": "points"}
        problems.append(Problem("points", "missing_input", said))
    return problems
