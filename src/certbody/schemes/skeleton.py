"""The commented skeleton of a new edition."""

import re
from importlib.resources import files
from pathlib import Path

from certbody.schemes.faults import Fault, Faults

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def write_skeleton(into: Path, scheme: str, edition: str) -> list[Path]:
    """Write the skeleton of an edition; refuse to touch one that is there."""
    for name in (scheme, edition):
        if not _NAME.fullmatch(name):
            message = "a name is letters, digits, dots and dashes, 40 at most"
            raise Faults([Fault(name, message)])
    home = into / scheme / edition
    if home.exists():
        raise Faults([Fault(str(home), "is already there")])
    home.mkdir(parents=True)
    written = []
    for source in sorted(files("certbody.schemes").joinpath("skeleton_files").iterdir(), key=str):
        target = home.parent / source.name if source.name == "scheme.yaml" else home / source.name
        if target.exists():
            continue
        text = source.read_text(encoding="utf-8")
        filled = text.replace("SCHEME", scheme).replace("EDITION", edition)
        target.write_text(filled, encoding="utf-8")
        written.append(target)
    return written
