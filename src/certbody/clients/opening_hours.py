"""Opening hours: for each day of the week, from when to when.

People write them in a line, ``周一至周五 09:00-18:00; 周六 10:00-16:00`` or ``Mon-Fri 9:00-18:00``;
kept is the same line in one form, which says no more and no less than the structure.

Units      minutes from the midnight that a day begins with; an end beyond 1440 is after midnight
Errors     ``HoursFault`` with the part of the line that cannot be understood
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from certbody.words import Language

Interval = tuple[int, int]
DAY = 24 * 60
_DAYS, _HOUR = 7, 60
_WEEK = _DAYS * DAY

_ZH = "一二三四五六日"
_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES: Mapping[str, int] = {
    **{f"{word}{sign}": at for word in ("周", "星期", "礼拜") for at, sign in enumerate(_ZH)},
    **{f"{word}天": _DAYS - 1 for word in ("周", "星期", "礼拜")},
    **{name.lower(): at for at, name in enumerate(_EN)},
    **{name: at for at, name in enumerate(_LONG)},
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_GROUPS: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("每天", "每日", "天天", "daily", "every day"), tuple(range(_DAYS))),
    **dict.fromkeys(("weekdays", "工作日"), tuple(range(5))),
    **dict.fromkeys(("周末", "weekends", "weekend"), (5, 6)),
}
_ROUND = ("全天", "24小时", "24 小时", "24 hours", "24h")
_SHUT = ("休息", "不营业", "closed")

_TO = r"\s*(?:-|~|至|到|to)\s*"
_NAME = "|".join(sorted((re.escape(one) for one in (*_NAMES, *_GROUPS)), key=len, reverse=True))
_BARE = f"[{_ZH}天]"  # 周一至五
_TIME = r"\d{1,2}(?::|点|时)\d{0,2}分?"
_SPAN = re.compile(rf"({_TIME}){_TO}(次日|第二天|next day)?\s*({_TIME})")
_DAY_PART = re.compile(rf"(?:{_NAME})(?:{_TO}(?:{_NAME}|{_BARE}))?")
_CLOCK = re.compile(r"(\d{1,2})(?::|点|时)(\d{0,2})分?")
_BETWEEN = re.compile(r"^[\s,、和及:&]*(?:and)?[\s,、]*$")
_DASHES = str.maketrans({**dict.fromkeys("–—−‐‑﹣－", "-"), **dict.fromkeys("〜～∼", "~")})


class HoursFault(Exception):  # noqa: N818  what was typed, not the program
    """A part of a line that cannot be understood: a code, the part, and what in it."""

    def __init__(self, code: str, part: str, value: str = "") -> None:
        super().__init__(f"{code}: {part}")
        self.code = code
        self.part = part
        self.value = value


@dataclass(frozen=True, slots=True)
class Week:
    """The intervals of the seven days from Monday on, each day's in their order."""

    days: tuple[tuple[Interval, ...], ...] = ((),) * _DAYS

    def in_words(self, language: Language) -> str:
        """Return the line in its one form; an empty text for a place that never opens."""
        parts = [_part(first, last, self.days[first], language) for first, last in self._runs()]
        return "; ".join(parts)

    def open_at(self, weekday: int, minute: int) -> bool:
        """Tell whether the place is open at a minute of a day; Monday is 0."""
        at = weekday * DAY + minute
        return any(begins <= at < ends or begins <= at + _WEEK < ends for begins, ends in _of(self))

    def _runs(self) -> Iterable[tuple[int, int]]:
        """Give the first and last day of each run of days with the same hours."""
        first = 0
        for day in range(1, _DAYS + 1):
            if day == _DAYS or self.days[day] != self.days[first]:
                if self.days[first]:
                    yield first, day - 1
                first = day


def week_from(text: str) -> Week:
    """Read a line; raise ``HoursFault`` for the first part that cannot be understood."""
    line = normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).strip()
    days: dict[int, tuple[Interval, ...]] = {}
    for part in filter(None, (one.strip(" ,.。") for one in re.split(r"[;\n]", line))):
        named, rest = _days_of(part)
        intervals = _intervals_of(part, rest)
        for day in named:
            if day in days:
                raise HoursFault("hours_day_twice", part, f"周{_ZH[day]} / {_EN[day]}")
            days[day] = intervals
    week = Week(tuple(days.get(day, ()) for day in range(_DAYS)))
    _refuse_overlap(week, line)
    return week


