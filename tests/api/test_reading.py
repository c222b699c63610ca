"""What programs read: lists in pages, a case with what may be done next, its record, rulebooks."""

import json

import pytest
from click.testing import CliRunner

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.cases.models import Case
from certbody.cases.transitions.open import open_case
from certbody.cli.calc import calc
from certbody.clients.models import Client
from certbody.records.kinds import client_kinds
from certbody.records.verify import head
from tests.applications import accepted, filled, submitted
from tests.people import LONG_AGO, NOON, open_account, organisation_of

pytestmark = pytest.mark.django_db
ECPSC = "/schemes/ecpsc/A-0"


@pytest.fixture
def five() -> Account:
    """Somebody of the office, and five cases of five clients."""
    applicant = open_account("applicant", Role.CLIENT)
    organisation_of(applicant)
    codes = [f"code-{number}" for number in range(5)]
    first = Client.objects.get()
    for code in codes:
        Client.objects.create(**{**particulars(first), "credit_code": code})
    for client in Client.objects.filter(credit_code__in=codes):
        client.memberships.create(account=applicant, since=LONG_AGO)
        open_case(client=client.pk, scheme="ecpsc", activity="initial", by=applicant, at=NOON)
    return applicant


def particulars(client: Client) -> dict[str, object]:
    left_out = {"id", "revision"}
    fields = [one for one in Client._meta.concrete_fields if one.name not in left_out]  # noqa: SLF001  Django's own way
    return {one.attname: getattr(client, one.attname) for one in fields}


def test_pages_lead_through_the_whole_list_and_end(program, five):
    caller = program(five)
    numbers: list[str] = []
    after: int | None = 0
    while after is not None:
        page = caller.get(f"/cases?limit=2&after={after}").json()
        assert len(page["items"]) <= 2
        numbers += [one["number"] for one in page["items"]]
        after = page["next"]

    assert numbers == list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert len(numbers) == 5


def test_a_page_stays_the_same_when_something_is_added_meanwhile(program, five):
    caller = program(five)
    first = caller.get("/cases?limit=2").json()
    before = caller.get(f"/cases?limit=2&after={first['next']}").json()["items"]
    last = Case.objects.order_by("-pk")[0]
    open_case(client=last.client_id, scheme="ccai", activity="initial", by=five, at=NOON)

    assert caller.get(f"/cases?limit=2&after={first['next']}").json()["items"] == before


@pytest.mark.parametrize("limit", ["0", "201", "-1", "many"])
def test_a_page_is_bounded(program, limit):
    answer = program(open_account("applicant", Role.CLIENT)).get(f"/cases?limit={limit}")

    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["errors"]] == ["limit"]


def test_lists_are_narrowed(program, five):
    caller = program(five)

    assert len(caller.get("/cases?state=draft&scheme=ecpsc").json()["items"]) == 5
    assert caller.get("/cases?state=granted").json()["items"] == []
    assert caller.get("/cases?scheme=ccai").json()["items"] == []


def test_a_case_says_what_may_be_done_next_and_what_stands_against_it(program):
    play = submitted("ecpsc")

    case = program(play.reviewer).get(f"/cases/{play.number}").json()

    acts = {one["id"]: one for one in case["acts"]}
    assert {"accept", "withdraw_application"} <= set(acts)
    assert acts["accept"]["to"] == "accepted"
    assert acts["accept"]["clause"]
    refused = [one["code"] for act in acts.values() for one in act["refusals"]]
    assert "status_does_not_allow" not in refused
    assert [one["id"] for one in case["steps"] if one["done"]] == ["application"]


def test_a_client_reads_of_its_record_what_is_meant_for_it(program):
    play = accepted("ecpsc")

    def kinds(account: Account) -> set[str]:
        items = program(account).get(f"/cases/{play.number}/record?limit=200").json()["items"]
        return {one["what"] for one in items}

    assert kinds(play.applicant) <= set(client_kinds())
    assert kinds(play.applicant) < kinds(play.reviewer)


def test_the_record_is_told_in_the_language_asked_for(program):
    play = filled("ecpsc")
    caller = program(play.applicant)

    def sentences(**headers: str) -> list[str]:
        record = caller.get(f"/cases/{play.number}/record", **headers).json()
        return [one["sentence"] for one in record["items"]]

    assert all(not one.isascii() for one in sentences())
    assert sentences(**{"accept-language": "en"}) != sentences()


def test_the_head_of_the_log_is_for_those_who_read_all_of_it(program):
    play = submitted("ecpsc")
    quality = open_account("quality", Role.QUALITY_MANAGER)

    assert program(quality).get("/records/head").json()["digest"] == head()
    assert program(play.applicant).get("/records/head").status_code == 403


@pytest.mark.requirement("P-I1")
def test_a_rulebook_answers_as_the_command_does(client):
    given = {"activity": "initial", "people": "420", "sites": "1"}

    answer = client.post(
        f"/api/v1{ECPSC}/ask/man_days",
        {"given": given},
        content_type="application/json",
        headers={"accept-language": "en"},
    )

    asked = ["man-days", "ecpsc", "--json", "--lang", "en", "--activity", "initial"]
    told = CliRunner().invoke(calc, [*asked, "--people", "420", "--sites", "1"])
    assert answer.status_code == 200
    assert answer.json() == json.loads(told.stdout)


def test_a_rulebook_names_what_it_can_be_asked(client):
    book = client.get(f"/api/v1{ECPSC}").json()

    assert (book["scheme"], book["edition"]) == ("ecpsc", "A-0")
    assert book["owner"]["zh"]
    assert len(book["sections"]) > 3
    for section in book["sections"]:
        answer = client.post(
            f"/api/v1{ECPSC}/ask/{section['name']}",
            {"given": {}},
            content_type="application/json",
        )
        assert answer.status_code in {200, 409, 422}, section


@pytest.mark.parametrize("path", ["/schemes/none/1", "/schemes/ecpsc/none"])
def test_a_rulebook_that_is_not_there_is_not_found(client, path):
    assert client.get(f"/api/v1{path}").status_code == 404
