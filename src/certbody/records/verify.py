"""Verifying the log: every digest, every chain, every seal.

Each row is read once by its chain and once by its seal, in order, with one bit an event kept in
memory (0.1 MB for a million). What is found is named by stream and number, the first first; of a
gap only its first number is told. What verifying can show and what it cannot stands in
docs/adr/0008-the-event-log.md.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from certbody.records.digests import digest
from certbody.records.models import Chain, Event, Seal, Unsealed

SEALS = "seal"  # the stream that faults of seals are named by
_LAST = 2**63


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that is not as it was written; ``event`` is its id, where that is known."""

    code: str
    stream: str
    number: int
    event: int | None = None


@dataclass(slots=True)
class Finding:
    """What the log holds and what is wrong with it."""

    events: int = 0
    chains: int = 0
    seals: int = 0
    unsealed: int = 0
    head: str = ""
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Link:
    """Where a chain stands while it is read."""

    number: int = 0
    digest: str = ""


def verify(heads: Sequence[str] = ()) -> Finding:
    """Read the whole log against itself and against heads written down earlier.

    Writers go on meanwhile: it reads as of one moment, unless it is called inside a transaction,
    which then decides what is seen.
    """
    finding = Finding()
    with _one_moment():
        found = [
            *_faults_of_chains(finding),
            *_faults_of_seals(finding),
            *_faults_of_heads_kept(heads),
        ]
    finding.faults = sorted(_told_once(found), key=_place)
    return finding


def head() -> str:
    """Return the digest of the last seal: who writes it down can ask for it later."""
    last = Seal.objects.order_by("-number").first()
    return last.digest if last else ""


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read as of one moment and stop no writer, unlike a transaction of Django's."""
    if connection.in_atomic_block:
        yield
        return
    plain = connection.vendor != "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if plain else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _told_once(faults: Iterable[Fault]) -> list[Fault]:
    """Keep one fault of a place and kind: chain and seal both tell, the seal knows the id."""
    kept: dict[tuple[str, str, int], Fault] = {}
    for fault in faults:
        at = (fault.code, fault.stream, fault.number)
        if at not in kept or kept[at].event is None:
            kept[at] = fault
    return list(kept.values())


def _place(fault: Fault) -> tuple[bool, int, str, int]:
    """Order faults: seals first, since all else rests on them, then events as they were written."""
    event = _LAST if fault.event is None else fault.event
    return (fault.stream != SEALS, event, fault.stream, fault.number)


def _faults_of_chains(finding: Finding) -> Iterator[Fault]:
    links: dict[str, _Link] = {}
    for event in Event.objects.order_by("stream", "number").iterator(chunk_size=2000):
        finding.events += 1
        link = links.setdefault(event.stream, _Link())
        yield from _faults_of_event(event, link)
        link.number, link.digest = event.number, event.digest
    finding.chains = len(links)
    yield from _faults_of_ends(links)


def _faults_of_event(event: Event, link: _Link) -> Iterator[Fault]:
    if event.number > link.number + 1:
        yield Fault("event_removed", event.stream, link.number + 1)
    content = _content(event.text, event.digest)
    if not _agrees(event, content):
        yield Fault("event_changed", event.stream, event.number, event.pk)
    elif event.number == link.number + 1 and content["previous"] != link.digest:
        yield Fault("event_does_not_follow", event.stream, event.number, event.pk)


