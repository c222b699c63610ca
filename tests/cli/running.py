"""Running the command as others do: in this process where speed counts, else for real."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from certbody.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"scheme", "edition", "value", "unit", "steps", "refusals", "warnings"}
QUIET = {"edition_unpublished", "sample_criteria"}  # true of what ships, beside the point here


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def found(self) -> Any:
        """The one JSON value on standard output."""
        assert "Traceback" not in self.err
        return json.loads(self.out)

    @property
    def value(self) -> Any:
        """The value of an answer; whatever it warns of has been looked at elsewhere."""
        assert self.code == 0, self.found["refusals"]
        return self.found["value"]

    @property
    def codes(self) -> list[str]:
        """The codes of everything that stands against an answer."""
        assert self.code in {2, 3}, self.found
        return [one["code"] for one in self.found["refusals"]]

    @property
    def warned(self) -> list[str]:
        """The codes of what an answer warns of."""
        return [one["code"] for one in self.found["warnings"] if one["code"] not in QUIET]


def run(*args: object, stdin: bytes = b"", json_last: bool = True) -> Ran:
    """Run the command in this process, its streams as strict about UTF-8 as a terminal's."""
    words = [str(one) for one in args] + (["--json"] if json_last else [])
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with (
        mock.patch.object(sys, "argv", ["certbody", *words]),
        mock.patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _left_with()
    return Ran(code, _text(out), _text(err))


def _left_with() -> int:
    try:
        main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode(stream.encoding)


def shell(
    *args: object, env: Mapping[str, str] | None = None, cwd: Path = ROOT, stdin: bytes = b""
) -> Ran:
    """Run the command as a process of its own."""
    ran = subprocess.run(  # noqa: S603  our own command, with words of these tests
        [sys.executable, "-m", "certbody", *(str(one) for one in args)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def calc(what: str, scheme: str, *more: object, **options: object) -> Ran:
    """Ask for a figure; ``initial_man_days=4`` becomes ``--initial-man-days 4``."""
    words: list[object] = ["calc", what, scheme, *more]
    for name, value in options.items():
        option = f"--{name.rstrip('_').replace('_', '-')}"
        for one in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            words += [option, one]
    return run(*words)


def asking(what: str, scheme: str, facts: object, *more: object) -> Ran:
    """Ask for something whose facts come from a file, here through standard input."""
    text = json.dumps(facts, ensure_ascii=False).encode()
    return run("calc", what, scheme, "-", *more, stdin=text)
