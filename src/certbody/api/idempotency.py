"""The same request twice is done once.

A program sends ``Idempotency-Key`` (1 to 200 visible ASCII characters of its own choice) with a
write. The key is kept in the transaction of the act; sent again, also at the same moment or after
the server was killed, it gives the answer that the first one was given. Another request under the
same key is refused. What was refused or faulty is not kept: it may be sent again once it is mended.

    @router.post("/cases", auth=TokenAuth("cases:write"), response={201: Out, PROBLEMS: ...})
    @once(201)
    def open_one(request, payload: In): ...

The operation returns plain data (a mapping); ``once`` answers it with the status. What must not
lie in the database in plain text is named in ``unkept``: it is told in the first answer and null
in those that repeat it.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from certbody.api.models import IdempotencyKey
from certbody.api.problems import problem
from certbody.rules.terms import BadInput, Problem

HEADER = "Idempotency-Key"
KEY_AT_MOST = 200
_KEY = re.compile(rf"[!-~]{{1,{KEY_AT_MOST}}}")
_UNPROCESSABLE = 422
P = ParamSpec("P")
Operation = Callable[Concatenate[HttpRequest, P], Mapping[str, Any]]


def once(
    status: int = 200, *, unkept: Collection[str] = ()
) -> Callable[[Operation[P]], Callable[..., HttpResponse]]:
    """Answer an operation's result with ``status``, once a key."""

    def decorated(operation: Operation[P]) -> Callable[..., HttpResponse]:
        @wraps(operation)
        def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            key = _key(request)
            if key is None:
                return _response(status, orjson.dumps(operation(request, *args, **kwargs)))
            with transaction.atomic():
                kept = _locked(request, key)
                if kept.fingerprint != _fingerprint(request):
                    return problem(request, _UNPROCESSABLE, "key_used_for_another_request")
                if kept.status is not None:
                    return _response(kept.status, kept.answer.encode())
                answer = operation(request, *args, **kwargs)
                kept.status = status
                kept.answer = orjson.dumps({**answer, **dict.fromkeys(unkept)}).decode()
                kept.save(update_fields=["status", "answer"])
                return _response(status, orjson.dumps(answer))

        answered.takes_a_key = True  # type: ignore[attr-defined]  # a function holds attributes
        return answered

    return decorated


def takes_a_key(operation: Callable[..., Any]) -> bool:
    """Tell whether an operation is done once a key."""
    return getattr(operation, "takes_a_key", False)


def _key(request: HttpRequest) -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        facts = {"length": len(key), "bound": KEY_AT_MOST}
        raise BadInput([Problem(HEADER, "key_unusable", facts)])
    return key


def _locked(request: HttpRequest, key: str) -> IdempotencyKey:
    """Return the row of a key, locked; whoever comes second waits for the first."""
    account = request.auth  # type: ignore[attr-defined]  # ninja puts the account there
    row = IdempotencyKey(account=account, key=key, fingerprint=_fingerprint(request))
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    return IdempotencyKey.objects.select_for_update().get(account=account, key=key)


def _fingerprint(request: HttpRequest) -> str:
    """Return what tells two requests apart: method, address, and what was sent, to the byte."""
    told = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for part in _sent(request):
        told.update(part)
    return told.hexdigest()


def _sent(request: HttpRequest) -> Iterator[bytes]:
    """Yield what was sent. A form's boundary differs each time, so it is told part by part."""
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    yield repr(sorted(request.POST.lists())).encode()
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield f"\n{name}:{file.name}:{file.size}\n".encode()
            yield from _bytes_of(file)


def _bytes_of(file: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from file.chunks()
    file.seek(0)


def _response(status: int, content: bytes) -> HttpResponse:
    return HttpResponse(content, status=status, content_type="application/json")
