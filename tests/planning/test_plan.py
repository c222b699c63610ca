"""The audit plan by a program: made by the leader, reported, read and confirmed by the client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certbody.cases.models import Case, State
from certbody.cases.moving import complete, done_in
from certbody.evaluation.models import DocumentReview, OpenPoint
from certbody.planning.agreeing import contents_of, parts_of
from certbody.planning.models import Plan
from certbody.planning.transitions.programme import settle_programme
from certbody.planning.transitions.team import Proposed, confirm_team, propose_team
from certbody.records.reading import events_of, told
from tests.people import NOON
from tests.planning.making import (
    CODES,
    FIRST,
    LAST,
    PROGRAMME,
    TEAM,
    auditor,
    contracted,
    planner,
)

pytestmark = pytest.mark.django_db
SCHEMES = ["ecpsc", "ccai"]
PASSED = {"ecpsc": "passed", "ccai": "conform"}


class Planned:
    """A case whose team is confirmed and whose documents have passed, with its programs."""

    def __init__(self, program, scheme, *, passed=None):
        self.scheme, self.case = scheme, contracted(scheme)
        self.case.client.sites.update(opening_hours="周一至周五 09:00-12:00,13:00-17:30")
        leader, by = auditor("leader", "senior"), planner()
        number = self.case.number
        settle_programme(number=number, competences=CODES, given=PROGRAMME[scheme], by=by, at=NOON)
        team = [Proposed("leader", "leader")]
        propose_team(number=number, first_day=FIRST, last_day=LAST, members=team, by=by, at=NOON)
        confirm_team(number=number, given=TEAM[scheme], by=by, at=NOON)
        complete(self.case, "document_review", passed or PASSED[scheme], NOON)
        self.leader, self.planner = program(leader), program(by)
        self.client = program(self.case.client.memberships.get().account)
        self.at = f"/cases/{number}"

    @property
    def state(self):
        self.case.refresh_from_db()
        return self.case.state

    def sittings(self, **changed):
        """One part after the other, a morning and an afternoon at the first site."""
        rows = []
        for day, step in enumerate(parts_of(self.case)):
            rows.append(
                {
                    "step": step.id,
                    "site": 1,
                    "starts": at(day, "09:00"),
                    "ends": at(day, "17:30"),
                    "people": ["leader"],
                    "what": "全部要素",
                    **changed,
                }
            )
        return rows

    def make(self, by=None, **more):
        contents = {one.id: "见计划" for one in contents_of(self.case)}
        body = {"sittings": self.sittings(), "said": contents, **more}
        body.setdefault("given", {"covers_scope": "true"} if self.scheme == "ccai" else {})
        return (by or self.leader).post(f"{self.at}/plans", body)

    def report(self):
        because = {"not_reported_because": "平台停机"}
        return self.planner.post(f"{self.at}/plans/report", because)

    def confirm(self, plan=1):
        return self.client.post(f"{self.at}/plans/confirm", {"plan": plan})


def at(day, time):
    return f"{FIRST + timedelta(days=day)}T{time}"


def codes(answer):
    return [one["code"] for one in answer.json()["refusals"]]


def clauses(answer):
    return {one["clause"] for one in answer.json()["refusals"]}


@pytest.fixture(params=SCHEMES)
def planned(request, program):
    return Planned(program, request.param)


@pytest.fixture
def ecpsc(program):
    return Planned(program, "ecpsc")


@pytest.fixture
def ccai(program):
    return Planned(program, "ccai")


@pytest.mark.requirement("P-I1", "E-7.2a")
def test_from_the_confirmed_team_to_the_confirmed_plan(planned):
    made = planned.make()
    assert made.status_code == 201, made.content
    assert planned.report().status_code == 200
    read = planned.client.get(f"{planned.at}/plans").json()["items"]
    assert [len(one["sittings"]) for one in read] == [2]
    confirmed = planned.confirm()
    assert confirmed.status_code == 200, confirmed.content
    assert planned.state == State.PLANNED
    assert "audit_plan" in done_in(planned.case)
    sentences = [
        one.sentence for one in told(events_of(planned.case.stream, for_client=True), "zh")
    ]
    assert any("发出了第 1 版审查计划" in one for one in sentences)
    assert any("确认了第 1 版审查计划" in one for one in sentences)


@pytest.mark.requirement("E-7.2b")
def test_a_change_of_a_confirmed_plan_is_agreed_again_and_both_are_kept(planned):
    planned.make()
    planned.report()
    planned.confirm()
    without = planned.make()
    assert [one["where"] for one in without.json()["errors"]] == ["reason"]
    assert planned.state == State.PLANNED

    changed = planned.make(reason="客户停电")
    assert changed.status_code == 201, changed.content
    assert planned.state == State.CONTRACTED
    assert codes(planned.confirm(plan=1)) == ["another_plan_meanwhile"] or planned.scheme == "ecpsc"
    planned.report()
    assert planned.confirm(plan=2).status_code == 200
    assert planned.state == State.PLANNED
    kept = planned.client.get(f"{planned.at}/plans").json()["items"]
    assert [(one["number"], one["confirmed"], one["in_force"]) for one in kept] == [
        (2, True, True),
        (1, True, False),
    ]


@pytest.mark.requirement("P-K5")
def test_a_plan_that_was_not_reported_does_not_count(ecpsc):
    ecpsc.make()
    refused = ecpsc.confirm()
    assert clauses(refused) == {"认证机构管理办法 第二十三条"}
    assert ecpsc.state == State.CONTRACTED
    both = {"reported_on": FIRST.isoformat(), "not_reported_because": "x"}
    wrong = ecpsc.planner.post(f"{ecpsc.at}/plans/report", both)
    assert "reported_or_reason" in [one["code"] for one in wrong.json()["errors"]]
    told_on = {"reported_on": timezone.localdate().isoformat(), "report_number": "SB-1"}
    assert ecpsc.planner.post(f"{ecpsc.at}/plans/report", told_on).status_code == 200
    assert ecpsc.confirm().status_code == 200


@pytest.mark.requirement("C-6.2.1.2a")
@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    [
        ("09:00", "17:30", 0),
        ("08:59", "17:30", 1),
        ("09:00", "17:31", 1),
        ("12:15", "12:45", 2),
        ("13:00", "17:00", 0),
        ("06:00", "07:00", 1),
        ("18:00", "19:00", 1),
    ],
)
def test_a_visit_lies_inside_the_opening_hours(ccai, starts, ends, refused):
    rows = ccai.sittings()
    rows[1] |= {"starts": at(1, starts), "ends": at(1, ends)}
    made = ccai.make(sittings=rows)
    assert made.status_code == (409 if refused else 201), made.content
    if refused:
        assert len(made.json()["refusals"]) == refused
        assert clauses(made) == {"6.2.1.2.1"}
        assert not Plan.objects.exists()


def test_a_site_that_is_closed_that_day_or_whose_hours_nobody_knows(ccai):
    ccai.case.client.sites.update(opening_hours="周二至周五 09:00-17:30")
    assert clauses(ccai.make()) == {"6.2.1.2.1"}
    ccai.case.client.sites.update(opening_hours="")
    refused = ccai.make()
    assert refused.status_code == 409
    assert not Plan.objects.exists()


@pytest.mark.requirement("C-6.1.3")
def test_the_evaluation_does_not_come_before_the_capability_audit(ccai):
    first, second = ccai.sittings()
    second |= {"starts": at(0, "09:00"), "ends": at(0, "12:00")}
    assert clauses(ccai.make(sittings=[first, second])) == {"6.1.3"}


def test_the_leader_makes_it(ccai):
    refused = ccai.make(by=ccai.planner)
    assert clauses(refused) == {"6.1.3"}
    assert codes(ccai.make(by=ccai.client)) == ["not_planner_nor_leader"]


def test_open_points_of_the_documents_are_carried(program):
    one = Planned(program, "ccai", passed="basically_conform")
    review = DocumentReview.objects.create(
        case=one.case,
        number=1,
        step="document_review",
        outcome="basically_conform",
        reviewer=planner_of(one),
        reviewer_name="Planner",
        signed_at=NOON,
    )
    point = OpenPoint.objects.create(case=one.case, review=review, text="培训记录")
    assert clauses(one.make()) == {"6.2.1.1.3 2)"}
    assert one.make(carried=[point.pk]).status_code == 201


def planner_of(one):
    return Case.objects.get(pk=one.case.pk).programmes.get().by


@pytest.mark.requirement("C-6.2.2.3")
def test_a_mystery_visit_is_no_concern_of_the_clients_before_it_is_over(ecpsc):
    rows = ecpsc.sittings()
    rows.append({**rows[1], "hidden": True, "what": "神秘顾客报修"})
    made = ecpsc.make(sittings=rows)
    assert made.status_code == 201, made.content
    ecpsc.report()
    for address in (f"{ecpsc.at}/plans", f"{ecpsc.at}/record"):
        assert "神秘顾客" not in ecpsc.client.get(address).content.decode()
    answer = ecpsc.confirm()
    assert answer.status_code == 200
    assert "神秘顾客" not in answer.content.decode()
    assert "神秘顾客" in ecpsc.leader.get(f"{ecpsc.at}/plans").content.decode()

    past = {"starts": timezone.now() - timedelta(hours=2), "ends": timezone.now()}
    Plan.objects.get().sittings.filter(hidden=True).update(**past)
    assert "神秘顾客" in ecpsc.client.get(f"{ecpsc.at}/plans").content.decode()


def test_a_client_asks_for_another_date(ecpsc):
    ecpsc.make()
    wish = ecpsc.client.post(f"{ecpsc.at}/plans/wishes", {"text": "请改到周二"})
    assert wish.status_code == 201
    assert Plan.objects.get().wishes.get().text == "请改到周二"
    assert ecpsc.client.post(f"{ecpsc.at}/plans/wishes", {"text": " "}).status_code == 422
    for address, body in (("wishes", {"text": "x"}), ("confirm", {"plan": 1})):
        refused = ecpsc.leader.post(f"{ecpsc.at}/plans/{address}", body)
        assert codes(refused) == ["right_missing", "not_of_this_client"]


@pytest.mark.parametrize(
    ("changed", "where", "code"),
    [
        ({"step": "lunch"}, "step", "not_a_choice"),
        ({"site": 99}, "site", "no_such_site"),
        ({"people": ["nobody"]}, "people", "nobody_of_the_team"),
        ({"people": []}, "people", "nobody_of_the_team"),
        ({"ends": at(0, "09:00")}, "ends", "sitting_ends_before_it_begins"),
        ({"starts": at(-1, "09:00")}, "starts", "outside_the_teams_days"),
        ({"starts": at(3, "09:00"), "ends": at(3, "10:00")}, "starts", "outside_the_teams_days"),
    ],
)
def test_an_entry_that_cannot_be_names_its_place(ecpsc, changed, where, code):
    rows = ecpsc.sittings()
    rows[0] |= changed
    wrong = ecpsc.make(sittings=rows)
    assert [(one["where"], one["code"]) for one in wrong.json()["errors"]] == [
        (f"sittings[0].{where}", code)
    ]


def test_a_plan_does_not_lie_in_the_past_but_a_changed_one_keeps_what_was_done(ecpsc):
    for one in ecpsc.case.teams.all():
        one.first_day = timezone.localdate() - timedelta(days=9)
        one.save()
    past = (timezone.localtime() - timedelta(days=1)).replace(microsecond=0)
    rows = ecpsc.sittings()
    rows[0] |= {"starts": past.isoformat(), "ends": (past + timedelta(hours=1)).isoformat()}
    wrong = ecpsc.make(sittings=rows)
    assert [one["code"] for one in wrong.json()["errors"]] == ["in_the_past"]
    ecpsc.make()
    ecpsc.report()
    ecpsc.confirm()
    assert ecpsc.make(sittings=rows, reason="第二部分改期").status_code == 201


def test_contents_that_are_missing_or_unknown(ecpsc):
    assert clauses(ecpsc.make(said={"who": "组长"})) == {"7.2"}
    wrong = ecpsc.make(said={"weather": "晴"})
    assert [one["where"] for one in wrong.json()["errors"]] == ["said.weather"]
    assert [one["where"] for one in ecpsc.make(said={"who": " "}).json()["errors"]] == ["said.who"]
    assert [one["where"] for one in ecpsc.make(sittings=[]).json()["errors"]] == ["sittings"]


def test_nothing_is_planned_before_the_documents_have_passed(program):
    one = Planned(program, "ecpsc")
    one.case.steps_done.filter(step="document_review").delete()
    assert one.make().status_code == 409
    assert not Plan.objects.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "soon"])
def test_a_moment_that_is_none_of_our_time_names_its_place(ecpsc, moment):
    rows = ecpsc.sittings()
    rows[0]["starts"] = moment
    wrong = ecpsc.make(sittings=rows)
    assert [(one["where"], one["code"]) for one in wrong.json()["errors"]] == [
        ("sittings.0.starts", "must_be_moment")
    ]
