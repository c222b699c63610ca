"""The board and the list of cases: counted, narrowed, sorted, taken along; a case's own page."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from certbody.accounts.roles import Role
from certbody.cases.models import Assignment, Case
from certbody.records.writing import record
from tests.applications import begun, submitted
from tests.office.test_worklist import one_more
from tests.people import LONG_AGO, NOON, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(client):
    """One submitted application, one accepted that is late, and who looks at them."""
    one = submitted("ecpsc")
    one_more("T-1", state="accepted", due=localdate() - timedelta(days=2))
    client.force_login(one.reviewer)
    return one


def numbers(client, **asked) -> list[str]:
    return [one.number for one in client.get(reverse("cases"), asked).context["cases"]]


def test_cases_are_found_by_number_name_and_code(client, play):
    assert numbers(client, q=play.number) == [play.number]
    assert numbers(client, q="远帆") == [play.number]
    assert numbers(client, q=play.client.credit_code.lower()) == [play.number]
    assert numbers(client, q="no such") == []


def test_cases_are_narrowed_and_sorted_by_the_address(client, play):
    assert numbers(client, state="accepted") == ["T-1"]
    assert numbers(client, late="on") == ["T-1"]
    assert numbers(client, scheme="ccai") == []
    assert numbers(client, activity="initial", sort="number") == [play.number, "T-1"]
    assert numbers(client, sort="-pk") == ["T-1", play.number]
    assert set(numbers(client, state="no such")) == {play.number, "T-1"}


def test_the_list_is_taken_along_as_it_is_narrowed(client, play):
    response = client.get(reverse("cases"), {"q": play.number, "as": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    head, row = book.get_sheet_by_index(0).to_python()

    assert row[:3] == [play.number, play.client.name, play.client.credit_code]
    assert len(head) == len(row)


@pytest.mark.usefixtures("play")
def test_a_late_case_says_so_and_filters_can_be_taken_away(client):
    plain = client.get(reverse("cases"), {"lang": "en"}).text
    assert plain.count('<tr class="late">') == plain.count('<span class="st bad">late</span>') == 1
    assert "Take all filters away" not in plain
    assert "Take all filters away" in client.get(reverse("cases"), {"late": "on"}).text


@pytest.mark.usefixtures("play")
def test_the_board_counts_by_stage_and_leads_to_the_same_cases(client):
    response = client.get(reverse("board"), {"lang": "en", "scheme": "ecpsc"})
    columns = {
        column["state"]: (column["number"], column["late"])
        for stage in response.context["stages"]
        for column in stage["columns"]
    }

    assert {state: there for state, there in columns.items() if there != (0, 0)} == {
        "submitted": (1, 0),
        "accepted": (1, 1),
    }
    assert "1 late" in response.text
    assert f"{reverse('cases')}?lang=en&amp;scheme=ecpsc&amp;state=accepted&amp;late=on" in (
        response.text
    )
    assert "late" not in numbers_on_board(client, scheme="ccai")


def numbers_on_board(client, **asked) -> str:
    stages = client.get(reverse("board"), asked).context["stages"]
    return str([column for stage in stages for column in stage["columns"] if column["number"]])


def test_a_draft_is_nobodys_in_the_office(client):
    play = begun("ecpsc")
    client.force_login(play.reviewer)

    assert numbers(client) == []
    assert client.get(reverse("case", args=[play.number])).status_code == 404


def test_an_auditor_has_the_cases_that_are_assigned(client):
    play = submitted("ecpsc")
    one_more("T-1")
    auditor = open_account("auditor", Role.AUDITOR)
    client.force_login(auditor)
    assert numbers(client) == []

    case = Case.objects.get(number=play.number)
    Assignment.objects.create(case=case, account=auditor, since=LONG_AGO)
    assert numbers(client) == [play.number]


def test_a_case_shows_its_way_its_facts_and_its_record_the_newest_first(client, play):
    response = client.get(reverse("case", args=[play.number]))
    text = response.text

    assert reverse("application_review", args=[play.number]) in text.split("</header>")[1]
    assert text.count('aria-current="step"') == len(response.context["now"]) >= 1
    assert play.client.credit_code in text
    events = [one.number for one in response.context["record"]]
    assert events == sorted(events, reverse=True)
    assert "提交了申请" in text
    assert 'rel="next"' not in text

    case = Case.objects.get(number=play.number)
    for _ in range(25):
        record("application.scope_described", stream=case.stream, by=play.applicant, at=NOON)
    assert 'rel="next"' in client.get(reverse("case", args=[play.number])).text
