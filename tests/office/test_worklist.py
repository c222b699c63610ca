"""The worklist: each role's own tasks, late ones first, nothing of a client one has a tie with."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from certbody.accounts.roles import Role
from certbody.application.models import Supplement
from certbody.cases.models import Case
from certbody.clients.models import Client
from certbody.personnel.models import Interest
from tests.applications import accepted, submitted
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db
WORKLIST = "/office/"


def found(client, **asked) -> list[tuple[str, str]]:
    tasks = client.get(WORKLIST, asked).context["tasks"]
    return [(task.kind.name, task.case.number) for task in tasks]


def one_more(number: str, state: str = "submitted", due: date | None = None) -> Case:
    """Another case, a row only: its number, its state and its day are all that matter."""
    case = Case.objects.select_related("client").first()
    assert case is not None
    client = Client.objects.get(pk=case.client_id)
    client.pk, client.credit_code, client.name = None, number.rjust(18, "T"), f"客户 {number}"
    client.save()
    case.pk, case.client, case.number, case.state, case.due_on = None, client, number, state, due
    case.save()
    return case


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.APPLICATION_REVIEWER, ["review"]),
        (Role.DECISION_MAKER, []),
        (Role.AUDITOR, []),
        (Role.ADMINISTRATOR, []),
        (Role.QUALITY_MANAGER, []),
    ],
)
def test_a_submitted_application_waits_for_who_reviews_applications_only(client, role, kind):
    play = submitted("ecpsc")
    client.force_login(open_account("somebody", role))

    assert found(client) == [(one, play.number) for one in kind]


def test_an_accepted_application_waits_for_its_contract(client):
    play = accepted("ecpsc")
    client.force_login(play.reviewer)

    assert found(client) == [("draw_up", play.number)]


def test_what_the_client_sent_in_answer_is_a_task_of_its_own(client):
    play = submitted("ecpsc")
    Supplement.objects.create(
        application=play.application,
        asked="网点清单",
        asked_by=play.reviewer,
        asked_at=NOON,
        answered_at=NOON,
    )
    client.force_login(play.reviewer)
    assert found(client) == [("check", play.number)]

    Supplement.objects.update(settled_at=NOON)
    assert found(client) == [("review", play.number)]


def test_late_ones_stand_on_top_whatever_their_kind_and_what_has_no_day_last(client):
    play, day = submitted("ecpsc"), localdate()
    one_more("T-soon", due=day + timedelta(days=3))
    one_more("T-late", state="accepted", due=day - timedelta(days=1))
    client.force_login(play.reviewer)

    assert [number for _, number in found(client)] == ["T-late", "T-soon", play.number]
    page = client.get(WORKLIST, {"lang": "en"}).text
    assert page.count('<tr class="late">') == page.count('<span class="st bad">late</span>') == 1


def test_one_who_has_a_tie_with_a_client_sees_nothing_of_it(client):
    play = submitted("ecpsc")
    client.force_login(play.reviewer)
    Interest.objects.create(
        account=play.reviewer, client=play.client, kind="consulting", since=date(2020, 1, 1)
    )

    assert found(client) == []
    assert client.get(reverse("cases")).context["cases"].paginator.count == 0
    assert client.get(reverse("case", args=[play.number])).status_code == 404
    stages = client.get(reverse("board")).context["stages"]
    assert sum(column["number"] for stage in stages for column in stage["columns"]) == 0
    assert play.client.name not in client.get(WORKLIST).text


def test_long_work_is_shown_by_its_most_urgent_and_by_kind_in_pages(client):
    play = submitted("ecpsc")
    for number in range(29):
        one_more(f"T-{number:02}")
    one_more("T-last", state="accepted", due=localdate())
    client.force_login(play.reviewer)

    assert len(found(client)) == 25
    assert found(client)[0] == ("draw_up", "T-last")
    assert "25+" in client.get(WORKLIST).text
    assert len(found(client, kind="review", page="2")) == 5
    assert {kind for kind, _ in found(client, kind="review")} == {"review"}
    assert found(client, kind="no_such")[0] == ("draw_up", "T-last")


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_a_task_names_its_clause_and_leads_to_where_it_is_done(client, scheme):
    play = submitted(scheme)
    client.force_login(play.reviewer)
    response = client.get(WORKLIST)

    (task,) = response.context["tasks"]
    assert task.waiting == (localdate() - localdate(NOON)).days
    assert f'<a href="/rulebooks/{task.case.rulebook}/#' in response.text
    assert client.get(task.url).status_code == 200


def test_who_has_nothing_to_do_is_told_where_to_go(client):
    client.force_login(open_account("auditor", Role.AUDITOR))
    page = client.get(WORKLIST, {"lang": "en"}).text

    assert "Nothing waits for you" in page
    assert reverse("board") in page


def test_a_case_that_is_decided_is_no_longer_there(client):
    play = submitted("ecpsc")
    Case.objects.update(state="declined", moved_at=timezone.now())
    client.force_login(play.reviewer)

    assert found(client) == []
