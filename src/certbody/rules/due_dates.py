"""The calendar of one certificate: what is due when, and what is overdue on a day.

Algorithm  windows in the rulebook's order. A window whose event did not happen yet but
whose anchor is itself only expected is *projected* from the expected day; it can be
neither late nor missed. Of windows that follow each other, those due only after expiry
are left out.

Units      dates; a day belongs to a window when earliest ≤ day ≤ latest
Errors     ``BadInput`` for a missing event; ``Refused`` with ``issued_before_decision``
Source     ISO/IEC 17065:2012, 7.9 and 7.7.3 (no certificate before the decision)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from certbody.rules.dates import Day, Duration, WorkingDays, add, add_days, validity_end
from certbody.rules.schedule import Schedule, Window
from certbody.rules.terms import (
    Answer,
    BadInput,
    Clause,
    Note,
    Problem,
    Refusal,
    Refused,
    Step,
    Words,
    open_in_rulebook,
)

NOT_BEFORE_THE_DECISION = Clause("7.7.3", "ISO/IEC 17065:2012")
Events = Mapping[str, tuple[date, ...]]


@dataclass(frozen=True, slots=True)
class Due:
    """One window laid on the calendar."""

    window: Window
    what: str
    earliest: Day | None
    due: Day | None
    latest: Day | None
    tolerated: Day | None
    tolerated_from: Day | None = None
    happened: Day | None = None
    projected: bool = False

    def state(self, on: date | None) -> str:
        """Return the window's state on a day; without a day only whether it is done."""
        if self.happened is not None:
            return f"done{self._timing(self.happened)}"
        if self.projected:
            return "projected"
        if on is None:
            return "planned"
        if self.earliest is not None and on < self.earliest:
            return "not_yet"
        if self.latest is not None and on > self.latest:
            return "to_explain" if self.tolerated and on <= self.tolerated else "overdue"
        waits = self.window.due is None or self.due is None or on < self.due
        return "open" if waits else "due"

    def _timing(self, day: Day) -> str:
        if self.earliest is not None and day < self.earliest:
            explained = self.tolerated_from is not None and day >= self.tolerated_from
            return "_to_explain" if explained else "_early"
        if self.latest is not None and day > self.latest:
            return "_to_explain" if self.tolerated and day <= self.tolerated else "_late"
        return ""


@dataclass(slots=True)
class Book:
    """The working sheet of one calendar."""

    schedule: Schedule
    events: Events
    working_days: WorkingDays
    expiry: date | None = None
    steps: list[Step] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    def moved(self, day: Day, duration: Duration | None) -> Day | None:
        """Return ``day`` moved by ``duration``, if there is one."""
        return None if duration is None else add(day, duration, self.working_days)


def calendar_of(
    schedule: Schedule,
    events: Mapping[str, tuple[date, ...]],
    working_days: WorkingDays,
    on: date | None = None,
) -> Answer:
    """Return the last valid day with every window, its state, and what is overdue."""
    book = Book(schedule, _assumed(events), working_days)
    _check_order(book)
    _note_assumption(events, book)
    _leave_earlier_cycles(book)
    start = _validity(book)
    laid = [due for window in schedule.windows for due in _laid(window, book)]
    for due in laid:
        _step(due, book)
    more = {
        "valid_from": start,
        "events": [_written(due, book, on) for due in laid],
        "overdue": [due.what for due in laid if due.state(on) == "overdue"],
        "short": _short(book, on),
    }
    return Answer(book.expiry, "date", book.steps, book.warnings, more)


def clock_named(schedule: Schedule, name: str) -> Window:
    """Return the clock (or window) of that name; refuse one that the rulebook leaves open."""
    window = schedule.clock(name)
    if window is None:
        known = [row.id for row in (*schedule.clocks, *schedule.windows)]
        said = {"name": "clock", "value": name, "allowed": known}
        raise BadInput([Problem("clock", "not_a_choice", said)])
    if window.open:
        raise open_in_rulebook(window.words, window.clause)
    return window


def clock_of(
    schedule: Schedule, window: Window, start: Day, working_days: WorkingDays, at: Day | None = None
) -> Answer:
    """Return the last day (or moment) of a clock started on ``start``, and how ``at`` fits in."""
    _check_moments(window, start, at)
    book = Book(schedule, {}, working_days)
    due = replace(_due(window, start, book), happened=at)
    _step(due, book)
    more = {
        "earliest": due.earliest,
        "due": due.due,
        "latest": due.latest,
        "tolerated_from": due.tolerated_from,
        "tolerated_until": due.tolerated,
        "calendar": calendar_name(window, working_days),
        "state": due.state(None) if at is not None else None,
        "if_missed": window.missed.words if window.missed else None,
    }
    return Answer(due.latest or due.earliest, "date", book.steps, book.warnings, more)


