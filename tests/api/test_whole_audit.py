"""An audit as a whole by programs alone: from the signed contract to its end on site."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, localtime

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.cases.moving import done_in, open_in
from certbody.evaluation import rulebook
from certbody.planning.agreeing import contents_of, parts_of
from tests.evaluation.making import ANSWERS, MARK, process_of
from tests.planning.making import CODES, PROGRAMME, TEAM, auditor, contracted, planner

pytestmark = pytest.mark.django_db
PASSES = {"ecpsc": "passed", "ccai": "conform"}
DAYS = 5  # of the audit: enough for two auditors and the least time of these cases


class Play:
    """A case with a program for each of its people."""

    def __init__(self, program, scheme):
        self.case, self.scheme = contracted(scheme), scheme
        self.case.client.sites.update(opening_hours="每天 08:00-20:00")
        self.at = f"/cases/{self.case.number}"
        self.planner = program(planner())
        self.leader = program(auditor("leader", "senior"))
        self.second = program(auditor("second"))
        self.client = program(self.case.client.memberships.get().account)
        self.first = localdate()

    def day(self, number):
        return self.first + timedelta(days=number)

    def plan(self):
        """Settle programme and team, review the documents, agree on the plan."""
        given = {"given": PROGRAMME[self.scheme]}
        done(self.planner.post(f"{self.at}/programmes", {"competences": CODES, **given}), 201)
        days = {"first_day": str(self.first), "last_day": str(self.day(DAYS - 1))}
        roles = (("leader", "leader"), ("second", "auditor"))
        members = [{"login": login, "role": role} for login, role in roles]
        done(self.planner.post(f"{self.at}/teams", {**days, "members": members}), 201)
        done(self.planner.post(f"{self.at}/teams/confirm", {"given": TEAM[self.scheme]}))
        self.review_documents()
        contents = {one.id: "见安排" for one in contents_of(self.case)}
        covers = {"covers_scope": "true"} if self.scheme == "ccai" else {}
        body = {"sittings": self.sittings(), "said": contents, "given": covers}
        done(self.leader.post(f"{self.at}/plans", body), 201)
        because = {"not_reported_because": "平台停机"}
        done(self.planner.post(f"{self.at}/plans/report", because))
        done(self.client.post(f"{self.at}/plans/confirm", {"plan": 1}))

    def sittings(self):
        return [
            {
                "step": step.id,
                "site": 1,
                "starts": f"{self.day(number)}T09:00",
                "ends": f"{self.day(number)}T17:00",
                "people": ["leader", "second"],
            }
            for number, step in enumerate(parts_of(self.case))
        ]

    def review_documents(self):
        points = rulebook.points_of_review(self.case)
        found = {one.id: {"met": True, "finding": "已核对"} for one in points}
        body = {"findings": found, "outcome": PASSES[self.scheme]}
        done(self.leader.post(f"{self.at}/document-reviews", body))

    def work(self, step):
        """Do the work of a step that comes after the plan."""
        if step.work == "scheme":
            body = {"content": "抽查三十份记录", "pass_mark": MARK}
            done(self.leader.post(f"{self.at}/evaluation-schemes", body))
        if step.work == "assessment":
            self.assess(step)
        if step.work == "corrections":
            body = {"outcome": "nothing_to_correct"}
            done(self.leader.post(f"{self.at}/corrections/{step.id}", body))

    def assess(self, step):
        part = f"{self.at}/parts/{step.id}"
        done(self.leader.post(f"{part}/start", {"given": ANSWERS}))
        leaves = rulebook.criteria_of(self.case, step)
        rows = [{"criterion": leaf.id, "value": "met", "note": "查看记录"} for leaf in leaves]
        half = len(rows) // 2  # each of the two assesses a half
        for by, own in ((self.leader, rows[:half]), (self.second, rows[half:])):
            if own:
                done(by.put(f"{part}/results", {"results": own}))
        for item in rulebook.elements_of(self.case, step):
            done(self.leader.put(f"{part}/elements/{item.id}", {"finding": "符合"}))
        if not rows:
            sample = {
                "what": "维修记录",
                "taken_at": f"{localtime():%Y-%m-%dT%H:%M}",
                "conforms": True,
            }
            done(self.second.post(f"{part}/samples", sample), 201)
        body = {"outcome": "passed", "given": {"whole_process": "true"}}
        done(self.leader.post(f"{part}/end", body))

    def note_time(self):
        step = parts_of(self.case)[-1].id
        for number in range(DAYS):
            for login in ("leader", "second"):
                person = Account.objects.get(login=login).pk
                day = str(localdate() - timedelta(days=number))
                body = {"person": person, "step": step, "day": day, "man_days": "1"}
                done(self.leader.put(f"{self.at}/time", body))


def done(answer, status=200):
    assert answer.status_code == status, answer.content.decode()


@pytest.mark.requirement("P-I1")
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_from_the_signed_contract_to_the_end_of_the_audit(program, scheme):
    play = Play(program, scheme)
    play.plan()
    for name in process_of(play.case).order():
        if name in open_in(play.case, done_in(play.case)):
            play.work(process_of(play.case).step(name))
    play.note_time()
    done(play.leader.post(f"{play.at}/end-audit"))
    play.case.refresh_from_db()
    assert play.case.state == State.AUDITED
