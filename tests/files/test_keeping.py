"""Files are kept byte for byte with their digest, and handed out as downloads to those entitled."""

import hashlib
import os
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from certbody.accounts.roles import Role
from certbody.cases.models import Assignment
from certbody.files.models import StoredFile
from certbody.files.storing import store
from certbody.files.sweeping import sweep
from certbody.rules.terms import BadInput
from tests.applications import PDF, begun, submitted
from tests.people import NOON, browser_of, open_account, organisation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep():
    """Keep a file of an organisation, outside any case."""
    applicant = open_account("applicant", Role.CLIENT)
    client = organisation_of(applicant)

    def keep(content: bytes = PDF, name: str = "a.pdf") -> StoredFile:
        return store(BytesIO(content), name=name, client=client, case=None, by=applicant, at=NOON)

    return keep


def got(browser: Browser, file: StoredFile) -> tuple[int, bytes]:
    answer = browser.get(f"/files/{file.pk}/")
    content = answer.getvalue()  # reading to the end closes the file, and leaves the database alone
    return answer.status_code, content if answer.status_code == 200 else b""


@pytest.mark.requirement("P-E1")
def test_the_bytes_are_those_that_came_with_their_digest_and_who_and_when(keep):
    content = PDF + bytes(range(256)) * 9000  # more than is read at one go

    kept = keep(content)

    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert (kept.size, kept.content_type) == (len(content), "application/pdf")
    assert (kept.uploaded_by.login, kept.uploaded_at) == ("applicant", NOON)
    assert got(browser_of(kept.uploaded_by), kept) == (200, content)


@pytest.mark.requirement("P-E1")
def test_the_same_bytes_twice_are_two_files(keep):
    assert keep().key != keep().key


@pytest.mark.requirement("P-O3")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/执照.pdf", "执照.pdf"),
        ("C:\\Users\\wang\\执照.pdf", "执照.pdf"),
        ("执照\r\nSet-Cookie: a=b.pdf", "执照Set-Cookie: a=b.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),  # would be read from right to left
        (f"{'长' * 300}.pdf", f"{'长' * 196}.pdf"),
        ("a\";b='<i>.pdf", "a\";b='<i>.pdf"),
    ],
)
def test_a_name_is_only_shown_and_leads_nowhere(keep, name, shown):
    kept = keep(name=name)

    assert kept.name == shown
    assert kept.key.startswith("files/2026/06/")
    assert "." not in kept.key
    answer = browser_of(kept.uploaded_by).get(f"/files/{kept.pk}/")
    assert "\n" not in answer["Content-Disposition"]
    assert answer.getvalue() == PDF


@pytest.mark.requirement("P-O3")
def test_it_is_handed_out_as_a_download_that_no_browser_runs(keep):
    kept = keep(name="执照.pdf")

    answer = browser_of(kept.uploaded_by).get(f"/files/{kept.pk}/")

    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''%E6%89%A7%E7%85%A7.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(PDF)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (PDF + bytes(3 << 20), "a.pdf", "file_too_large"),
        (PDF, "a.exe", "file_kind_not_taken"),
        (PDF, "", "file_kind_not_taken"),
        (PDF, "..", "file_kind_not_taken"),
        (b"<html>", "a.pdf", "file_is_something_else"),
    ],
)
def test_what_is_refused_is_told_and_not_kept(keep, settings, content, name, code):
    settings.FILE_AT_MOST = 2 << 20

    with pytest.raises(BadInput) as refused:
        keep(content, name)

    assert [(one.where, one.code) for one in refused.value.problems] == [("file", code)]
    assert not StoredFile.objects.exists()


def test_a_file_of_just_the_largest_size_is_taken(keep, settings):
    settings.FILE_AT_MOST = len(PDF)

    assert keep().size == len(PDF)
    with pytest.raises(BadInput):
        keep(PDF + b"\n")


def test_a_page_tells_what_is_refused_beside_the_field(settings):
    play = begun("ecpsc")
    settings.FILE_AT_MOST = 10
    sent = {"act": "attach", "item": "6.2-1", "file": SimpleUploadedFile("执照.pdf", PDF)}

    answer = browser_of(play.applicant).post(f"/portal/cases/{play.number}/documents/", sent)

    assert answer.status_code == 422
    assert "执照.pdf" in answer.text


@pytest.mark.requirement("P-E1", "P-O3")
def test_only_those_entitled_get_it_and_for_others_it_is_not_there():
    play = submitted("ecpsc")
    file = StoredFile.objects.filter(case__number=play.number).earliest("pk")
    other = open_account("other", Role.CLIENT)
    organisation_of(other, code="91350100M000100Y43", name="别家公司")
    auditor = open_account("auditor", Role.AUDITOR)
    regulator = open_account("regulator", Role.REGULATOR)

    for somebody in (play.applicant, play.reviewer):
        assert got(browser_of(somebody), file) == (200, PDF)
    for somebody in (other, auditor, regulator):
        assert got(browser_of(somebody), file) == (404, b"")
    assert got(Browser(), file)[0] == 302

    Assignment.objects.create(
        case=play.application.case, account=auditor, part="auditor", since=NOON.date()
    )
    assert got(browser_of(auditor), file) == (200, PDF)


def test_a_draft_s_files_are_the_client_s_own():
    play = begun("ecpsc")
    case = play.application.case
    file = store(
        BytesIO(PDF), name="a.pdf", client=play.client, case=case, by=play.applicant, at=NOON
    )

    assert got(browser_of(play.applicant), file)[0] == 200
    assert got(browser_of(play.reviewer), file)[0] == 404


def test_bytes_that_are_gone_are_a_missing_page_not_a_fault(keep):
    kept = keep()
    default_storage.delete(kept.key)

    assert got(browser_of(kept.uploaded_by), kept) == (404, b"")


def test_what_no_row_names_is_swept_away_after_a_day(keep):
    now = timezone.now()
    old = (now - timedelta(days=2)).timestamp()
    kept, left, fresh = keep().key, "files/2026/06/left", "files/2026/06/fresh"
    for key in (left, fresh):
        default_storage.save(key, ContentFile(b"x"))
    for key in (kept, left):
        os.utime(default_storage.path(key), (old, old))

    sweep(now)

    assert not default_storage.exists(left)
    assert default_storage.exists(kept)
    assert default_storage.exists(fresh)  # its act may still be under way
    sweep(now + timedelta(days=2))
    assert not default_storage.exists(fresh)
