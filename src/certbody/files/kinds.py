"""Which files are taken: by what they are, not by what they are called.

The name's ending must be on the list, and the content must be what the ending says. A page or a
program that a browser or a computer would run is never taken, whatever it is called.
"""

import codecs
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, cast

import filetype

from certbody.files.compound import streams

_START = 8192
_MEMBERS_AT_MOST = 10_000
_LIST_AT_MOST = 4 << 20  # bytes of an archive's list of members, which is read as a whole
_UNPACKED_AT_MOST = 1_000_000_000
_SMALL = 50 << 20  # unpacked; what stays below need not be asked how far it was packed
_TIMES_AT_MOST = 100  # unpacked over packed; sheets of figures reach 30
_MACROS = "vbaproject.bin"  # a document that runs a program; such files have endings of their own


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, and what shows that content is of it.

    ``looks_like`` are types told by first bytes, ``member`` is a part of a zip archive, ``streams``
    are parts of a compound file of which one has to be there.
    """

    media: str
    looks_like: tuple[str, ...] = ()
    member: str = ""
    streams: tuple[str, ...] = ()
    text: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."

KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", ("application/pdf",)),
    "jpg": Kind("image/jpeg", ("image/jpeg",)),
    "jpeg": Kind("image/jpeg", ("image/jpeg",)),
    "png": Kind("image/png", ("image/png",)),
    "webp": Kind("image/webp", ("image/webp",)),
    "docx": Kind(f"{_OOXML}wordprocessingml.document", member="word/document.xml"),
    "xlsx": Kind(f"{_OOXML}spreadsheetml.sheet", member="xl/workbook.xml"),
    "pptx": Kind(f"{_OOXML}presentationml.presentation", member="ppt/presentation.xml"),
    "doc": Kind("application/msword", streams=("WordDocument",)),
    "xls": Kind("application/vnd.ms-excel", streams=("Workbook", "Book")),
    "mp3": Kind("audio/mpeg", ("audio/mpeg",)),
    "m4a": Kind("audio/mp4", ("audio/mp4", "audio/m4a", "video/mp4")),
    "wav": Kind("audio/wav", ("audio/x-wav", "audio/wav")),
    "mp4": Kind("video/mp4", ("video/mp4",)),
    "mov": Kind("video/quicktime", ("video/quicktime",)),
    "txt": Kind("text/plain", text=True),
    "csv": Kind("text/csv", text=True),
}
_ZIP_MAGIC = b"PK\x03\x04"  # at the very start: a program may carry an archive behind itself
_MARKUP = re.compile(rb"\s*<[!?/a-z]", re.IGNORECASE)


def kind_of(name: str) -> Kind | None:
    """Return the kind that a name's ending says; None for one that is not taken."""
    stem, _dot, ending = name.rpartition(".")
    return KINDS.get(ending.lower()) if stem.strip(". ") else None


def agrees(kind: Kind, content: IO[bytes]) -> bool:
    """Tell whether content is what a kind says. Leaves the file at its start."""
    content.seek(0)
    start = content.read(_START)
    content.seek(0)
    if kind.member:
        return start.startswith(_ZIP_MAGIC) and _holds(content, kind.member)
    if kind.text:
        return _is_text(start)
    if kind.streams:
        found = streams(content)
        content.seek(0)
        return not found.isdisjoint(kind.streams)
    return filetype.guess_mime(start) in kind.looks_like


class _Sparing:
    """A file that is never read into memory at one go: ``zipfile`` reads what an archive says."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.seek, self.tell = content.seek, content.tell

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes; raise ``ValueError`` for more than a list of members takes."""
        found = self._content.read(_LIST_AT_MOST + 1 if size < 0 else min(size, _LIST_AT_MOST + 1))
        if len(found) > _LIST_AT_MOST:
            raise ValueError("an archive with too long a list of members")
        return found


def _holds(content: IO[bytes], member: str) -> bool:
    """Tell whether an archive holds the member that makes it a document, and is no bomb.

    Nothing is unpacked: what the archive's list of members says has to be within bounds.
    """
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Sparing(content))) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        size = content.seek(0, 2) or content.tell()
        content.seek(0)
    names = {one.filename for one in infos}
    unpacked = sum(one.file_size for one in infos)
    bounded = len(infos) <= _MEMBERS_AT_MOST and unpacked <= _UNPACKED_AT_MOST
    bounded = bounded and (unpacked <= _SMALL or unpacked <= size * _TIMES_AT_MOST)
    macros = any(name.lower().endswith(_MACROS) for name in names)
    return bounded and not macros and {member, "[Content_Types].xml"} <= names


def _is_text(start: bytes) -> bool:
    if b"\0" in start or _MARKUP.match(start.removeprefix(codecs.BOM_UTF8)):
        return False
    return any(_decodes(start, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(start: bytes, encoding: str) -> bool:
    """Tell whether bytes are text; the last character may be cut where the start ends."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(start, final=len(start) < _START)
    except UnicodeDecodeError:
        return False
    return True
