"""What is above the bound is neither kept nor written to the disk, and is told beside the field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from certbody.files.models import StoredFile
from tests.applications import PDF, begun
from tests.people import browser_of

pytestmark = pytest.mark.django_db
PIECE = 64 << 10  # what Django reads at a time


@pytest.fixture
def written(monkeypatch):
    """How many bytes the receiving side keeps on the disk."""
    sizes = []
    complete = TemporaryFileUploadHandler.file_complete

    def noted(self, file_size):
        sizes.append(self.file.tell())
        return complete(self, file_size)

    monkeypatch.setattr(TemporaryFileUploadHandler, "file_complete", noted)
    return sizes


@pytest.mark.parametrize("over", [1, PIECE, 40 * PIECE])
def test_no_more_than_the_bound_reaches_the_disk(settings, written, over):
    settings.FILE_AT_MOST = len(PDF) + PIECE
    play = begun("ecpsc")
    browser = browser_of(play.applicant)
    content = PDF + bytes(PIECE + over)
    sent = {"act": "attach", "item": "6.2-1", "file": SimpleUploadedFile("大.pdf", content)}

    answer = browser.post(f"/portal/cases/{play.number}/documents/", sent)

    assert answer.status_code == 422
    assert "大.pdf" in answer.text
    assert written == [settings.FILE_AT_MOST + 1]
    assert not StoredFile.objects.exists()


def test_what_is_just_within_it_comes_whole(settings, written):
    settings.FILE_AT_MOST = len(PDF) + PIECE
    play = begun("ecpsc")
    browser = browser_of(play.applicant)
    content = PDF + bytes(PIECE)
    sent = {"act": "attach", "item": "6.2-1", "file": SimpleUploadedFile("大.pdf", content)}

    assert browser.post(f"/portal/cases/{play.number}/documents/", sent).status_code == 302

    assert written == [settings.FILE_AT_MOST]
    assert StoredFile.objects.get().size == len(content)