def _days_of(part: str) -> tuple[Sequence[int], str]:
    """Return the days that a part begins with, and the rest of it."""
    lower = part.lower()
    found: list[int] = []
    end = 0
    for match in _DAY_PART.finditer(lower):
        if not _BETWEEN.match(lower[end : match.start()]):
            break
        found += _run(match[0], part)
        end = match.end()
    if not found:
        raise HoursFault("hours_no_days", part)
    if len(set(found)) != len(found):
        raise HoursFault("hours_day_twice", part, lower[:end])
    return found, lower[end:]


def _run(text: str, part: str) -> Sequence[int]:
    if text in _GROUPS:
        return _GROUPS[text]
    if text in _NAMES:
        return (_NAMES[text],)
    ends = re.split(_TO, text)
    last = ends[-1] if ends[-1] in _NAMES else f"周{ends[-1]}"
    if len(ends) != 2 or ends[0] not in _NAMES or last not in _NAMES:  # noqa: PLR2004  from, to
        raise HoursFault("hours_not_read", part, text)
    first, final = _NAMES[ends[0]], _NAMES[last]
    return [(first + step) % _DAYS for step in range((final - first) % _DAYS + 1)]


def _intervals_of(part: str, rest: str) -> tuple[Interval, ...]:
    """Return the hours in the rest of a part; none for a day of rest."""
    said = rest.strip(" :,、")
    if said in _SHUT:
        return ()
    if said in _ROUND:
        return ((0, DAY),)
    found: list[Interval] = []
    end = 0
    for match in _SPAN.finditer(said):
        _refuse_between(part, said[end : match.start()])
        found.append(_interval(part, match))
        end = match.end()
    _refuse_between(part, said[end:])
    if not found:
        raise HoursFault("hours_no_times", part)
    return tuple(sorted(found))


def _refuse_between(part: str, text: str) -> None:
    if not _BETWEEN.match(text):
        raise HoursFault("hours_not_read", part, text.strip(" ,、"))


def _interval(part: str, match: re.Match[str]) -> Interval:
    begins, ends = _minute(part, match[1]), _minute(part, match[3])
    if begins in {ends, DAY}:
        raise HoursFault("hours_time", part, match[0])
    return begins, ends + DAY if ends < begins else ends


def _minute(part: str, text: str) -> int:
    clock = _CLOCK.fullmatch(text)
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (DAY, 0)
    whole = clock is not None and (":" not in text or len(clock[2]) == 2)  # noqa: PLR2004  09:05
    if not whole or minute >= _HOUR or hour * _HOUR + minute > DAY:
        raise HoursFault("hours_time", part, text)
    return hour * _HOUR + minute


def _of(week: Week) -> list[Interval]:
    """Return the intervals in minutes of the week, in their order."""
    return sorted(
        (day * DAY + begins, day * DAY + ends)
        for day, intervals in enumerate(week.days)
        for begins, ends in intervals
    )


def _refuse_overlap(week: Week, line: str) -> None:
    spans = _of(week)
    again = [(begins + _WEEK, ends + _WEEK) for begins, ends in spans[:1]]  # the week after
    for (_, ends), (begins, _later) in pairwise([*spans, *again]):
        if begins < ends:
            day = begins // DAY % _DAYS
            raise HoursFault("hours_overlap", line, f"周{_ZH[day]} / {_EN[day]}")


def _part(first: int, last: int, intervals: Sequence[Interval], language: Language) -> str:
    if language == "zh":
        days = f"周{_ZH[first]}" + (f"至周{_ZH[last]}" if last > first else "")
        whole = "全天"
    else:
        days = _EN[first] + (f"-{_EN[last]}" if last > first else "")
        whole = "24 hours"
    spans = [f"{_clock(begins)}-{_clock(ends)}" for begins, ends in intervals]
    return f"{days} {whole if intervals == ((0, DAY),) else ', '.join(spans)}"


def _clock(minute: int) -> str:
    within = minute if minute <= DAY else minute - DAY
    return f"{within // _HOUR:02}:{within % _HOUR:02}"
