"""Where requirements, rulebooks and tests lie: in a checkout, or in an installed wheel."""

from dataclasses import dataclass
from pathlib import Path

from certbody.schemes.catalogue import shipped_root

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Folders:
    """The three folders the table is made from; an installed wheel has no tests."""

    requirements: Path
    schemes: Path
    tests: Path | None


def shipped() -> Folders:
    """Return the folders of this installation."""
    inside = _PACKAGE / "_requirements"
    if inside.is_dir():
        return Folders(inside, shipped_root(), None)
    checkout = _PACKAGE.parent.parent
    tests = checkout / "tests"
    return Folders(
        checkout / "docs" / "requirements", shipped_root(), tests if tests.is_dir() else None
    )
