"""The end of an edition or of a standard it rests on: warn, refuse, or a transition."""

from collections.abc import Iterator
from datetime import date

from certbody.rules.terms import Note, Refusal, Refused, Words
from certbody.schemes.shapes import Edition, Ending


def ending_notes(edition: Edition, on: date | None) -> list[Note]:
    """Return what to note on that day; raise ``Refused`` where nothing may be asked any more."""
    if on is None:
        return []
    notes: list[Note] = []
    refusals: list[Refusal] = []
    if on < edition.info.effective:
        early: dict[str, object] = {"day": edition.info.effective}
        notes.append(Note("edition_not_yet_effective", early, edition.info.clause))
    for what, ending in _endings(edition):
        if on <= ending.day:
            continue
        said: dict[str, object] = {"what": what, "day": ending.day, "until": ending.until}
        if ending.then == "warn":
            notes.append(Note("ended", said, ending.clause))
        elif ending.until is not None and on <= ending.until:
            notes.append(Note("ended_in_transition", said, ending.clause))
        else:
            refusals.append(Refusal("ended", ending.clause, said))
    if refusals:
        raise Refused(refusals)
    return notes


def _endings(edition: Edition) -> Iterator[tuple[Words, Ending]]:
    info = edition.info
    if info.ends is not None:
        yield Words(f"{info.zh} {info.edition}", f"{info.en}, {info.edition}"), info.ends
    for document in info.documents.values():
        if document.ends is not None:
            yield Words(document.zh, document.en), document.ends
