"""A letter has its number, its paper and its event; the client's first look at it is delivery."""

import hashlib
import json
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.clients.models import Membership
from certbody.notices.models import Notice
from certbody.notices.sending import send
from certbody.records.models import Event
from tests.applications import accepted, submitted
from tests.people import LONG_AGO, NOON, browser_of, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    return accepted("ecpsc")


def openings(play) -> list[Event]:
    stream = play.application.case.stream
    return list(Event.objects.filter(stream=stream, what="notice.opened"))


@pytest.mark.requirement("E-6.4.1")
def test_the_reply_is_a_numbered_paper_on_the_case_with_its_digest_in_the_log(play):
    notice = Notice.objects.get()
    with default_storage.open(notice.file.key) as kept:
        paper = kept.read()

    assert re.fullmatch(r"TZ-2026-\d{5}", notice.number)
    assert paper.startswith(b"%PDF-")
    assert notice.file.name == f"{notice.number}.pdf"
    event = Event.objects.get(stream=play.application.case.stream, what="notice.sent")
    facts = json.loads(event.text)["facts"]
    assert facts["number"] == notice.number
    assert facts["sha256"] == hashlib.sha256(paper).hexdigest() == notice.file.sha256


def test_numbers_follow_each_other_and_none_is_used_twice(play):
    case = play.application.case
    facts = {"number": case.number}
    first = Notice.objects.get()

    second = send("accepted", case=case, by=play.reviewer, at=NOON, facts=facts)
    next_year = send(
        "accepted", case=case, by=play.reviewer, at=NOON + timedelta(days=365), facts=facts
    )

    assert int(second.number[-5:]) == int(first.number[-5:]) + 1
    assert next_year.number == "TZ-2027-00001"


def test_a_letter_without_words_is_not_sent(play):
    with pytest.raises(LookupError):
        send("greeting", case=play.application.case, by=play.reviewer, at=NOON, facts={})


def test_who_acts_for_the_client_is_told_by_mail_once_it_is_certain(
    django_capture_on_commit_callbacks,
):
    play = submitted("ecpsc")
    colleague = open_account("colleague", Role.CLIENT)
    gone, closed = open_account("gone", Role.CLIENT), open_account("closed", Role.CLIENT)
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    for account, until in ((colleague, None), (gone, LONG_AGO), (closed, None)):
        Membership.objects.create(client=play.client, account=account, since=LONG_AGO, until=until)
    case = play.application.case
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        notice = send(
            "deferred",
            case=case,
            by=play.reviewer,
            at=NOON,
            facts={"number": case.number},
            points=["营业执照的住所与申请不符"],
        )
        assert mail.outbox == []

    assert sorted(one.to[0] for one in mail.outbox) == [
        "applicant@example.org",
        "colleague@example.org",
    ]
    for one in mail.outbox:
        assert notice.number in str(one.subject)
        assert "营业执照" not in str(one.body)  # the reasons stand only in the portal


@pytest.mark.requirement("E-6.4.1")
def test_the_first_look_by_the_client_is_the_proof_of_delivery(play):
    notice = Notice.objects.get()
    office, client = browser_of(play.reviewer), browser_of(play.applicant)

    assert office.get(f"/notices/{notice.number}/").status_code == 200
    assert not Notice.objects.filter(opened_at__isnull=False).exists()
    assert openings(play) == []

    for _look in range(2):
        assert client.get(f"/notices/{notice.number}/").status_code == 200

    (event,) = openings(play)
    notice.refresh_from_db()
    assert (notice.opened_by, notice.opened_at) == (play.applicant, event.at)
    assert json.loads(event.text)["facts"]["number"] == notice.number


def test_a_programme_that_only_asks_for_the_head_has_not_opened_it(play):
    notice = Notice.objects.get()

    assert browser_of(play.applicant).head(f"/notices/{notice.number}/").status_code == 200

    assert openings(play) == []


@pytest.mark.requirement("P-O3")
@pytest.mark.parametrize("role", [Role.CLIENT, Role.AUDITOR, Role.ADMINISTRATOR, Role.REGULATOR])
def test_for_others_the_letter_is_not_there(play, role):
    number = Notice.objects.get().number

    assert browser_of(open_account("somebody", role)).get(f"/notices/{number}/").status_code == 404
    assert openings(play) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_the_letter_in_the_reader_s_language(play, language):
    notice = Notice.objects.get()

    page = browser_of(play.applicant).get(f"/notices/{notice.number}/", {"lang": language})

    assert notice.subject[language] in page.text
    assert notice.number in page.text


def test_its_paper_in_the_client_s_hands_is_delivery_as_well(play):
    notice = Notice.objects.get()
    office, client = browser_of(play.reviewer), browser_of(play.applicant)

    for browser, opened in ((office, 0), (client, 1), (client, 1)):
        assert browser.get(f"/files/{notice.file_id}/").getvalue().startswith(b"%PDF")
        assert len(openings(play)) == opened


class Picky(EmailBackend):
    """A mail server that does not take the mail of one person."""

    def send_messages(self, messages):
        if messages[0].to == ["applicant@example.org"]:
            raise SMTPRecipientsRefused({"applicant@example.org": (550, b"no such mailbox")})
        return super().send_messages(messages)


def test_an_address_that_the_server_does_not_take_keeps_nobody_from_theirs(
    play, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND = "tests.notices.test_letters.Picky"
    colleague = open_account("colleague", Role.CLIENT)
    Membership.objects.create(account=colleague, client=play.client, since=LONG_AGO)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        facts = {"number": "HT-2026-0001"}
        case = play.application.case
        send("contract_ready", case=case, by=play.reviewer, at=NOON, facts=facts)

    assert [one.to for one in mail.outbox] == [["colleague@example.org"]]
    (line,) = caplog.records
    assert line.getMessage() == f"mail to account {play.applicant.pk} was not taken"
