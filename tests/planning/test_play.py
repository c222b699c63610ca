"""Programme and team by a program: what the rulebook asks, and every reason against."""

from datetime import timedelta

import pytest

from certbody.accounts.roles import Role
from certbody.cases.models import Assignment, State
from certbody.cases.moving import done_in
from certbody.personnel.models import Interest, Qualification
from certbody.planning.models import Team
from certbody.records.reading import events_of, told
from tests.people import LONG_AGO, open_account
from tests.planning.making import CODES, FIRST, LAST, PROGRAMME, TEAM, auditor, contracted, planner

pytestmark = pytest.mark.django_db
SCHEMES = ["ecpsc", "ccai"]


def settled(program, case, scheme, **more):
    body = {"competences": CODES, "given": PROGRAMME[scheme], **more}
    return program.post(f"/cases/{case.number}/programmes", body)


def proposed(program, case, *members, first=FIRST, last=LAST):
    rows = [
        {"login": login, "role": role, "under": under[0] if under else ""}
        for login, role, *under in members
    ]
    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    return program.post(f"/cases/{case.number}/teams", {**days, "members": rows})


def confirmed(program, case, scheme):
    return program.post(f"/cases/{case.number}/teams/confirm", {"given": TEAM[scheme]})


def codes(answer):
    return {one["code"] for one in answer.json()["refusals"]}


def clauses(answer):
    return {one["clause"] for one in answer.json()["refusals"]}


@pytest.mark.requirement("P-I1", "E-7.1.3a", "C-6.1.2")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_from_the_contract_to_a_confirmed_team(program, scheme):
    case, by = contracted(scheme, sites=3), program(planner())
    leader, second = auditor("leader", "senior"), auditor("second")

    made = settled(by, case, scheme)
    assert made.status_code == 201, made.content
    assert len(made.json()["sites"]) == 3
    assert made.json()["time"]["steps"]
    assert proposed(by, case, ("leader", "leader"), ("second", "auditor")).status_code == 201
    done = confirmed(by, case, scheme)
    assert done.status_code == 200, done.content

    case.refresh_from_db()
    assert case.state == State.CONTRACTED
    team = next(name for name in done_in(case) if name == "team")
    assert team
    assert set(Assignment.objects.filter(until=None).values_list("account", "part")) == {
        (leader.pk, "leader"),
        (second.pk, "auditor"),
    }
    assert program(second).get(f"/cases/{case.number}").status_code == 200
    sentence = next(iter(told(events_of(case.stream, for_client=True), "zh"))).sentence
    assert "Leader、Second" in sentence


@pytest.mark.requirement("E-7.1.2c")
def test_a_reduction_of_31_percent_is_refused_with_its_clause(program):
    case, by = contracted("ecpsc"), program(planner())
    given = {"reduce": "31%", "reason": "单一服务类型"}
    refused = settled(by, case, "ecpsc", given=given)
    assert refused.status_code == 409
    assert "附件一 三.2" in str(clauses(refused))
    assert not case.programmes.exists()
    assert settled(by, case, "ecpsc", given={**given, "reduce": "30%"}).status_code == 201