def _content(text: str, mark: str) -> dict[str, Any]:
    """Return what a text says; nothing where it is not the text that was hashed."""
    if digest(text) != mark:
        return {}
    try:
        content = json.loads(text)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _agrees(event: Event, content: dict[str, Any]) -> bool:
    """Tell whether the columns say what the hashed text says."""
    actor = content.get("actor")
    return (
        {"previous", "clause", "facts"} <= content.keys()
        and content.get("stream") == event.stream
        and content.get("number") == event.number
        and content.get("what") == event.what
        and content.get("at") == _moment(event.at)
        and content.get("written_at") == _moment(event.written_at)
        and isinstance(actor, dict)
        and actor.get("id") == event.actor
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _faults_of_ends(links: dict[str, _Link]) -> Iterator[Fault]:
    """Compare where each chain ends with where its head says that it ends."""
    heads = {chain.stream: chain for chain in Chain.objects.all().iterator(chunk_size=2000)}
    for stream in sorted(heads.keys() | links.keys()):
        link, end = links.get(stream, _Link()), heads.get(stream)
        if end is None:
            yield Fault("chain_end_missing", stream, link.number)
            continue
        if end.length > link.number:
            yield Fault("event_removed", stream, link.number + 1)
        elif (end.length, end.head) != (link.number, link.digest):
            yield Fault("chain_end_differs", stream, link.number)


def _faults_of_seals(finding: Finding) -> Iterator[Fault]:
    accounted = _Accounted()
    for event in Unsealed.objects.values_list("event_id", flat=True).iterator(chunk_size=2000):
        finding.unsealed += 1
        accounted.add(event)
    link = _Link()
    for seal in Seal.objects.order_by("number").iterator(chunk_size=100):
        finding.seals += 1
        content = _content(seal.text, seal.digest)
        events = _events(content)
        yield from _faults_of_seal(seal, content if events else {}, link)
        yield from _faults_of_sealed(events, accounted)
        link.number, link.digest = seal.number, seal.digest
    finding.head = link.digest
    yield from _without_seal(accounted)


def _faults_of_seal(seal: Seal, content: dict[str, Any], link: _Link) -> Iterator[Fault]:
    if seal.number > link.number + 1:
        yield Fault("seal_removed", SEALS, link.number + 1)
    if content.get("number") != seal.number:
        yield Fault("seal_changed", SEALS, seal.number)
    elif seal.number == link.number + 1 and content.get("previous") != link.digest:
        yield Fault("seal_does_not_follow", SEALS, seal.number)


def _events(content: dict[str, Any]) -> list[tuple[int, str, int, str]]:
    """Return the events that a seal holds; nothing where it holds none that can be read."""
    try:
        return [
            (int(event), str(stream), int(number), str(mark))
            for event, stream, number, mark in content["events"]
        ]
    except (KeyError, TypeError, ValueError):
        return []


def _faults_of_sealed(
    events: Sequence[tuple[int, str, int, str]], accounted: "_Accounted"
) -> Iterator[Fault]:
    """Compare the events that a seal holds with those that are there."""
    there = dict(
        Event.objects.filter(pk__in=[one[0] for one in events]).values_list("pk", "digest")
    )
    for event, stream, number, mark in events:
        accounted.add(event)
        if event not in there:
            yield Fault("event_removed", stream, number, event)
        elif there[event] != mark:
            yield Fault("event_changed", stream, number, event)


def _without_seal(accounted: "_Accounted") -> Iterator[Fault]:
    rows = Event.objects.order_by("pk").values_list("pk", "stream", "number")
    for event, stream, number in rows.iterator(chunk_size=2000):
        if event not in accounted:
            yield Fault("event_without_seal", stream, number, event)


def _faults_of_heads_kept(heads: Sequence[str]) -> Iterator[Fault]:
    """Look for heads that were written down: one that is gone means that the end was rewritten."""
    there = set(Seal.objects.filter(digest__in=set(heads)).values_list("digest", flat=True))
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    if any(one not in there for one in heads):
        yield Fault("head_not_in_chain", SEALS, last)


class _Accounted:
    """The ids of events that a seal holds or that wait for one, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, event: int) -> None:
        """Note an id."""
        at, bit = divmod(event, 8)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1 - len(self._bits)))
        self._bits[at] |= 1 << bit

    def __contains__(self, event: int) -> bool:
        at, bit = divmod(event, 8)
        return at < len(self._bits) and bool(self._bits[at] & 1 << bit)
