"""Sign the review of an application. ISO/IEC 17065:2012, 7.3.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.editing import opened
from certbody.application.models import Application, Review, ReviewAnswer
from certbody.cases.models import State
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_TEXT_AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reviewer found on one question."""

    met: bool
    finding: str
    remark: str = ""


@transaction.atomic
def review(*, number: str, findings: Mapping[str, Finding], by: Account, at: datetime) -> Review:
    """Sign a review; it cannot be altered, a later one supersedes it.

    Raises ``BadInput`` for each question without an answer and each answer without a finding.
    """
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    if application.case.state != State.SUBMITTED:
        raise Refused([Refusal("not_under_review", None, {"number": number})])
    problems = list(_problems(application, findings))
    if problems:
        raise BadInput(problems)
    last = application.reviews.aggregate(last=Max("number"))["last"] or 0
    signed = Review.objects.create(
        application=application, number=last + 1, reviewer=by, reviewer_name=by.name, signed_at=at
    )
    ReviewAnswer.objects.bulk_create(
        ReviewAnswer(
            review=signed,
            question=name,
            met=one.met,
            finding=one.finding.strip(),
            remark=one.remark.strip(),
        )
        for name, one in findings.items()
    )
    section = rulebook.checklist(application, rulebook.QUESTIONS)
    record(
        "application.reviewed",
        stream=application.case.stream,
        by=by,
        at=at,
        clause=str(section.clause) if section else "",
        number=signed.number,
        met=sum(one.met for one in findings.values()),
        questions=len(findings),
        findings={name: [one.met, one.finding, one.remark] for name, one in findings.items()},
    )
    return signed


def _problems(application: Application, findings: Mapping[str, Finding]) -> list[Problem]:
    questions = {item.id: item for item in rulebook.items(application, rulebook.QUESTIONS)}
    problems = []
    for name, item in questions.items():
        facts = {"name": name, "what": item.words}
        if name not in findings:
            problems.append(Problem(name, "missing_input", facts))
        elif not findings[name].finding.strip():
            problems.append(Problem(f"{name}.finding", "missing_input", facts))
        elif max(len(findings[name].finding), len(findings[name].remark)) > _TEXT_AT_MOST:
            facts = {"name": name, "length": len(findings[name].finding), "bound": _TEXT_AT_MOST}
            problems.append(Problem(f"{name}.finding", "text_too_long", facts))
    for name in findings:
        if name not in questions:
            facts = {"name": "findings", "value": name, "allowed": list(questions)}
            problems.append(Problem(name, "not_a_choice", facts))
    return problems
