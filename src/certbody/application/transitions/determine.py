"""Determine the audit time by the rulebook, and keep the answer as it stood. 7.3.1, 7.4."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.editing import opened
from certbody.application.models import Application, Determination
from certbody.calendars import CHINA
from certbody.cases.editions import book_for
from certbody.cases.models import State
from certbody.records.writing import record
from certbody.rules.terms import Answer, Refusal, Refused, open_in_rulebook
from certbody.schemes.asking import Circumstances
from certbody.schemes.questions import answered
from certbody.words import plain

OPEN_TO_IT = (State.SUBMITTED, State.SUPPLEMENT_ASKED, State.ACCEPTED)


@transaction.atomic
def determine(
    *, number: str, given: Mapping[str, object], by: Account, at: datetime
) -> Determination:
    """Work the audit time out from what the application says and what the reviewer adds.

    Raises ``BadInput`` and ``Refused`` as the rulebook answers: a reduction beyond its cap, an
    adjustment without a reason. An earlier determination stays and is superseded.
    """
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    if application.case.state not in OPEN_TO_IT:
        raise Refused([Refusal("not_under_review", None, {"number": number})])
    question, facts, answer = worked_out(application, given, at)
    last = application.determinations.aggregate(last=Max("number"))["last"] or 0
    found = Determination.objects.create(
        application=application,
        number=last + 1,
        given=facts,
        answer_zh=plain(answer, "zh"),
        answer_en=plain(answer, "en"),
        by=by,
        at=at,
    )
    section = rulebook.sum_for(application, rulebook.MAN_DAYS)
    record(
        "application.audit_time_determined",
        stream=application.case.stream,
        by=by,
        at=at,
        clause=str(section[1].clause) if section else "",
        value=found.answer_zh["value"],
        question=question,
        given=facts,
    )
    return found


def worked_out(
    application: Application, given: Mapping[str, object], at: datetime
) -> tuple[str, rulebook.Given, Answer]:
    """Ask the rulebook for the audit time, without keeping the answer."""
    found = rulebook.sum_for(application, rulebook.MAN_DAYS)
    if found is None:
        raise open_in_rulebook(rulebook.MAN_DAYS, None)
    name, section = found
    day = localdate(at)
    facts = {**given, **rulebook.known_for(application, section.inputs, day)}
    book = book_for(application.case).rulebook
    return name, facts, answered(book, name, facts, Circumstances(CHINA, day))
