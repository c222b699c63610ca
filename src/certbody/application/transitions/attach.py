"""Hand in a document for an item of the list, take it back, or say why an item does not apply."""

from datetime import datetime
from typing import IO

from django.db import transaction

from certbody.accounts.models import Account
from certbody.application import rulebook
from certbody.application.editing import opened_to_edit, saved
from certbody.application.models import Application, Document, LeftOut
from certbody.files.storing import store
from certbody.records.writing import record
from certbody.rules.checklists import Item
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_REASON_AT_MOST = 300


@transaction.atomic
def attach(
    *, number: str, item: str, upload: IO[bytes], name: str, by: Account, at: datetime
) -> Document:
    """Keep a file for an item; raise ``BadInput`` for an unknown item or a file that is refused."""
    application = opened_to_edit(number, by, at)
    found = _item(application, item)
    case = application.case
    file = store(upload, name=name, client=case.client, case=case, by=by, at=at)
    application.left_out.filter(item=item).delete()
    document = Document.objects.create(application=application, item=item, file=file)
    saved(application)
    _note(
        "application.document_attached",
        application,
        found,
        by,
        at,
        file=file.name,
        sha256=file.sha256,
    )
    return document


@transaction.atomic
def take_back(*, number: str, document: int, by: Account, at: datetime) -> Document:
    """Take a document back before it has been looked at; its file stays in the record."""
    application = opened_to_edit(number, by, at)
    there = application.documents.select_for_update(of=("self",)).filter(taken_back_at__isnull=True)
    found = there.get(pk=document)
    found.taken_back_at = at
    found.save(update_fields=["taken_back_at"])
    saved(application)
    item = _item(application, found.item)
    _note("application.document_taken_back", application, item, by, at, file=found.file.name)
    return found


@transaction.atomic
def leave_out(*, number: str, item: str, reason: str, by: Account, at: datetime) -> None:
    """Say why an item does not apply; an empty reason takes it back.

    Raises ``Refused`` for an item that the rulebook always wants. Whether the facts bear the
    reason out is tested when the application is submitted.
    """
    application = opened_to_edit(number, by, at)
    found = _item(application, item)
    if len(reason) > _REASON_AT_MOST:
        facts = {"name": "reason", "length": len(reason), "bound": _REASON_AT_MOST}
        raise BadInput([Problem("reason", "text_too_long", facts)])
    if reason.strip() and found.may_be_left_out == "never":
        raise Refused([Refusal("may_not_be_left_out", found.clause, {"what": found.words})])
    application.left_out.filter(item=item).delete()
    if reason.strip():
        LeftOut.objects.create(application=application, item=item, reason=reason.strip())
    saved(application)
    _note("application.item_left_out", application, found, by, at, reason=reason.strip() or None)


def _item(application: Application, name: str) -> Item:
    items = rulebook.items(application, rulebook.DOCUMENTS)
    found = next((one for one in items if one.id == name), None)
    if found is None:
        facts = {"name": "item", "value": name, "allowed": [one.id for one in items]}
        raise BadInput([Problem("item", "not_a_choice", facts)])
    return found


def _note(
    what: str, application: Application, item: Item, by: Account, at: datetime, **facts: object
) -> None:
    words = {"zh": item.zh, "en": item.en}
    stream, clause = application.case.stream, str(item.clause)
    record(what, stream=stream, by=by, at=at, clause=clause, item=words, **facts)
