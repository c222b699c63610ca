"""Organisations for programs: what the screens do, with the same refusals and faults."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from certbody.accounts.roles import Role
from certbody.accounts.scopes import SCOPES
from certbody.clients.models import Client
from tests.clients.making import CODE, PARTICULARS, sheet, site, sites
from tests.people import open_account, organisation_of

pytestmark = pytest.mark.django_db
GIVEN = {name: getattr(PARTICULARS, name) for name in PARTICULARS.__dataclass_fields__}
LICENCE = {"name": "许可", "number": "1", "valid_until": "2027-06-30"}
INCIDENT = {"kind": "safety", "date": "2025-3-1", "what": "事故", "major": False, "closed": True}
MANAGER = {"name": "赵敏", "certificate_number": "SM-1", "valid_until": "2027-01-31"}
LISTS: dict[str, dict[str, Any]] = {
    "sites": {"name": "总部", "address": "1 号", "service_content": "维修", "head_office": True},
    "licences": LICENCE,
    "incidents": INCIDENT,
    "managers": MANAGER,
}


@pytest.fixture
def applicant(program):
    return program(open_account("applicant", Role.CLIENT))


@pytest.fixture
def organisation(applicant) -> Client:
    registered = applicant.post("/organisations", GIVEN)
    return Client.objects.get(pk=registered.json()["id"])


def uploaded(who, path: str, content: bytes, **fields):
    file = SimpleUploadedFile("sites.xlsx", content)
    return who.browser.post(f"/api/v1{path}", {"file": file, **fields})


def wheres(response) -> list[tuple[str, str]]:
    return [(one["where"], one["code"]) for one in response.json()["errors"]]


def test_an_organisation_is_registered_read_and_changed(applicant):
    made = applicant.post("/organisations", {**GIVEN, "region": "330106"})
    assert made.status_code == 201
    assert [note["code"] for note in made.json()["notes"]] == ["code_region_differs"]
    path = f"/organisations/{made.json()['id']}"
    changed = applicant.put(path, {**GIVEN, "people": 40})
    assert (changed.json()["people"], changed.json()["notes"]) == (40, [])
    assert applicant.get(path).json()["revision"] == 2
    stale = applicant.put(f"{path}?seen=1", {**GIVEN, "people": 41})
    assert stale.status_code == 409
    assert stale.json()["refusals"][0]["code"] == "register_changed_meanwhile"


def test_faults_and_duplicates_are_told_in_the_language_asked_for(applicant, program):
    faulty = {**GIVEN, "credit_code": "91350100M000100Y44", "email": "nobody"}
    response = applicant.post("/organisations", faulty, **{"accept-language": "en"})
    assert response.status_code == 422
    assert wheres(response) == [("credit_code", "code_check"), ("email", "email_not_valid")]
    assert "the first 17 characters call for 3" in response.json()["errors"][0]["message"]

    applicant.post("/organisations", GIVEN)
    again = program(open_account("other", Role.CLIENT)).post("/organisations", GIVEN)
    assert again.status_code == 409
    assert again.json()["refusals"][0]["code"] == "client_known"
    assert CODE in again.json()["detail"]


@pytest.mark.parametrize("name", list(LISTS))
def test_each_list_is_replaced_and_read(applicant, organisation, name):
    path = f"/organisations/{organisation.pk}"
    put = applicant.put(f"{path}/{name}", {"rows": [LISTS[name]], "seen": 1})
    assert put.json() == {"number": 1, "revision": 2}
    (row,) = applicant.get(path).json()[name]
    assert row["name" if "name" in row else "what"] == LISTS[name].get("name", "事故")
    again = applicant.put(f"{path}/{name}", {"rows": [row]})
    assert again.json() == {"number": 1, "revision": 2}  # what is read can be sent: no change
    assert applicant.put(f"{path}/{name}", {"rows": [], "seen": 1}).status_code == 409


def test_faults_of_rows_name_row_and_column_and_a_wrong_name_is_one(applicant, organisation):
    path = f"/organisations/{organisation.pk}/sites"
    row = LISTS["sites"]
    bad = applicant.put(path, {"rows": [row, {**row, "name": "店", "opening_hours": "随时"}]})
    assert wheres(bad) == [
        ("sites.2.opening_hours", "hours_no_days"),
        ("sites.2.head_office", "one_head_office"),
    ]
    wrong = applicant.put(path, {"rows": [{**row, "adress": "2 号"}]})
    assert wheres(wrong) == [("rows.0.adress", "not_asked_for")]


@pytest.mark.requirement("E-6.2.2B")
def test_a_sheet_is_tried_out_and_imported(applicant, organisation):
    path = f"/organisations/{organisation.pk}/sites/sheet"
    tried = uploaded(applicant, path, sheet(sites(38)), dry_run="true").json()
    assert (tried["added"], tried["number"], tried["revision"]) == (38, 38, 1)
    assert not organisation.sites.exists()
    done = uploaded(applicant, path, sheet(sites(38)), seen="1").json()
    assert (done["number"], done["revision"], done["dry_run"]) == (38, 2, False)
    fewer = uploaded(applicant, path, sheet([site(1), site(2, people="99")])).json()
    assert (fewer["changed"], fewer["same"], len(fewer["closed"])) == (1, 1, 36)


@pytest.mark.requirement("E-6.2.2B")
def test_bad_rows_of_a_sheet_are_named_and_nothing_is_imported(applicant, organisation):
    rows = sites(38)
    rows[4]["address"], rows[20]["people"], rows[36]["kind"] = "", "约十人", "分店"
    path = f"/organisations/{organisation.pk}/sites/sheet"
    for more in ({}, {"dry_run": "true"}):
        response = uploaded(applicant, path, sheet(rows), **more)
        assert response.status_code == 422
        assert [where for where, _ in wheres(response)] == [
            "sites.6.address",
            "sites.22.people",
            "sites.38.kind",
        ]
    assert not organisation.sites.exists()


def test_the_sheet_to_fill_in_is_handed_out(applicant, organisation):
    response = applicant.get(f"/organisations/{organisation.pk}/sites/sheet")
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names[0] == "场所 Sites"


@pytest.mark.parametrize("role", [Role.CLIENT, Role.APPLICATION_REVIEWER, Role.ADMINISTRATOR])
def test_another_s_organisation_is_not_there(organisation, program, role):
    stranger = program(open_account("stranger", role))
    path = f"/organisations/{organisation.pk}"
    assert stranger.get("/organisations").json()["items"] == []
    assert stranger.get(path).status_code == stranger.put(path, GIVEN).status_code == 404
    assert stranger.get(f"{path}/sites/sheet").status_code == 404
    assert uploaded(stranger, f"{path}/sites/sheet", sheet(sites(1))).status_code == 404
    for name, row in LISTS.items():
        assert stranger.put(f"{path}/{name}", {"rows": [row]}).status_code == 404


def test_a_token_without_the_scope_writes_nothing(program, organisation):
    account = organisation.memberships.get().account
    reader = program(account, [scope for scope in SCOPES if scope != "clients:write"])
    assert reader.get(f"/organisations/{organisation.pk}").status_code == 200
    assert reader.post("/organisations", GIVEN).status_code == 403


def test_the_staff_reads_clients_and_an_applicant_only_its_own(applicant, organisation, program):
    other = organisation_of()
    reviewer = program(open_account("reviewer", Role.APPLICATION_REVIEWER))
    assert {one["id"] for one in reviewer.get("/clients").json()["items"]} == {
        organisation.pk,
        other.pk,
    }
    assert [one["id"] for one in reviewer.get("/clients?q=海风&region=35").json()["items"]] == [
        organisation.pk
    ]
    assert reviewer.get(f"/clients/{other.pk}").json()["sites"] == []
    assert [one["id"] for one in applicant.get("/clients").json()["items"]] == [organisation.pk]
    assert applicant.get(f"/clients/{other.pk}").status_code == 404
    assert reviewer.get("/clients?q=%00").status_code == 422
