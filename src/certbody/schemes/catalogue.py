"""Where rulebooks are found: by code, by code and edition, or in a directory.

Roots are the shipped schemes and those that ``CERTBODY_SCHEMES`` adds. A body's licensed
criteria lie in its data directory and take the place of shipped samples.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certbody.rules.criteria import CriteriaSet
from certbody.schemes.faults import Fault, Faults
from certbody.schemes.loader import Rulebook, load, read_scheme
from certbody.schemes.published import changes_since, is_published
from certbody.schemes.readings import Chosen
from certbody.schemes.shapes import SchemeInfo
from certbody.schemes.validation import shaped
from certbody.schemes.yaml_files import read_file

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition that can be asked."""

    scheme: SchemeInfo
    edition: str
    path: Path
    published: bool


def roots() -> list[Path]:
    """Return the directories that hold schemes, the shipped one first."""
    added = os.environ.get("CERTBODY_SCHEMES", "")
    return [shipped_root(), *(Path(part) for part in added.split(":") if part)]


def shipped_root() -> Path:
    """Return the schemes that come with the program: in a wheel, or in a checkout."""
    inside = _PACKAGE / "_schemes"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "schemes"


def data_directory() -> Path:
    """Return where an installation keeps its own data."""
    return Path(os.environ.get("CERTBODY_DATA", "data"))


def listed() -> Iterator[Listed]:
    """Give every edition under every root, in order of code and edition."""
    for root in roots():
        for scheme_file in sorted(root.glob("*/scheme.yaml")):
            scheme = shaped(SchemeInfo, read_file(scheme_file))
            for edition_file in sorted(scheme_file.parent.glob("*/edition.yaml")):
                path = edition_file.parent
                yield Listed(scheme, path.name, path, is_published(path))


def directory_of(name: str) -> Path:
    """Return the directory of ``code``, ``code/edition`` or a directory given as such."""
    given = Path(name)
    if (given / "edition.yaml").is_file():
        return given
    if (given / "scheme.yaml").is_file():
        return given / shaped(SchemeInfo, read_file(given / "scheme.yaml")).current
    code, _, edition = name.partition("/")
    for root in roots():
        if code and (root / code / "scheme.yaml").is_file() and ".." not in name:
            home = root / code
            wanted = edition or shaped(SchemeInfo, read_file(home / "scheme.yaml")).current
            if (home / wanted / "edition.yaml").is_file():
                return home / wanted
            known = ", ".join(p.parent.name for p in sorted(home.glob("*/edition.yaml")))
            raise Faults([Fault(name, f"no edition '{wanted}'; there is: {known}")])
    known = ", ".join(sorted({one.scheme.code for one in listed()}))
    raise Faults([Fault(name, f"no such scheme or directory; schemes: {known}")])


def rulebook(name: str, override: Chosen | None = None) -> Rulebook:
    """Find and load an edition, with the body's licensed criteria where it has any."""
    directory = directory_of(name)
    changed = list(changes_since(directory))
    if changed:
        raise Faults(changed)
    return load(
        directory,
        override=override,
        replaced=licensed_criteria(directory),
        published=is_published(directory),
    )


def criteria_home(directory: Path) -> Path:
    """Return where the licensed criteria of an edition are kept."""
    code = read_scheme(directory).code
    return data_directory() / "criteria" / code / directory.resolve().name


def licensed_criteria(directory: Path) -> dict[str, CriteriaSet]:
    """Return the criteria that the body imported for an edition, by set."""
    home = criteria_home(directory)
    return {path.stem: shaped(CriteriaSet, read_file(path)) for path in sorted(home.glob("*.yaml"))}
