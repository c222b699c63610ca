"""Reading rulebook files: a strict, small part of YAML, with the line of every value.

Why strict: a doubled key, a date read as a number or an alias that grows without end
would each change a rule silently. So: no doubled keys, no aliases, no tags, no merge
keys, only ``true``/``false`` as booleans, decimals kept exact, and limits on size.

Errors     ``Faults`` with file, line and what is allowed
Source     YAML 1.2.2, 10.3 (core schema), narrowed
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from certbody.schemes.faults import Fault, Faults

BYTES_AT_MOST = 1_000_000
DEPTH_AT_MOST = 30

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,29})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,29})\.\d{1,29}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

Where = tuple[str | int, ...]
Plain = object  # None, bool, int, Decimal, date, str, list or dict


@dataclass(frozen=True, slots=True)
class File:
    """A rulebook file: its plain content and the line of each place in it."""

    path: Path
    content: dict[str, Plain]
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """Return the line of a place, or of the nearest place around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def place(self, where: Where) -> str:
        """Return the file and line of a place, as a fault names it."""
        return f"{self.path}:{self.line(where)}"


def read_file(path: Path) -> File:
    """Read one file; raise ``Faults`` that name the line."""
    raw = _bytes_of(path)
    try:
        builder = _Builder(path, yaml.parse(raw.decode("utf-8"), Loader=yaml.CBaseLoader))
        content = builder.document()
    except UnicodeDecodeError as error:
        raise Faults([Fault(str(path), "not UTF-8 text")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Faults([Fault(f"{path}:{line}", f"not YAML: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise Faults([Fault(str(path), f"not YAML: {type(error).__name__}")]) from error
    if not isinstance(content, dict):
        raise Faults([Fault(f"{path}:1", "the file must be a mapping of keys")])
    if builder.faults:
        raise Faults(builder.faults)
    return File(path, content, builder.lines)


def _bytes_of(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe or a device may have no end
        raise Faults([Fault(str(path), "not a file")])
    with path.open("rb") as file:
        raw = file.read(BYTES_AT_MOST + 1)
    if len(raw) > BYTES_AT_MOST:
        raise Faults([Fault(str(path), f"larger than {BYTES_AT_MOST} bytes")])
    return raw


class _Builder:
    """Turns a stream of YAML events into plain values, noting lines and faults.

    Events instead of a tree of nodes: a file nested too deeply is refused before anything
    is built from it, and an alias never unfolds.
    """

    def __init__(self, path: Path, events: Iterator[yaml.Event]) -> None:
        self.path = path
        self.events = events
        self.lines: dict[Where, int] = {}
        self.faults: list[Fault] = []

    def document(self) -> Plain:
        """Return the content of the one document of the file."""
        content: Plain = {}
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "one document a file; '---' begins another")
                content = self._value(next(self.events), ())
        return {} if content is None and not self.faults else content

    def _value(self, event: yaml.Event, where: Where) -> Plain:
        self.lines[where] = _line(event)
        if isinstance(event, yaml.AliasEvent):
            return self._fault(event, "aliases (*name) are not allowed; write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault(event, f"tags ({tag}) are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(where) > DEPTH_AT_MOST:
            place = f"{self.path}:{_line(event)}"
            raise Faults([Fault(place, f"deeper than {DEPTH_AT_MOST} levels")])
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(where)
        return self._sequence(where)

    def _sequence(self, where: Where) -> list[Plain]:
        found: list[Plain] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*where, len(found))))
        return found

    def _mapping(self, where: Where) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, where)
            if key in found:
                self._fault(event, f"key '{key}' twice")
            found[key] = self._value(next(self.events), (*where, key))
        return found

    def _key(self, event: yaml.Event, where: Where) -> str:
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.value != "<<":
            return str(event.value)
        self._fault(event, "a key must be plain text")
        if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            self._value(event, (*where, "?"))  # read past what stands in the key's place
        return f"? line {_line(event)}"

    def _scalar(self, event: yaml.ScalarEvent) -> Plain:
        text = str(event.value)
        if event.style in {"'", '"', "|", ">"}:
            return text
        if text in {"", "~", "null"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        if _DATE.fullmatch(text):
            return self._date(event, text)
        return text

    def _date(self, event: yaml.Event, text: str) -> Plain:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._fault(event, f"{text} is not a day of the calendar")

    def _fault(self, event: yaml.Event, message: str) -> Plain:
        fault = Fault(f"{self.path}:{_line(event)}", message)
        if self.faults[-1:] != [fault]:
            self.faults.append(fault)
        return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
