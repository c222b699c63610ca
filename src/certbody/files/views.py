"""Handing a file out: to those entitled, as a download, never as a page."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from certbody.accounts.callers import person
from certbody.files.handing import handed_out
from certbody.files.models import StoredFile
from certbody.files.selectors import files_visible_to


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file as an attachment; 404 for one that is not open to the person."""
    by = person(request)
    try:
        found = files_visible_to(by, localdate()).get(pk=pk)
    except StoredFile.DoesNotExist as error:
        raise Http404 from error
    return handed_out(found, by=by, at=timezone.now())
