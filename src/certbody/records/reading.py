"""Events as people read them: a sentence, who, when, by which clause."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from certbody.records.kinds import client_kinds, kinds
from certbody.records.models import Event, Seal
from certbody.words import Language

__all__ = ["Event", "Told", "events_of", "found_events", "last_seal", "told"]


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words."""

    id: int
    stream: str
    number: int
    what: str
    sentence: str
    actor: str
    at: datetime
    clause: str


def events_of(stream: str, *, for_client: bool = False) -> QuerySet[Event]:
    """Return the events of a chain, the newest first; for a client only those meant for it."""
    events = Event.objects.filter(stream=stream).order_by("-number")
    return events.filter(what__in=client_kinds()) if for_client else events


def last_seal() -> tuple[int, str]:
    """Return number and digest of the last seal; 0 and nothing while nothing is sealed."""
    seal = Seal.objects.order_by("-number").first()
    return (seal.number, seal.digest) if seal else (0, "")


def found_events(
    *, what: str, stream: str, actor: int | None, begins: datetime | None, ends: datetime | None
) -> QuerySet[Event]:
    """Return events of all chains, the newest first, narrowed to what is given."""
    events = Event.objects.order_by("-at", "-pk")
    if what:
        events = events.filter(what=what)
    if stream:
        events = events.filter(stream=stream)
    if actor is not None:
        events = events.filter(actor=actor)
    if begins is not None and ends is not None:
        events = events.filter(at__gte=begins, at__lt=ends)
    return events


def told(events: Iterable[Event], language: Language) -> Iterator[Told]:
    """Put events in words."""
    for event in events:
        content = json.loads(event.text)
        pattern = getattr(kinds()[event.what], language)
        facts = {name: _said(value, language) for name, value in content["facts"].items()}
        actor = content["actor"]["name"]
        sentence = pattern.format(**{**facts, "actor": actor})
        yield Told(
            event.pk,
            event.stream,
            event.number,
            event.what,
            sentence,
            actor,
            event.at,
            content["clause"],
        )


def _said(value: object, language: Language) -> str:
    match value:
        case {"zh": zh, "en": en}:
            return str(zh if language == "zh" else en)
        case list():
            return ("、" if language == "zh" else ", ").join(_said(one, language) for one in value)
        case None:
            return "—"
        case _:
            return str(value)
