"""Ask for more material, item by item; answer; settle. ISO/IEC 17065:2012, 7.3.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.conditions import to_ask
from certbody.application.editing import opened, opened_to_edit
from certbody.application.models import Application, Message, Supplement
from certbody.cases.gates import unmet
from certbody.cases.moving import move
from certbody.files.models import StoredFile
from certbody.files.storing import store
from certbody.notices.sending import send
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing asked for; ``item`` names the rulebook's item, if it is about one."""

    text: str
    item: str = ""


@transaction.atomic
def ask_supplement(
    *, number: str, wanted: Sequence[Wanted], by: Account, at: datetime
) -> list[Supplement]:
    """Ask the client for more; each thing becomes a thread, and all of them one written notice."""
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    case, day = application.case, localdate(at)
    problems = list(_problems(application, wanted))
    if problems:
        raise BadInput(problems)
    refusals = unmet(to_ask(application, len(wanted), day))
    if refusals:
        raise Refused(refusals)
    threads = [
        Supplement.objects.create(
            application=application, item=one.item, asked=one.text.strip(), asked_by=by, asked_at=at
        )
        for one in wanted
    ]
    texts = [thread.asked for thread in threads]
    move(case, "ask_supplement", by=by, at=at, what="application.supplement_asked", asked=texts)
    facts = {"number": case.number}
    send("supplement_asked", case=case, by=by, at=at, facts=facts, points=texts)
    return threads


@transaction.atomic
def answer_supplement(
    *,
    number: str,
    supplement: int,
    text: str,
    by: Account,
    at: datetime,
    upload: IO[bytes] | None = None,
    name: str = "",
) -> Message:
    """Answer what was asked, with words, a file, or both."""
    application = opened_to_edit(number, by, at)
    thread = application.supplements.select_for_update(of=("self",)).get(pk=supplement)
    if not text.strip() and upload is None:
        raise BadInput([Problem("text", "missing_input", {"name": "text", "what": "text"})])
    case = application.case
    file = store(upload, name=name, client=case.client, case=case, by=by, at=at) if upload else None
    message = _written(thread, text, by, at, from_client=True, file=file)
    thread.answered_at = at
    thread.save(update_fields=["answered_at"])
    record(
        "application.supplement_answered",
        stream=case.stream,
        by=by,
        at=at,
        asked=thread.asked,
        sha256=file.sha256 if file else None,
    )
    return message


@transaction.atomic
def settle_supplement(*, number: str, supplement: int, by: Account, at: datetime) -> Supplement:
    """Say that what was asked for is settled."""
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    thread = application.supplements.select_for_update(of=("self",)).get(pk=supplement)
    if thread.settled_at is None:
        thread.settled_at = at
        thread.save(update_fields=["settled_at"])
        stream = application.case.stream
        record("application.supplement_settled", stream=stream, by=by, at=at, asked=thread.asked)
    return thread


def _written(
    thread: Supplement,
    text: str,
    by: Account,
    at: datetime,
    *,
    from_client: bool,
    file: StoredFile | None,
) -> Message:
    return Message.objects.create(
        supplement=thread, by=by, at=at, text=text.strip(), from_client=from_client, file=file
    )


def _problems(application: Application, wanted: Sequence[Wanted]) -> list[Problem]:
    known = [item.id for item in rulebook.items(application, rulebook.DOCUMENTS)]
    problems = []
    for place, one in enumerate(wanted, start=1):
        if not one.text.strip():
            where = f"wanted.{place}.text"
            problems.append(Problem(where, "missing_input", {"name": where, "what": "text"}))
        if one.item and one.item not in known:
            facts = {"name": "item", "value": one.item, "allowed": known}
            problems.append(Problem(f"wanted.{place}.item", "not_a_choice", facts))
    return problems
