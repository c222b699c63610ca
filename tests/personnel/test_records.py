"""What is recorded of the body's people: by a quality manager's screens and by programs."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from certbody.accounts.roles import Role
from certbody.personnel.models import Qualification, Undertaking
from certbody.records.models import Event
from certbody.records.reading import events_of, told
from tests.api.conftest import Program
from tests.people import browser_of, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def quality_manager():
    return open_account("quality", Role.QUALITY_MANAGER)


@pytest.fixture
def auditor():
    return open_account("auditor", Role.AUDITOR)


def registration(**changed):
    today = localdate()
    typed = {
        "value": "senior",
        "basis": "2026-FWRZ-0007",
        "since": today.isoformat(),
        "until": (today + timedelta(days=1000)).isoformat(),
        **changed,
    }
    return {"act": "registration", **{f"registration-{key}": said for key, said in typed.items()}}


@pytest.mark.requirement("P-P1")
def test_a_quality_manager_records_a_registration_and_the_list_shows_it(quality_manager, auditor):
    browser, page = browser_of(quality_manager), reverse("person", args=[auditor.login])

    sent = browser.post(page, registration(), follow=True)

    assert "2026-FWRZ-0007" in sent.content.decode()
    one = auditor.qualifications.get()
    assert (one.kind, one.value, one.recorded_by) == ("registration", "senior", quality_manager)
    listed = browser.get(reverse("people"), {"state": "registered"}).content.decode()
    assert "高级审查员" in listed
    assert reverse("person", args=[auditor.login]) in listed
    assert auditor.login not in browser.get(reverse("people"), {"state": "ending"}).content.decode()
    event = next(iter(told(events_of(auditor.stream), "en")))
    assert event.sentence == (
        f"Quality recorded for Auditor: Registration Senior auditor from {localdate()} on,"
        " by 2026-FWRZ-0007"
    )


def test_a_registration_that_ends_within_ninety_days_is_found(quality_manager, auditor):
    browser = browser_of(quality_manager)
    soon = (localdate() + timedelta(days=90)).isoformat()
    browser.post(reverse("person", args=[auditor.login]), registration(until=soon))
    found = browser.get(reverse("people"), {"state": "ending"}).content.decode()
    assert reverse("person", args=[auditor.login]) in found


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until": ""}, "必填"),
        ({"until": "2001-01-01"}, "最后一天早于开始日"),
        ({"value": "god"}, "选择"),
        ({"basis": " "}, "必填"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    quality_manager, auditor, changed, said
):
    sent = browser_of(quality_manager).post(
        reverse("person", args=[auditor.login]), registration(**changed)
    )
    assert sent.status_code == 422
    assert said in sent.content.decode()
    typed = {"basis": "2026-FWRZ-0007", **changed}["basis"]
    assert typed in sent.content.decode()
    assert not Qualification.objects.exists()


def test_what_ends_early_keeps_the_days_before(quality_manager, auditor):
    browser, page = browser_of(quality_manager), reverse("person", args=[auditor.login])
    browser.post(page, registration())
    one = Qualification.objects.get()
    today = localdate().isoformat()

    without = browser.post(page, {"act": "end", "qualification": one.pk, "on": today})
    assert without.status_code == 422
    browser.post(page, {"act": "end", "qualification": one.pk, "on": today, "reason": "撤销注册"})

    one.refresh_from_db()
    assert (one.last_day, one.ended_because) == (localdate(), "撤销注册")
    again = {"act": "end", "qualification": one.pk, "on": today, "reason": "again"}
    assert browser.post(page, again).status_code == 409


@pytest.mark.requirement("P-G2")
def test_nobody_records_what_is_their_own(quality_manager):
    page = reverse("person", args=[quality_manager.login])
    sent = browser_of(quality_manager).post(page, registration())
    assert sent.status_code == 409
    assert "本人的资格须由他人登记" in sent.content.decode()


def test_a_planner_reads_and_records_nothing(auditor):
    planner = browser_of(open_account("planner", Role.PLANNER))
    page = reverse("person", args=[auditor.login])
    assert "registration-value" not in planner.get(page).content.decode()
    assert planner.post(page, registration()).status_code == 409
    assert not Qualification.objects.exists()


def test_what_holds_is_shown_for_the_days_asked_for(quality_manager, auditor):
    browser, page = browser_of(quality_manager), reverse("person", args=[auditor.login])
    browser.post(page, registration(until=(localdate() + timedelta(days=2)).isoformat()))
    last = (localdate() + timedelta(days=3)).isoformat()
    asked = {"first": localdate().isoformat(), "last": last}
    assert browser.get(page).context["standing"].registered
    assert not browser.get(page, asked).context["standing"].registered
    wrong = browser.get(page, {"first": last, "last": localdate().isoformat()}).content.decode()
    assert "末日早于首日" in wrong


def test_the_list_is_taken_along_as_a_sheet(quality_manager, auditor):
    browser = browser_of(quality_manager)
    browser.post(reverse("person", args=[auditor.login]), registration())
    sent = browser.get(reverse("people"), {"as": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(sent.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["auditor", "quality"]
    assert rows[1][3] == "高级审查员"


@pytest.mark.requirement("P-G3")
def test_everybody_signs_for_themselves_with_their_own_name(auditor):
    browser, page = browser_of(auditor), reverse("undertakings")

    wrong = browser.post(page, {"act": "sign", "kind": "confidentiality", "name": "Somebody"})
    assert wrong.status_code == 422
    assert "请键入本人账户上的姓名" in wrong.content.decode()
    browser.post(page, {"act": "sign", "kind": "confidentiality", "name": auditor.name})
    again = browser.post(page, {"act": "sign", "kind": "confidentiality", "name": auditor.name})

    signed = Undertaking.objects.get()
    assert (signed.kind, signed.signed_on) == ("confidentiality", localdate())
    assert again.status_code == 409
    assert Event.objects.filter(what="personnel.undertaken").count() == 1


def test_secrecy_is_kept_for_good_and_work_for_others_may_begin(auditor):
    browser, page = browser_of(auditor), reverse("undertakings")
    for kind in ("confidentiality", "one_body"):
        browser.post(page, {"act": "sign", "kind": kind, "name": auditor.name})
    secrecy, only_here = auditor.undertakings.order_by("kind")
    refused = browser.post(page, {"act": "end", "undertaking": secrecy.pk})
    browser.post(page, {"act": "end", "undertaking": only_here.pk})
    only_here.refresh_from_db()
    assert refused.status_code == 409
    assert only_here.ended_on == localdate()


def test_nobody_ends_the_undertaking_of_another(auditor):
    other = open_account("other", Role.AUDITOR)
    browser_of(other).post(
        reverse("undertakings"), {"act": "sign", "kind": "one_body", "name": other.name}
    )
    theirs = Undertaking.objects.get()
    sent = browser_of(auditor).post(
        reverse("undertakings"), {"act": "end", "undertaking": theirs.pk}
    )
    assert sent.status_code == 404


class TestPrograms:
    """The same through the API."""

    def test_record_ask_and_end(self, quality_manager, auditor):
        manager, today = Program(quality_manager), localdate()
        held = {
            "kind": "competence",
            "value": "SC03",
            "basis": "witnessed twice",
            "since": today.isoformat(),
        }
        made = manager.post(f"/people/{auditor.login}/qualifications", held)
        assert made.status_code == 201
        again = manager.post(f"/people/{auditor.login}/qualifications", held)
        assert again.json()["refusals"][0]["code"] == "held_already"

        days = f"first={today}&last={today + timedelta(days=9)}"
        found = manager.get(f"/people/{auditor.login}/standing?{days}").json()
        assert (found["competences"], found["registered"]) == (["SC03"], False)

        ended = manager.post(
            f"/people/{auditor.login}/qualifications/{made.json()['id']}/end",
            {"on": today.isoformat(), "reason": "not kept up"},
        )
        assert ended.json()["ended_on"] == today.isoformat()
        found = manager.get(f"/people/{auditor.login}/standing?{days}").json()
        assert found["competences"] == []

    @pytest.mark.parametrize(
        ("changed", "where"),
        [
            ({"kind": "title"}, "kind"),
            ({"value": "SC 03"}, "value"),
            ({"value": ""}, "value"),
            ({"basis": ""}, "basis"),
            ({"until": "2001-01-01"}, "until"),
            ({"kind": "registration", "value": "auditor"}, "until"),
            ({"kind": "authorisation", "value": "cooking"}, "value"),
        ],
    )
    def test_bad_input_names_its_place(self, quality_manager, auditor, changed, where):
        held = {
            "kind": "competence",
            "value": "SC03",
            "basis": "witnessed twice",
            "since": localdate().isoformat(),
            **changed,
        }
        sent = Program(quality_manager).post(f"/people/{auditor.login}/qualifications", held)
        assert sent.status_code == 422
        assert [one["where"] for one in sent.json()["errors"]] == [where]

    def test_people_are_read_by_those_who_need_them_and_no_client_is_one(
        self, quality_manager, auditor
    ):
        client = open_account("client", Role.CLIENT)
        listed = Program(quality_manager).get("/people").json()["items"]
        assert {one["login"] for one in listed} == {quality_manager.login, auditor.login}
        assert Program(auditor).get("/people").status_code == 403
        assert Program(quality_manager).get(f"/people/{client.login}").status_code == 404

    def test_sign_and_end_ones_own(self, auditor):
        program = Program(auditor)
        signed = program.post("/me/undertakings", {"kind": "one_body", "name": auditor.name})
        assert signed.status_code == 201
        ended = program.post(f"/me/undertakings/{signed.json()['id']}/end")
        assert ended.json()["ended_on"] == localdate().isoformat()
        assert len(program.get("/me/undertakings").json()["items"]) == 1
