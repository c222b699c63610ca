"""The register on the screen: both languages, nothing typed is lost, nobody else comes in."""

import json
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certbody.accounts.roles import Role
from certbody.clients.columns import SITES
from certbody.clients.models import Client
from certbody.clients.transitions.lists import set_sites
from tests.clients.making import CODE, PARTICULARS, sheet, site, sites
from tests.people import NOON, open_account, organisation_of

pytestmark = pytest.mark.django_db
LISTS = ["sites", "licences", "incidents", "managers"]
OWN = ["organisation", *(f"organisation_{name}" for name in LISTS), "organisation_site_import"]
TYPED = {name: getattr(PARTICULARS, name) for name in PARTICULARS.__dataclass_fields__}


@pytest.fixture
def applicant(client):
    account = open_account("applicant", Role.CLIENT)
    client.force_login(account)
    return account


@pytest.fixture
def organisation(applicant) -> Client:
    return organisation_of(applicant)


def rows(*given: Mapping[str, object]) -> dict[str, list[object]]:
    """Rows of sites as the table sends them."""
    return {one.name: [row.get(one.name, "") for row in given] for one in SITES}


def upload(content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("场所.xlsx", content)}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", OWN)
def test_each_page_opens_in_both_languages(client, organisation, page, language):
    response = client.get(reverse(page, args=[organisation.pk]), {"lang": language})
    assert response.status_code == 200
    assert (f"Next{':'}" in response.text) is (language == "en" and "managers" not in page)


