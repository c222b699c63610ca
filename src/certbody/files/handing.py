"""The response that carries a file's bytes: a download, never a page."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.dispatch import Signal
from django.http import FileResponse, Http404

from certbody.accounts.models import Account
from certbody.files.models import StoredFile

# Sent with ``file``, ``by`` and ``at`` before the bytes go out: a letter's paper is its delivery.
handing_out = Signal()


def handed_out(found: StoredFile, *, by: Account, at: datetime) -> FileResponse:
    """Return the response that carries a file's bytes to a person."""
    try:
        content = default_storage.open(found.key)
    except FileNotFoundError as error:
        raise Http404 from error
    handing_out.send(StoredFile, file=found, by=by, at=at)
    response = FileResponse(
        content, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response.headers["Content-Length"] = str(found.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
