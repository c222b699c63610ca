"""Processes that act on one installation, each with a connection of its own.

A hand is told an act of ``tests.together.acts`` by name and answers what came of it. It can be told
to stop inside the transaction, with the act done and not committed, until it is told to go on.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import django

LONG_ENOUGH = 120


@dataclass
class Hand:
    """A process that does what it is told, one thing after the other."""

    process: subprocess.Popen[str]

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Hand":
        """Start one."""
        return cls(
            subprocess.Popen(
                [sys.executable, "-m", "tests.together.hands"],
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )

    def does(self, act: str, **given: object) -> Any:
        """Do an act and return its result, as JSON holds it."""
        self.begins(act, hold=False, **given)
        return self.result()

    def begins(self, act: str, *, hold: bool = False, **given: object) -> None:
        """Begin an act; with ``hold`` stop before the commit."""
        self._say({"act": act, "hold": hold, "given": given})

    def holds(self) -> None:
        """Wait until the act is done and not committed."""
        assert self._hear() == "holding"

    def goes_on(self) -> None:
        """Let it commit."""
        self._say("go on")

    def result(self) -> Any:
        """Return the result of what it began."""
        return self._hear()

    def dies(self) -> None:
        """Kill it on the spot."""
        self.process.kill()
        self.process.communicate()

    def _say(self, what: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def _hear(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the hand has died"
        return json.loads(line)


def main() -> None:
    """Be a hand."""
    django.setup()
    acts = import_module("tests.together.acts")  # its models need the settings

    for line in sys.stdin:
        told = json.loads(line)
        _answer(acts.outcome(told["act"], told["given"], _wait if told["hold"] else None))


def _wait() -> None:
    _answer("holding")
    assert json.loads(sys.stdin.readline()) == "go on"


def _answer(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
