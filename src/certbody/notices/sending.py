"""Sending a letter: its words, its number, its paper, the record, and the mail that tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import yaml
from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.editions import book_for
from certbody.cases.models import Case
from certbody.cases.numbers import next_number
from certbody.documents.body import body
from certbody.documents.making import pdf
from certbody.files.storing import store
from certbody.notices.mail import tell_members
from certbody.notices.models import Notice
from certbody.records.writing import record


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one kind of letter, in both languages, with braces for its facts."""

    subject: Mapping[str, str]
    paragraphs: Sequence[Mapping[str, str]]


@cache
def letters() -> Mapping[str, Letter]:
    """Return every kind of letter."""
    text = files("certbody.notices").joinpath("letters.yaml").read_text(encoding="utf-8")
    return {name: Letter(**row) for name, row in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def send(
    kind: str,
    *,
    case: Case,
    by: Account,
    at: datetime,
    facts: Mapping[str, str],
    points: Sequence[str] = (),
    clause: str = "",
) -> Notice:
    """Send a letter inside the transaction of the act that it tells of.

    ``points`` are reasons or requests in the sender's own words. Raises ``LookupError`` for a
    kind that has no words.
    """
    letter = letters()[kind]
    day = localdate(at)
    number = f"TZ-{day:%Y}-{next_number(f'notice:{day:%Y}'):05}"
    content: dict[str, Any] = {
        "addressee": case.client.name,
        "day": day.isoformat(),
        "paragraphs": [
            {language: words.format(**facts) for language, words in one.items()}
            for one in letter.paragraphs
        ],
        "points": list(points),
        "clause": clause,
        "rulebook": {"zh": book_for(case).edition.info.zh, "en": book_for(case).edition.info.en},
        "body": body(),
    }
    paper = BytesIO(pdf("letter", _on_paper(number, letter, content), at=at))
    file = store(paper, name=f"{number}.pdf", client=case.client, case=case, by=by, at=at)
    notice = Notice.objects.create(
        number=number,
        case=case,
        kind=kind,
        subject=dict(letter.subject),
        content=content,
        file=file,
        sent_by=by,
        sent_at=at,
    )
    record(
        "notice.sent",
        stream=case.stream,
        by=by,
        at=at,
        clause=clause,
        number=number,
        subject=dict(letter.subject),
        sha256=file.sha256,
    )
    transaction.on_commit(lambda: tell_members(notice.pk), robust=True)
    return notice


def _on_paper(number: str, letter: Letter, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the paper shows: Chinese, the language of the record."""
    return {
        **content,
        "number": number,
        "subject": letter.subject["zh"],
        "paragraphs": [one["zh"] for one in content["paragraphs"]],
        "rulebook": content["rulebook"]["zh"],
    }
