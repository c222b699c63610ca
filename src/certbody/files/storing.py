"""Keeping a file: checked, hashed and written in one pass over it, whatever its size."""

import hashlib
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.models import Case
from certbody.clients.models import Client
from certbody.files.kinds import KINDS, Kind, agrees, kind_of
from certbody.files.models import StoredFile
from certbody.rules.terms import BadInput, Problem

_PIECE = 1 << 20
_NAME_AT_MOST = 200


def store(
    upload: IO[bytes],
    *,
    name: str,
    client: Client,
    case: Case | None,
    by: Account,
    at: datetime,
    internal: bool = False,
) -> StoredFile:
    """Keep a file inside the transaction of the act that brought it, which writes it down.

    Raises ``BadInput`` at ``file`` for what is not taken. If the transaction is rolled back, the
    bytes stay behind without a row; ``files.sweeping`` removes them.
    """
    shown = _shown(name)
    kind, size = _checked(upload, shown)
    key = f"files/{localdate(at):%Y/%m}/{uuid4().hex}"
    digest = _written(upload, key)
    return StoredFile.objects.create(
        client=client,
        case=case,
        name=shown,
        key=key,
        size=size,
        content_type=kind.media,
        sha256=digest,
        uploaded_by=by,
        uploaded_at=at,
        internal=internal,
    )


def _checked(upload: IO[bytes], name: str) -> tuple[Kind, int]:
    upload.seek(0, 2)
    size = upload.tell()
    upload.seek(0)
    kind = kind_of(name)
    if size == 0:
        raise _bad("file_empty", name)
    if size > settings.FILE_AT_MOST:
        raise _bad("file_too_large", name, most=settings.FILE_AT_MOST >> 20)
    if kind is None:
        raise _bad("file_kind_not_taken", name, allowed=", ".join(KINDS))
    if not agrees(kind, upload):
        raise _bad("file_is_something_else", name)
    return kind, size


def _written(upload: IO[bytes], key: str) -> str:
    """Write the bytes and return their SHA-256; memory stays small whatever the size."""
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in _pieces(upload):
        digest.update(piece)
    upload.seek(0)
    kept = default_storage.save(key, File(upload, name=key))
    if kept != key:
        raise OSError(f"the storage kept {key} under another name")
    return digest.hexdigest()


def _pieces(upload: IO[bytes]) -> Iterator[bytes]:
    while piece := upload.read(_PIECE):
        yield piece


def _shown(name: str) -> str:
    """Return the name as people see it: its last part, without control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(one for one in unicodedata.normalize("NFC", last) if one.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _NAME_AT_MOST and dot:
        return f"{stem[: _NAME_AT_MOST - len(ending) - 1]}.{ending}"[:_NAME_AT_MOST]
    return plain[:_NAME_AT_MOST]


def _bad(code: str, name: str, **facts: object) -> BadInput:
    return BadInput([Problem("file", code, {"name": name or "—", **facts})])
