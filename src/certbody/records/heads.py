"""Heads of the log, written down outside the database: what shows that its end was rewritten.

One line a day: date, number of the seal, its digest, between tabs. The file is worth as much as the
place it is copied to: see docs/adr/0008-the-event-log.md.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from certbody.records.models import Seal

FILE = "heads.txt"
_DIGEST = 64


def write_down(path: Path, day: date) -> bool:
    """Add the head of the log to a file, unless it is the last one there; tell whether it was."""
    last = Seal.objects.order_by("-number").first()
    if last is None or last.digest in list(written_in(path))[-1:]:
        return False
    with path.open("a", encoding="ascii") as file:
        file.write(f"{day.isoformat()}\t{last.number}\t{last.digest}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def written_in(path: Path) -> Iterator[str]:
    """Return the heads in a file; raise ``ValueError`` for a line that is not one."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        head = line.split("\t")[-1].strip()
        if len(head) != _DIGEST or set(head) - set("0123456789abcdef"):
            raise ValueError(f"{path}: this line has no head of the log: {line[:100]!r}")
        yield head
