"""Answer the rulebook's own questions about eligibility. ISO/IEC 17065:2012, 7.2."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.application import rulebook
from certbody.application.editing import opened_to_edit, saved
from certbody.application.models import Application
from certbody.cases.facts import refuse_unreadable
from certbody.records.writing import record
from certbody.rules.facts import Input


@transaction.atomic
def answer(
    *,
    number: str,
    answers: Mapping[str, object],
    by: Account,
    at: datetime,
    seen: int | None = None,
) -> Application:
    """Save the answers as they were given; raise ``BadInput`` for what cannot be read.

    An answer that makes the client ineligible is saved too: what follows from it is shown, and
    stands in the way when the application is submitted.
    """
    application = opened_to_edit(number, by, at, seen)
    asked = questions_to_client(application, at)
    refuse_unreadable(asked, answers)
    application.facts = dict(answers)
    saved(application, "facts")
    record(
        "application.answered", stream=application.case.stream, by=by, at=at, answers=dict(answers)
    )
    return application


def questions_to_client(application: Application, at: datetime) -> dict[str, Input]:
    """Return what the client is asked: of eligibility and of the list of documents."""
    day = localdate(at)
    eligibility = rulebook.requirements(application, rulebook.ELIGIBILITY)
    documents = rulebook.checklist(application, rulebook.DOCUMENTS)
    inputs = {
        **(eligibility.inputs if eligibility else {}),
        **(documents.inputs if documents else {}),
    }
    return rulebook.asked_of(application, inputs, day)