def _check_moments(window: Window, start: Day, at: Day | None) -> None:
    """Refuse a day where a moment is needed, and moments that cannot be compared."""
    hours = any(duration.unit == "hours" for duration in window.durations())
    if hours and not isinstance(start, datetime):
        raise BadInput([Problem("from", "needs_a_time", {"name": "from", "value": start})])
    if at is not None and _kind(at) != _kind(start):
        said = {"name": "at", "value": at, "other": start}
        raise BadInput([Problem("at", "not_comparable", said)])


def _kind(day: Day) -> tuple[bool, bool]:
    """Return whether a day has a time, and whether that time has a zone."""
    moment = day if isinstance(day, datetime) else None
    return moment is not None, moment is not None and moment.tzinfo is not None


def calendar_name(window: Window, working_days: WorkingDays) -> str:
    """Return which calendar a window counts in, as a code for a sentence."""
    units = {duration.unit for duration in window.durations()}
    if "working_days" in units:
        return f"working_days:{working_days.name}"
    return "hours" if "hours" in units else "calendar"


def _assumed(events: Events) -> Events:
    """Without a date of issue, the certificate counts as issued on the day of the decision."""
    if not events.get("issued") and events.get("decided"):
        return {**events, "issued": events["decided"]}
    return events


def _note_assumption(events: Events, book: Book) -> None:
    if book.events is not events:
        book.warnings.append(Note("issued_assumed", {"day": book.events["issued"][0]}))


def _check_order(book: Book) -> None:
    decided, issued = book.events.get("decided"), book.events.get("issued")
    if decided and issued and issued[0] < decided[0]:
        said = {"issued": issued[0], "decided": decided[0]}
        raise Refused([Refusal("issued_before_decision", NOT_BEFORE_THE_DECISION, said)])


def _leave_earlier_cycles(book: Book) -> None:
    """Leave out what happened before this cycle began, where windows count how often it happens.

    Otherwise the last surveillance of the certificate before would pass for the first of this.
    """
    began = next(
        (book.events[one][0] for one in ("decided", "issued") if book.events.get(one)), None
    )
    if began is None:
        return
    counted = {window.counts for window in book.schedule.windows if window.counts}
    events = dict(book.events)
    for name in sorted(counted & events.keys()):
        words = book.schedule.events[name]
        for day in events[name]:
            if day < began:
                said = {"what": Words(words.zh, words.en), "day": day, "start": began}
                book.warnings.append(Note("before_cycle", said, book.schedule.clause))
        events[name] = tuple(day for day in events[name] if day >= began)
    book.events = events


def _validity(book: Book) -> date | None:
    rule = book.schedule.validity
    if rule is None:
        return None
    renewal = rule.renewal
    if renewal is not None and book.events.get(renewal.from_):
        start = add_days(book.events[renewal.from_][-1], 1)
        clause = renewal.clause
    else:
        start, clause = _event(book, rule.from_), rule.clause
    book.expiry = validity_end(start, rule.in_months)
    said = {"start": start, "months": Fraction(rule.in_months)}
    book.steps.append(Step("valid_until", said, book.expiry, clause))
    return start


def _event(book: Book, name: str) -> date:
    days = book.events.get(name)
    if not days:
        words = book.schedule.events[name]
        said = {"what": Words(words.zh, words.en), "name": name}
        raise BadInput([Problem(name, "missing_input", said)])
    return days[-1]


def _laid(window: Window, book: Book) -> Iterator[Due]:
    """Lay a window on the calendar: once, or again and again up to expiry."""
    number = window.number or 1
    anchor, projected = _anchor(window, number, book)
    while anchor is not None:
        what = f"{window.id}_{number}" if window.each_further else window.id
        happened = _happened(window, number, anchor, book)
        due = replace(_due(window, anchor, book), what=what, happened=happened, projected=projected)
        if window.repeats and happened is None and _past_expiry(due, book):
            return
        if not _spared(window, anchor, book):
            yield due
        if not window.each_further:
            return
        number += 1
        anchor, projected = (happened, False) if happened else (_as_date(due.latest), True)


def _anchor(window: Window, number: int, book: Book) -> tuple[date | None, bool]:
    """Return the day a window runs from, and whether that day is only expected."""
    if window.from_ == "expiry":
        return book.expiry, False
    if window.from_ != "previous":
        days = book.events.get(window.from_)
        return (days[-1] if days else None), False
    days = book.events.get(window.fulfilled_by or "", ())
    if len(days) >= number - 1:
        return days[number - 2], False
    return _expected(window, number, book), True