@pytest.mark.requirement("C-6.4.1", "C-6.4.1b", "C-6.4.2")
class TestSites:
    """Which sites are visited, of twenty-six: the head office and twenty-five others."""

    CONDITIONS = {"conditions": ["all"]}

    @pytest.fixture
    def case(self):
        return contracted("ccai", sites=26)

    def sites(self, program, case, seed="2026", given=None):
        body = {**PROGRAMME["ccai"], **(self.CONDITIONS if given is None else given)}
        made = settled(program, case, "ccai", seed=seed, given=body)
        assert made.status_code == 201, made.content
        return made.json()["sites"]

    def test_a_sample_is_drawn_and_the_same_seed_draws_it_again(self, program, case):
        by = program(planner())
        first = self.sites(by, case)
        assert [one["why"] for one in first].count("drawn") == 5
        assert [one["why"] for one in first].count("head_office") == 1
        assert self.sites(by, case) == first
        assert self.sites(by, case, seed="another") != first
        assert case.programmes.count() == 3

    def test_large_and_small_ones_are_seen(self, program, case):
        for number, site in enumerate(case.client.sites.exclude(head_office=True)):
            site.people = 100 - number
            site.save()
        found = self.sites(program(planner()), case)
        people = {site.name: site.people or 0 for site in case.client.sites.all()}
        drawn = [people[one["site"]] for one in found if one["why"] == "drawn"]
        assert [(100 - one) // 5 for one in drawn] == [0, 1, 2, 3, 4]

    def test_without_the_conditions_every_site_is_visited(self, program, case):
        found = self.sites(program(planner()), case, given={"conditions": ["same_service"]})
        assert {one["why"] for one in found} == {"head_office", "all"}
        assert len(found) == 26

    def test_franchise_outlets_and_subsidiaries_are_never_sampled(self, program, case):
        for site, kind in zip(
            case.client.sites.filter(head_office=False)[:2],
            ("franchise", "subsidiary"),
            strict=True,
        ):
            site.kind = kind
            site.save()
        why = [one["why"] for one in self.sites(program(planner()), case)]
        assert (why.count("never_sampled"), why.count("drawn")) == (2, 5)

    def test_a_planner_adds_a_site_with_a_reason(self, program, case):
        by, body = program(planner()), {**PROGRAMME["ccai"], **self.CONDITIONS}
        without = {"added": [{"site": 26, "reason": " "}], "given": body, "seed": "2026"}
        wrong = settled(by, case, "ccai", **without)
        assert [one["where"] for one in wrong.json()["errors"]] == ["added[0].reason"]
        sites = {site.name: site.number for site in case.client.sites.all()}
        drawn = {sites[one["site"]] for one in self.sites(by, case)}
        extra = next(number for number in range(2, 27) if number not in drawn)
        more = {**without, "added": [{"site": extra, "reason": "新开业"}]}
        found = settled(by, case, "ccai", **more).json()["sites"]
        assert [(one["why"], one["reason"]) for one in found if one["reason"]] == [
            ("chosen", "新开业")
        ]
        gone = settled(by, case, "ccai", **{**more, "added": [{"site": 99, "reason": "x"}]})
        assert [one["code"] for one in gone.json()["errors"]] == ["no_such_site"]


class TestTeam:
    """Everything that keeps a team from being confirmed."""

    @pytest.fixture
    def case(self):
        return contracted("ecpsc")

    @pytest.fixture
    def by(self, program, case):
        one = program(planner())
        assert settled(one, case, "ecpsc").status_code == 201
        auditor("leader", "senior")
        return one

    def refused(self, by, case, *members, **days):
        assert proposed(by, case, *members, **days).status_code == 201
        answer = confirmed(by, case, "ecpsc")
        assert answer.status_code == 409
        assert not Assignment.objects.exists()
        return answer

    @pytest.mark.requirement("E-7.1.3a")
    def test_a_registration_that_ends_on_day_two(self, by, case):
        auditor("second", until=FIRST + timedelta(days=1))
        answer = self.refused(by, case, ("leader", "leader"), ("second", "auditor"))
        assert any("7.1.3(1)" in str(one["clause"]) for one in answer.json()["refusals"])
        assert proposed(
            by, case, ("leader", "leader"), ("second", "auditor"), last=FIRST + timedelta(days=1)
        )
        assert confirmed(by, case, "ecpsc").status_code == 200

    @pytest.mark.requirement("E-7.1.3b")
    def test_a_code_that_nobody_covers_and_two_leaders(self, by, case):
        auditor("second")
        Qualification.objects.filter(kind="competence").delete()
        answer = self.refused(by, case, ("leader", "leader"), ("second", "leader"))
        assert len(answer.json()["refusals"]) == 2

    @pytest.mark.requirement("E-7.1.3c")
    def test_an_expert_works_under_an_auditor_and_does_not_audit(self, by, case):
        auditor("expert", "")
        days = {"first_day": FIRST.isoformat(), "last_day": LAST.isoformat()}
        rows = [
            {"login": "leader", "role": "leader"},
            {"login": "expert", "role": "technical_expert", "audits": True},
        ]
        body = {**days, "members": rows}
        assert by.post(f"/cases/{case.number}/teams", body).status_code == 201
        answer = confirmed(by, case, "ecpsc")
        assert {one["clause"] for one in answer.json()["refusals"]} == {"7.1.3(3)"}
        assert len(answer.json()["refusals"]) == 2
        proposed(by, case, ("leader", "leader"), ("expert", "technical_expert", "leader"))
        assert confirmed(by, case, "ecpsc").status_code == 200

    @pytest.mark.requirement("P-P2")
    def test_a_past_consultant_of_the_client(self, by, case):
        second = auditor("second")
        Interest.objects.create(
            account=second,
            client=case.client,
            kind="consultancy",
            since=LONG_AGO,
            until=FIRST - timedelta(days=300),
        )
        answer = self.refused(by, case, ("leader", "leader"), ("second", "auditor"))
        assert "4.2" in str(answer.json()["refusals"][0]["clause"])

    def test_a_team_without_members_or_in_the_wrong_order_of_days(self, by, case):
        assert [one["where"] for one in proposed(by, case).json()["errors"]] == ["members"]
        wrong = proposed(by, case, ("leader", "leader"), last=FIRST - timedelta(days=1))
        assert [one["where"] for one in wrong.json()["errors"]] == ["last_day"]

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (("nobody", "auditor"), "not_of_the_staff"),
            (("leader", "auditor"), "in_the_team_twice"),
            (("second", "cook"), "not_a_choice"),
            (("second", "auditor", "nobody"), "not_an_auditor"),
            (("second", "auditor", "second"), "not_an_auditor"),
        ],
    )
    def test_a_row_that_cannot_be_names_its_place(self, by, case, row, code):
        auditor("second")
        wrong = proposed(by, case, ("leader", "leader"), row)
        assert wrong.status_code == 422
        assert [one["code"] for one in wrong.json()["errors"]] == [code]
        assert wrong.json()["errors"][0]["where"].startswith("members[1]")

    def test_who_leaves_the_team_loses_the_case(self, program, by, case):
        second, third = auditor("second"), auditor("third")
        proposed(by, case, ("leader", "leader"), ("second", "auditor"))
        confirmed(by, case, "ecpsc")
        proposed(by, case, ("leader", "leader"), ("third", "auditor"))
        assert program(second).get(f"/cases/{case.number}").status_code == 200
        assert confirmed(by, case, "ecpsc").status_code == 200
        assert Team.objects.filter(confirmed_at__isnull=False, superseded_at=None).count() == 1
        assert program(third).get(f"/cases/{case.number}").status_code == 200

    def test_a_new_programme_asks_for_the_team_again(self, by, case):
        proposed(by, case, ("leader", "leader"))
        assert confirmed(by, case, "ecpsc").status_code == 200
        assert "team" in done_in(case)
        assert settled(by, case, "ecpsc", competences=["SC03", "SC09"]).status_code == 201
        assert "team" not in done_in(case)
        proposed(by, case, ("leader", "leader"))
        assert confirmed(by, case, "ecpsc").status_code == 409

    def test_nothing_is_confirmed_that_was_not_proposed(self, by, case):
        assert codes(confirmed(by, case, "ecpsc")) == {"no_team_proposed"}


def test_a_team_needs_a_programme_first(program):
    case, by = contracted("ecpsc"), program(planner())
    auditor("leader")
    assert proposed(by, case, ("leader", "leader")).status_code == 201
    refused = confirmed(by, case, "ecpsc")
    assert "step_not_reached" in codes(refused) or refused.status_code == 409


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPLICATION_REVIEWER, Role.CLIENT])
def test_only_planners_plan(program, role):
    case = contracted("ecpsc")
    refused = settled(program(open_account("other", role)), case, "ecpsc")
    assert refused.status_code in {403, 404, 409}
    assert not case.programmes.exists()


def test_a_case_without_a_contract_is_not_planned(program):
    case, by = contracted("ecpsc"), program(planner())
    type(case).objects.update(state=State.ACCEPTED)
    assert "not_being_planned" in codes(settled(by, case, "ecpsc"))
