"""Looking into compound files: .doc and .xls, but also installers, which look the same at first.

Source: [MS-CFB] 2.2 (header), 2.3 (chain of sectors), 2.6 (directory). Only the directory is read,
and only so much of it as a document can need: a damaged or malicious file ends the reading.
"""

import struct
from collections.abc import Iterator
from typing import IO

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_SIZES = (9, 12)  # powers of two: sectors of 512 or 4,096 bytes
_ENTRY = 128
_SECTORS_AT_MOST = 256
_LAST_SECTOR = 0xFFFFFFFA
_IN_HEADER = 109  # sectors of the table that the header itself lists


def streams(content: IO[bytes]) -> frozenset[str]:
    """Return the names in the directory; none for what is no compound file."""
    content.seek(0)
    header = content.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return frozenset()
    (power,) = struct.unpack_from("<H", header, 0x1E)
    if power not in _SIZES:
        return frozenset()
    try:
        return frozenset(_names(content, header, 1 << power))
    except struct.error:  # the file ends before it should
        return frozenset()
    finally:
        content.seek(0)


def _names(content: IO[bytes], header: bytes, size: int) -> Iterator[str]:
    (sector,) = struct.unpack_from("<I", header, 0x30)
    table = struct.unpack_from(f"<{_IN_HEADER}I", header, 0x4C)
    for _turn in range(_SECTORS_AT_MOST):
        found = _sector(content, sector, size)
        for start in range(0, len(found) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", found, start + 64)
            name = found[start : start + min(max(length - 2, 0), 62)]
            yield name.decode("utf-16-le", errors="replace")
        which, place = divmod(sector, size // 4)
        if which >= _IN_HEADER:
            return
        (sector,) = struct.unpack_from("<I", _sector(content, table[which], size), place * 4)
        if sector > _LAST_SECTOR:  # the end of the chain, or no sector at all
            return


def _sector(content: IO[bytes], number: int, size: int) -> bytes:
    content.seek((number + 1) * size)
    return content.read(size)
