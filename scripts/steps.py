"""Run the checks of this repository one after the other; say what each was and how long it took.

``test`` is everything CI runs; ``check`` is the part that answers within seconds. A failing step
does not stop the next one: one run shows all that is wrong.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")
ALSO_STORED = ("demo", "together")  # all apps at once, the second with real processes
ONCE = ("tests/api/test_contract.py",)  # asks thousands of requests, whatever the engine
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300")  # another installer may be at work


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its name and a function that says whether it went well."""

    name: str
    succeeds: Callable[[], bool]


def main() -> None:
    """Run the steps asked for; exit with 1 if any of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=("check", "test"))
    everything = parser.parse_args().which == "test"
    began = time.monotonic()
    failed = [step.name for step in steps(everything=everything) if not done(step)]
    outcome = f"failed: {', '.join(failed)}" if failed else "all steps passed"
    say(f"== total {time.monotonic() - began:.1f} s, {outcome}")
    sys.exit(1 if failed else 0)


def steps(*, everything: bool) -> Iterator[Step]:
    """Name the steps in their order: what answers fastest comes first."""
    yield Step("format", runs("ruff", "format", "--check", "."))
    yield Step("lint", runs("ruff", "check", "."))
    yield Step("imports", runs("lint-imports"))
    yield Step("types", runs("mypy"))
    yield from scheme_steps(everything=everything)
    if everything:
        yield Step("browser is there", browser_is_there)
        yield Step("tests", runs("pytest"))
        yield Step("tests on PostgreSQL", on_postgresql)
    else:
        yield Step("tests without browser", runs("pytest", "-m", "not browser"))


def scheme_steps(*, everything: bool) -> Iterator[Step]:
    """Check each edition's rulebook; the full run also changes figures and expects to be caught."""
    editions = sorted(path.parent for path in ROOT.glob("schemes/*/*/edition.yaml"))
    if not editions:
        yield Step("rulebooks", no_editions)
    for edition in editions:
        name = str(edition.relative_to(ROOT))
        mutate = ["--mutate"] if everything else []
        yield Step(f"rulebook {name}", runs("certbody", "scheme", "check", name, *mutate))


def no_editions() -> bool:
    """Fail: a checkout without rulebooks has nothing to run."""
    say("No edition.yaml under schemes/.")
    return False


def done(step: Step) -> bool:
    """Run one step between two lines that carry its name, its outcome and its time."""
    say(f"== {step.name}")
    began = time.monotonic()
    good = step.succeeds()
    say(f"== {step.name}: {'ok' if good else 'FAILED'}, {time.monotonic() - began:.1f} s\n")
    return good


def runs(program: str, *arguments: str) -> Callable[[], bool]:
    """Give a step that succeeds when this program of ``.venv`` does."""

    def succeeds() -> bool:
        return subprocess.run([BIN / program, *arguments], cwd=ROOT, check=False).returncode == 0

    return succeeds


def on_postgresql() -> bool:
    """Run the tests of everything that is stored once more, on a server of their own."""
    tests = [str(BIN / "pytest"), "-m", "not browser", *(f"--ignore={name}" for name in ONCE)]
    return runs("python", "scripts/postgres.py", *tests, *stored())()


def stored() -> list[str]:
    """Name the tests whose subject is stored: of each app with models, and of several at once."""
    apps = sorted(path.parent.name for path in ROOT.glob("src/certbody/*/migrations"))
    folders = [f"tests/{name}" for name in (*apps, *ALSO_STORED)]
    return [folder for folder in folders if (ROOT / folder).is_dir()]


def browser_is_there() -> bool:
    """Have Chromium and a Chinese font; as root install them, else say the command to type."""
    if has_browser():
        return True
    install = [*APT, "install", "-y", "--no-install-recommends", *BROWSER_PACKAGES]
    if os.geteuid() != 0 or not shutil.which(APT[0]):
        say("The browser tests need Chromium and a Chinese font. On Debian or Ubuntu:\n")
        say(f"    sudo {APT[0]} update && sudo {' '.join(install)}\n")
        return False
    return all(apt(command) for command in ([*APT, "update"], install)) and has_browser()


def has_browser() -> bool:
    """Say whether Chromium is on PATH and some installed font has Chinese characters."""
    if not shutil.which("chromium") or not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


def apt(command: list[str]) -> bool:
    """Run apt-get without questions; its many lines are shown only when it fails."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"  # dpkg looks for ldconfig there
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": path}
    finished = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode:
        say(finished.stdout)
    return finished.returncode == 0


def say(line: str) -> None:
    """Print at once, so that a step's own output follows its heading."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
