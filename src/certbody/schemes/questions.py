"""The questions people ask by name, and the section of a rulebook that answers each.

A rulebook answers ``man-days`` with its sum named ``man_days``; where it has only one
section of the kind, that one answers whatever its name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from certbody.rules.terms import Answer, BadInput, Note, Refused
from certbody.schemes.asking import Circumstances, ask, ask_edition
from certbody.schemes.loader import Rulebook, under

# question: (name of the section, kinds that may answer)
QUESTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "man_days": ("man_days", ()),
    "fee": ("fees", ()),
    "sample": ("sites", ("samples",)),
    "score": ("score", ("scoring", "rates")),
    "grade": ("grade", ("grades",)),
    "eligibility": ("eligibility", ()),
    "dates": ("certificate", ("schedules",)),
    "clock": ("certificate", ("schedules",)),
}


def section_for(book: Rulebook, question: str) -> str:
    """Return the name of the section that answers a question."""
    name, kinds = QUESTIONS[question]
    found = book.edition.find(name)
    if found is not None and (not kinds or found[0] in kinds):
        return name
    for kind in kinds:
        own = list(book.edition.of_kind(kind))
        if len(own) == 1:
            return own[0]
    return name if not kinds or found is None else f"{kinds[0]}.{name}"


def answered(book: Rulebook, name: str, given: Mapping[str, Any], around: Circumstances) -> Answer:
    """Answer a question with the notes every answer carries."""
    answer = ask(book, name, given, around)
    notes = [*_on_the_edition(book, name), *_on_other_readings(book, name, given, around, answer)]
    return replace(answer, warnings=[*answer.warnings, *notes])


def _on_the_edition(book: Rulebook, name: str) -> Iterator[Note]:
    if not book.published:
        yield Note("edition_unpublished", {"name": book.name})
    found = book.edition.find(name)
    if book.licensed and found is not None and found[0] in _ON_CRITERIA:
        yield Note("licensed_criteria", {"names": list(book.licensed)})


_ON_CRITERIA = ("scoring", "rates", "criteria")


def _on_other_readings(
    book: Rulebook, name: str, given: Mapping[str, Any], around: Circumstances, answer: Answer
) -> Iterator[Note]:
    """Give what the other options of a reading come to, where the reading says to show it."""
    if answer.value is None:
        return
    asked = _readings_behind(book, name)
    for reading_id, reading in book.edition.readings.items():
        if not reading.show_others or reading_id not in asked:
            continue
        for option in reading.options:
            other = _under(book, {reading_id: option}, name, given, around)
            if other is not None and other.value != answer.value:
                said = {"name": reading_id, "option": option, "value": other.value}
                yield Note("other_reading", said, reading.clause)


def _readings_behind(book: Rulebook, name: str) -> frozenset[str]:
    """Return the readings that any value in the section's file depends on."""
    for file_name, subject in book.edition.subjects.items():
        if any(own == name for _, own, _ in subject.sections()):
            return book.rests_on[file_name]
    return frozenset()


def _under(
    book: Rulebook,
    override: Mapping[str, str],
    name: str,
    given: Mapping[str, Any],
    around: Circumstances,
) -> Answer | None:
    try:
        return ask_edition(under(book, override), name, given, around)
    except (BadInput, Refused):
        return None  # the other reading needs a fact that this one does not
