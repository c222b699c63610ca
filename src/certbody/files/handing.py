"""The response that carries a file's bytes: a download, never a page."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from certbody.files.models import StoredFile


def handed_out(found: StoredFile) -> FileResponse:
    """Return the response that carries a file's bytes."""
    try:
        content = default_storage.open(found.key)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response.headers["Content-Length"] = str(found.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
