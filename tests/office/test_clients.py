"""The clients in the office: searched, narrowed, taken along; only those that are open to one."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from certbody.accounts.roles import Role
from certbody.cases.models import Assignment, Case
from certbody.clients.models import Incident, Licence, ServiceManager, Site
from certbody.personnel.models import Interest
from tests.applications import begun
from tests.people import open_account, organisation_of

pytestmark = pytest.mark.django_db
HERE = "91110000MAT00086X0"
THERE = "91350100M000100Y43"


@pytest.fixture
def reviewer(client):
    account = open_account("office", Role.APPLICATION_REVIEWER)
    client.force_login(account)
    return account


@pytest.fixture
def two():
    """A large organisation in Zhejiang and a small one in Fujian."""
    there = organisation_of(code=THERE, name="福州海风家电有限公司")
    there.region, there.people, there.name_en = "350100", 5, "Haifeng"
    there.save()
    return organisation_of(), there


def names(response) -> list[str]:
    return [one.name for one in response.context["clients"]]


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "海风"}, ["福州海风家电有限公司"]),
        ({"q": "haifeng"}, ["福州海风家电有限公司"]),
        ({"q": HERE.lower()[:10]}, ["杭州远帆电器服务有限公司"]),
        ({"region": "35"}, ["福州海风家电有限公司"]),
        ({"region": "11"}, []),
        ({"sort": "-people"}, ["杭州远帆电器服务有限公司", "福州海风家电有限公司"]),
        (
            {"sort": "-pk", "region": "no such"},
            ["杭州远帆电器服务有限公司", "福州海风家电有限公司"],
        ),
    ],
)
def test_the_list_is_searched_and_narrowed_by_its_address(client, two, asked, found):
    assert two
    assert names(client.get(reverse("clients"), asked)) == found


@pytest.mark.usefixtures("reviewer")
def test_long_lists_have_pages_that_keep_the_filter(client):
    for number in range(30):
        organisation_of(code=f"TEST{number:014}", name=f"客户 {number:02}")
    response = client.get(reverse("clients"), {"q": "客户", "page": "2"})
    assert len(names(response)) == 5
    assert "?q=%E5%AE%A2%E6%88%B7&amp;page=1" in response.text


@pytest.mark.usefixtures("reviewer")
def test_what_is_listed_is_taken_along_as_a_sheet(client, two):
    two[1].name = "=1+1"
    two[1].save()
    response = client.get(reverse("clients"), {"region": "35", "as": "xlsx"})
    cells = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    rows = cells.to_python()
    assert (len(rows), rows[1][:2]) == (2, ["=1+1", THERE])


@pytest.mark.usefixtures("reviewer")
def test_a_draft_is_not_counted(client):
    begun("ecpsc")
    (one,) = client.get(reverse("clients")).context["clients"]
    assert (one.site_count, one.case_count) == (1, 0)


def test_a_client_with_a_declared_interest_is_not_there(client, reviewer, two):
    Interest.objects.create(
        account=reviewer, client=two[0], kind="consulting", since=date(2020, 1, 1)
    )
    assert names(client.get(reverse("clients"))) == [two[1].name]
    assert client.get(reverse("client", args=[two[0].pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.CLIENT, Role.AUDITOR, Role.ADMINISTRATOR, Role.REGULATOR])
def test_who_may_not_read_clients_is_refused(client, two, role):
    client.force_login(open_account("somebody", role))
    assert client.get(reverse("clients")).status_code == 403
    assert client.get(reverse("client", args=[two[0].pk])).status_code in {403, 404}


@pytest.mark.requirement("E-4.2")
def test_an_auditor_reads_the_client_of_an_assigned_case_with_its_service_managers(client):
    play = begun("ecpsc")
    ServiceManager.objects.create(
        client=play.client,
        name="赵敏",
        certificate_number="SM-001",
        valid_until=localdate() - timedelta(days=1),
    )
    auditor = open_account("auditor", Role.AUDITOR)
    client.force_login(auditor)
    page = reverse("client", args=[play.client.pk])
    assert client.get(page).status_code == 404

    work = {"account": auditor, "case": Case.objects.get(), "since": date(2020, 1, 1)}
    Assignment.objects.create(**work, until=localdate() - timedelta(days=1))
    assert client.get(page).status_code == 404
    Assignment.objects.create(**work)
    response = client.get(page, {"lang": "en"})
    assert "赵敏" in response.text
    assert "SM-001" in response.text
    assert '<span class="st bad">no longer valid' in response.text


@pytest.mark.usefixtures("reviewer")
@pytest.mark.requirement("P-A2")
@pytest.mark.parametrize(
    ("days", "state"), [(-1, "bad"), (0, "wait"), (59, "wait"), (60, "ok"), (400, "ok")]
)
def test_a_licence_says_by_colour_and_word_how_long_it_is_valid(client, two, days, state):
    last = localdate() + timedelta(days=days)
    Licence.objects.create(client=two[0], name="特种设备许可", valid_until=last)
    response = client.get(reverse("client", args=[two[0].pk]), {"lang": "en"})
    word = {"bad": "no longer valid", "wait": "ends soon", "ok": "valid to"}[state]
    assert f'<span class="st {state}">{word} {last.isoformat()}</span>' in response.text


@pytest.mark.usefixtures("reviewer")
def test_the_page_shows_hours_closed_sites_and_what_was_taken_off_the_lists(client, two):
    organisation, today = two[0], localdate()
    site = {"client": organisation, "address": "文三路", "service_content": "维修"}
    Site.objects.create(**site, number=1, name="总部", opening_hours="周一至周五 09:00-18:00")
    Site.objects.create(**site, number=2, name="旧店", closed_on=today)
    Incident.objects.create(
        client=organisation,
        kind="safety",
        date=today,
        what="事故",
        major=True,
        closed=False,
        removed_on=today,
    )
    response = client.get(reverse("client", args=[organisation.pk]), {"lang": "en"})
    assert "Mon-Fri 09:00-18:00" in response.text
    assert "旧店" in response.text
    assert "taken off the list by the client on" in response.text
    assert "Zhejiang 330106" in response.text
    assert "The region code 330106 differs" in response.text
