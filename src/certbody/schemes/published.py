"""Published editions: frozen by the hash of each file in ``PUBLISHED``.

A line of ``PUBLISHED`` reads: scheme/edition, date, approver, SHA-256, file. From the day
an edition is published, any change to it is a fault; a correction is a new edition.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from certbody.schemes.faults import Fault, Faults

NAME = "PUBLISHED"
_FIELDS = 5


def digests(directory: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an edition."""
    paths = sorted(directory.glob("*.yaml"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def recorded(directory: Path) -> dict[str, str]:
    """Return the hashes recorded for an edition when it was published."""
    register = directory.parent.parent / NAME
    if not register.is_file():
        return {}
    own = f"{directory.parent.name}/{directory.name}"
    rows = (line.split("\t") for line in register.read_text(encoding="utf-8").splitlines())
    return {row[4]: row[3] for row in rows if len(row) == _FIELDS and row[0] == own}


def is_published(directory: Path) -> bool:
    """Tell whether the edition has been published."""
    return bool(recorded(directory.resolve()))


def changes_since(directory: Path) -> Iterator[Fault]:
    """Give each file of a published edition that differs from its record."""
    then, now = recorded(directory.resolve()), digests(directory)
    if not then:
        return
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            how = "added" if name not in then else "missing" if name not in now else "changed"
            message = f"{how} since it was published; a correction is a new edition"
            yield Fault(str(directory / name), message)


def publish(directory: Path, *, author: str, approver: str, on: date) -> int:
    """Record the hashes of an edition; return how many files it has."""
    directory = directory.resolve()
    if is_published(directory):
        raise Faults([Fault(str(directory), "already published; a correction is a new edition")])
    if not approver.strip() or not approver.isprintable():
        raise Faults([Fault(str(directory), "the approver must be named, on one line")])
    if approver.strip().casefold() == author.strip().casefold():
        raise Faults([Fault(str(directory), "the approver must be another person than the author")])
    own = f"{directory.parent.name}/{directory.name}"
    hashes = digests(directory)
    lines = [f"{own}\t{on}\t{approver}\t{digest}\t{name}\n" for name, digest in hashes.items()]
    with (directory.parent.parent / NAME).open("a", encoding="utf-8") as register:
        register.writelines(lines)
    return len(hashes)
