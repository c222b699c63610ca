"""Files for programs: what they are, and their bytes."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.files.handing import handed_out
from certbody.files.models import StoredFile
from certbody.files.selectors import files_visible_to

router = Router(tags=["files"], auth=TokenAuth("files:read"))


class FileOut(Schema):
    """A stored file."""

    id: int
    name: str
    size: int
    content_type: str
    sha256: str
    uploaded_by: str
    uploaded_at: str


@router.get(
    "/files/{file}", response={200: FileOut, PROBLEMS: ProblemDocument}, summary="What a file is"
)
def one_file(request: HttpRequest, file: int) -> dict[str, Any]:
    """Return what is known of a file."""
    return file_told(_file(request, file))


@router.get(
    "/files/{file}/content",
    response={200: None, PROBLEMS: ProblemDocument},
    summary="The bytes of a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file as it came",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def content_of_file(request: HttpRequest, file: int) -> FileResponse:
    """Return a file byte for byte, as an attachment."""
    return handed_out(_file(request, file), by=caller(request), at=timezone.now())


def file_told(one: StoredFile) -> dict[str, Any]:
    """Return a file as plain data."""
    return {
        "id": one.pk,
        "name": one.name,
        "size": one.size,
        "content_type": one.content_type,
        "sha256": one.sha256,
        "uploaded_by": one.uploaded_by.name,
        "uploaded_at": one.uploaded_at.isoformat(),
    }


def _file(request: HttpRequest, file: int) -> StoredFile:
    found = files_visible_to(caller(request), localdate()).select_related("uploaded_by")
    return found.get(pk=file)