def _expected(window: Window, number: int, book: Book) -> date | None:
    """Return when the one before this window is expected, if it did not happen yet."""
    for other in book.schedule.windows:
        if other.fulfilled_by == window.fulfilled_by and other.number == number - 1:
            anchor, _ = _anchor(other, number - 1, book)
            if anchor is None:
                return None
            return _as_date(book.moved(anchor, other.due or other.latest))
    return None


def _as_date(day: Day | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day


def _happened(window: Window, number: int, anchor: date, book: Book) -> date | None:
    """Return the day that fulfils a window: the how manyth, or the first since its anchor."""
    days = book.events.get(window.fulfilled_by or "", ())
    if window.number is None and not window.looks_back and not window.each_further:
        return next((day for day in days if day >= anchor), None)
    return days[number - 1] if len(days) >= number else None


def _past_expiry(due: Due, book: Book) -> bool:
    """Tell whether a window is due only after the certificate has ended."""
    limit = _as_date(due.due or due.latest)
    return book.expiry is not None and limit is not None and limit > book.expiry


def _spared(window: Window, anchor: date, book: Book) -> bool:
    unless = window.unless
    if unless is None:
        return False
    until = _as_date(add(anchor, unless.within, book.working_days))
    days = book.events.get(unless.event, ())
    return until is not None and any(anchor <= day <= until for day in days)


def _due(window: Window, anchor: Day, book: Book) -> Due:
    """Lay one window out from its anchor."""
    earliest, due = book.moved(anchor, window.earliest), book.moved(anchor, window.due)
    latest = book.moved(anchor, window.latest)
    limit = latest or due
    tolerated_from, tolerated = _tolerated(window, earliest, limit, book)
    _note_unannounced(window, book, (anchor, earliest, due, latest, tolerated))
    # where the rulebook states only one of the two, the due day is the last day in time
    return Due(window, window.id, earliest, due or limit, limit, tolerated, tolerated_from)


def _tolerated(
    window: Window, earliest: Day | None, limit: Day | None, book: Book
) -> tuple[Day | None, Day | None]:
    """Return from when and until when something is accepted if it is explained."""
    rule = window.tolerance
    if rule is None:
        return None, None
    back = rule.before.model_copy(update={"before": True}) if rule.before else None
    return (
        book.moved(earliest, back) if earliest is not None else None,
        book.moved(limit, rule.after) if limit is not None else None,
    )


def _note_unannounced(window: Window, book: Book, days: tuple[Day | None, ...]) -> None:
    if all(duration.unit != "working_days" for duration in window.durations()):
        return
    for year in sorted({day.year for day in days if day is not None}):
        if not book.working_days.announced(year):
            said = {"year": str(year), "calendar": book.working_days.name}
            book.warnings.append(Note("holidays_not_announced", said, window.clause))


def _step(due: Due, book: Book) -> None:
    said = {
        "what": due.window.words,
        "earliest": due.earliest,
        "due": due.due,
        "latest": due.latest,
        "calendar": calendar_name(due.window, book.working_days),
    }
    book.steps.append(Step("window", said, due.latest or due.earliest, due.window.clause))
    if due.happened is not None and due.state(None) != "done":
        told = {"what": due.window.words, "day": due.happened, "state": due.state(None)}
        book.warnings.append(Note(due.state(None), told, due.window.clause))


def _written(due: Due, book: Book, on: date | None) -> dict[str, object]:
    window = due.window
    return {
        "what": due.what,
        "name": window.words,
        "earliest": due.earliest,
        "due": due.due,
        "latest": due.latest,
        "tolerated_from": due.tolerated_from,
        "tolerated_until": due.tolerated,
        "calendar": calendar_name(window, book.working_days),
        "happened": due.happened,
        "clause": window.clause,
        "state": due.state(on),
        "missed": None
        if window.missed is None
        else {
            "act": window.missed.act,
            "ground": window.missed.ground,
            "name": window.missed.words,
            "clause": window.missed.clause,
        },
    }


def _short(book: Book, on: date | None) -> list[dict[str, object]]:
    """Return the events that fell short of their least number in a cycle that has ended."""
    if on is None or book.expiry is None or on <= book.expiry:
        return []
    return [
        {"event": row.event, "number": row.number, "name": row.words, "clause": row.clause}
        for row in book.schedule.least
        if len(book.events.get(row.event, ())) < row.number
    ]
