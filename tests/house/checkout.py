"""What the house tests look at: the files that are, or would be, committed."""

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def committed() -> tuple[Path, ...]:
    """All files git knows or would add, so that a rule is broken before the commit, not after."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  git is on PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return tuple(path for path in map(ROOT.joinpath, names) if path.is_file())


def under(*folders: str, suffix: str = "") -> list[Path]:
    """The committed files below these folders."""
    roots = [ROOT / folder for folder in folders]
    return [
        path
        for path in committed()
        if path.name.endswith(suffix) and any(path.is_relative_to(root) for root in roots)
    ]


def text_of(path: Path) -> str:
    """The file's text, or nothing when it is a picture or another kind of bytes."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def refuse(faults: Iterable[str], why: str) -> None:
    """Fail with every place and with the reason for the rule."""
    __tracebackhide__ = True
    found = list(faults)
    assert not found, f"{why}\n\n" + "\n".join(f"  {fault}" for fault in found)


def at(path: Path, line: int, what: str) -> str:
    """A place in the form editors open."""
    return f"{path.relative_to(ROOT)}:{line}: {what}"