@pytest.mark.parametrize("role", [Role.CLIENT, Role.APPLICATION_REVIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", [*OWN, "organisation_site_sheet"])
def test_nobody_else_opens_them(client, organisation, role, page):
    client.force_login(open_account("stranger", role))
    for ask in (client.get, client.post):
        status = ask(reverse(page, args=[organisation.pk])).status_code
        assert status in {404 if role == Role.CLIENT else 403, 405}


@pytest.mark.usefixtures("applicant")
def test_registering_leads_to_the_sites(client):
    response = client.post(reverse("organisation_register"), TYPED, follow=True)
    made = Client.objects.get()
    assert response.redirect_chain[-1][0] == reverse("organisation_sites", args=[made.pk])


@pytest.mark.usefixtures("applicant")
@pytest.mark.requirement("P-A2")
def test_a_wrong_code_is_told_beside_its_field_with_all_else_and_nothing_is_lost(client):
    typed = {**TYPED, "credit_code": "91350100M000100Y44", "contact": ""}
    response = client.post(reverse("organisation_register"), typed, query_params={"lang": "en"})
    assert response.status_code == 422
    assert "it ends in 4, the first 17 characters call for 3" in response.text
    assert set(response.context["form"].errors) == {"credit_code", "contact"}
    assert all(f'value="{TYPED[name]}"' in response.text for name in ("name", "address", "phone"))


@pytest.mark.usefixtures("applicant")
@pytest.mark.requirement("P-A2")
def test_a_known_organisation_is_refused_on_the_same_page(client):
    organisation_of(code=CODE)
    response = client.post(reverse("organisation_register"), TYPED)
    assert response.status_code == 409
    assert "已有登记的组织" in response.text
    assert TYPED["address"] in response.text


def test_what_is_unusual_is_told_after_saving(client, organisation):
    typed = {**TYPED, "credit_code": organisation.credit_code, "region": "330106"}
    response = client.post(
        reverse("organisation", args=[organisation.pk]), typed, query_params={"lang": "en"}
    )
    response = client.get(response.url, {"lang": "en"})
    assert "The region code 330106 differs" in response.text


def test_a_change_meanwhile_shows_what_is_kept_beside_what_was_typed(client, organisation):
    Client.objects.update(revision=2, phone="0571-1")
    typed = {**TYPED, "credit_code": organisation.credit_code, "seen": "1"}
    response = client.post(reverse("organisation", args=[organisation.pk]), typed)
    assert response.status_code == 409
    assert "0571-1" in response.text
    assert f'value="{TYPED["phone"]}"' in response.text


def test_the_first_row_is_offered_as_the_head_office(client, organisation):
    response = client.get(reverse("organisation_sites", args=[organisation.pk]))
    first, second = response.context["rows"]
    assert [cell.value for cell in first if cell.column.name == "head_office"] == ["true"]
    assert [cell.value for cell in second if cell.column.name == "head_office"] == ["false"]


def test_sites_are_saved_from_the_table_and_blank_rows_are_left_out(client, organisation):
    url = reverse("organisation_sites", args=[organisation.pk])
    blank = {"kind": "own", "head_office": "false"}
    response = client.post(url, {**rows(site(1), blank, site(2)), "seen": "1"})
    assert response.status_code == 302
    assert organisation.sites.count() == 2


def test_faults_stand_beside_their_cells_and_nothing_typed_is_lost(client, organisation):
    url = reverse("organisation_sites", args=[organisation.pk])
    typed = rows(site(1), site(2, people="many", opening_hours="随时", address=""))
    response = client.post(url, typed, query_params={"lang": "en"})
    assert response.status_code == 422
    assert 'value="many"' in response.text
    assert 'value="随时"' in response.text
    assert 'aria-describedby="sites-2-address-err"' in response.text
    assert '<a href="#sites-2-people">Row 2, People</a>' in response.text
    assert "“随时” names no days" in response.text
    assert not organisation.sites.exists()


def test_a_list_with_a_bad_day_is_shown_again_as_it_was_typed(client, organisation):
    url = reverse("organisation_licences", args=[organisation.pk])
    typed = {"name": "许可", "number": "1", "held": "true", "no_end": "false", "valid_until": "2月"}
    response = client.post(url, typed)
    assert response.status_code == 422
    assert 'type="text" id="licences-1-valid_until"' in response.text
    assert 'value="2月"' in response.text


def test_a_long_list_is_shown_and_changed_by_excel_only(client, applicant, organisation):
    set_sites(client=organisation.pk, rows=sites(101), by=applicant, at=NOON)
    response = client.get(reverse("organisation_sites", args=[organisation.pk]))
    assert 'name="address"' not in response.text
    assert "门店 101" in response.text


def test_the_clauses_that_ask_are_named(client, organisation):
    for name in ("sites", "licences", "incidents"):
        response = client.get(reverse(f"organisation_{name}", args=[organisation.pk]))
        assert response.context["asked"]
        assert response.text.count("<cite>") >= 1


@pytest.mark.requirement("E-6.2.2B")
def test_a_sheet_is_checked_shown_and_imported_when_confirmed(client, organisation):
    url = reverse("organisation_site_import", args=[organisation.pk])
    checked = client.post(url, upload(sheet(sites(38))))
    assert checked.status_code == 200
    assert not organisation.sites.exists()
    preview = checked.context["preview"]
    assert (preview["added"], preview["changed"], len(preview["rows"])) == (38, 0, 38)

    done = client.post(url, {"rows": preview["sent"], "seen": "1"})
    assert done.status_code == 302
    assert organisation.sites.count() == 38


@pytest.mark.requirement("E-6.2.2B")
def test_a_sheet_with_three_bad_rows_is_told_by_row_and_column(client, organisation):
    given = sites(38)
    given[4]["address"], given[20]["people"], given[36]["kind"] = "", "约十人", "分店"
    url = reverse("organisation_site_import", args=[organisation.pk])
    response = client.post(url, upload(sheet(given)), query_params={"lang": "en"})
    assert response.status_code == 422
    for row, column in ((6, "Address"), (22, "People"), (38, "Kind")):
        assert f"<b>Row {row}, {column}</b>" in response.text
    assert response.context["preview"] is None


@pytest.mark.parametrize("sent", ["", "{", "{}", "[1]", '[{"name": {}}]', json.dumps([{}])])
def test_rows_that_were_not_shown_are_refused(client, organisation, sent):
    url = reverse("organisation_site_import", args=[organisation.pk])
    assert client.post(url, {"rows": sent}).status_code == 422


def test_no_sheet_or_another_file_is_told(client, organisation):
    url = reverse("organisation_site_import", args=[organisation.pk])
    assert client.post(url, {}).status_code == 422
    response = client.post(url, upload(b"name;address"), query_params={"lang": "en"})
    assert response.status_code == 422
    assert "not an Excel workbook" in response.text


def test_the_sheet_is_handed_out(client, organisation):
    response = client.get(reverse("organisation_site_sheet", args=[organisation.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="sites.xlsx"'
    assert response.content.startswith(b"PK")
