"""The kinds of event, each with its sentence in both languages.

Every app lists its own in ``events.yaml``; an event of a kind that nobody listed cannot be
written, so no event can be without a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Formatter

import yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: its sentence, and whether the client may read it."""

    zh: str
    en: str
    client: bool = False

    def facts(self) -> set[str]:
        """Return the facts that the sentences name, besides the actor."""
        fields = [part[1] for text in (self.zh, self.en) for part in Formatter().parse(text)]
        return {name for name in fields if name and name != "actor"}


_kinds: dict[str, Kind] = {}


def register(package: str) -> None:
    """Add the kinds of an app; the same name from two apps is a fault of the program."""
    text = files(package).joinpath("events.yaml").read_text(encoding="utf-8")
    for name, row in yaml.load(text, Loader=yaml.CSafeLoader).items():
        kind = Kind(**row)
        if _kinds.setdefault(name, kind) != kind:
            raise ValueError(f"two apps list the kind of event '{name}'")


def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name."""
    return _kinds


def client_kinds() -> list[str]:
    """Return the kinds that a client may read in the record of its own case."""
    return [name for name, kind in _kinds.items() if kind.client]
