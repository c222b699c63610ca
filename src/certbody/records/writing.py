"""The one place that writes events."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from certbody.records.digests import canonical, digest
from certbody.records.kinds import kinds
from certbody.records.models import Chain, Event, Unsealed
from certbody.records.sealing import seal


class Actor(Protocol):
    """Who acts: the log keeps the name as text, so it outlives the account."""

    @property
    def pk(self) -> int:
        """The account's number."""

    @property
    def name(self) -> str:
        """The person's name."""


def in_both(words: str | Promise) -> dict[str, str]:
    """Return words of the program's own in both languages, as the log keeps them."""
    said = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            said[key] = str(words)
    return said


def record(
    what: str,
    *,
    stream: str,
    by: Actor,
    at: datetime,
    clause: str = "",
    **facts: object,
) -> Event:
    """Add an event to the chain of ``stream``, inside the transaction of the act itself.

    ``stream`` names the subject, such as ``case:17``; ``at`` is when it happened, the time of
    writing is kept beside it. ``facts`` are plain data: texts, numbers, lists, mappings; words in
    both languages are ``{"zh": …, "en": …}``. Raises ``LookupError`` for a kind that no app lists
    and ``ValueError`` for a fact that its sentence names and that is not given.
    """
    _refuse_unknown(what, facts)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is written with what it tells of")
    chain = _locked(stream)
    written_at = timezone.now()
    told = {
        "stream": stream,
        "number": chain.length + 1,
        "previous": chain.head,
        "what": what,
        "at": at.astimezone(UTC).isoformat(),
        "written_at": written_at.astimezone(UTC).isoformat(),
        "actor": {"id": by.pk, "name": by.name},
        "clause": clause,
        "facts": facts,
    }
    text = canonical(told)
    event = Event.objects.create(
        stream=stream,
        number=chain.length + 1,
        what=what,
        at=at,
        written_at=written_at,
        actor=by.pk,
        text=text,
        digest=digest(text),
    )
    Chain.objects.filter(pk=stream).update(length=event.number, head=event.digest)
    Unsealed.objects.create(event=event)
    _seal_after_commit()
    return event


def _seal_after_commit() -> None:
    """Have what this transaction writes sealed once it is over; asked for once is enough."""
    waiting = transaction.get_connection().run_on_commit
    if not any(act is seal for _, act, _ in waiting):
        transaction.on_commit(seal, robust=True)


def _refuse_unknown(what: str, facts: Mapping[str, object]) -> None:
    kind = kinds().get(what)
    if kind is None:
        raise LookupError(f"no app lists the kind of event '{what}'")
    missing = kind.facts() - set(facts)
    if missing:
        raise ValueError(f"'{what}' needs {', '.join(sorted(missing))}")


def _locked(stream: str) -> Chain:
    """Return the head of a chain, locked until the transaction ends; made for the first event."""
    there = Chain.objects.select_for_update().filter(pk=stream).first()
    if there is not None:
        return there
    Chain.objects.bulk_create([Chain(stream=stream)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(pk=stream)
