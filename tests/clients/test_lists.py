"""The lists of the register: replaced as a whole, nothing lost, every fault at once."""

from datetime import date

import pytest

from certbody.accounts.roles import Role
from certbody.clients.facts import facts_of
from certbody.clients.models import Client, Incident, Licence, ServiceManager, Site
from certbody.clients.rows import ROWS_AT_MOST
from certbody.clients.transitions.lists import (
    set_incidents,
    set_licences,
    set_managers,
    set_sites,
)
from certbody.records.reading import events_of
from certbody.rules.terms import BadInput, Refused
from certbody.words.rendering import plain_problem
from tests.clients.making import site, sites
from tests.people import NOON, open_account, organisation_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)
LICENCE = {"name": "特种设备许可", "number": "TS-1", "valid_until": "2027-06-30"}
INCIDENT = {
    "kind": "safety",
    "date": "2025-03-01",
    "what": "安装事故",
    "major": "false",
    "closed": "true",
}
MANAGER = {"name": "赵敏", "certificate_number": "SM-001", "valid_until": "2027-01-31"}


@pytest.fixture
def applicant():
    return open_account("applicant", Role.CLIENT)


@pytest.fixture
def organisation(applicant) -> Client:
    return organisation_of(applicant)


@pytest.fixture
def put(applicant, organisation):
    def act(transition, rows, **more):
        return transition(client=organisation.pk, rows=rows, by=applicant, at=NOON, **more)

    return act


def faults_of(put, transition, rows) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as bad:
        put(transition, rows)
    for problem in bad.value.problems:
        zh, en = (str(plain_problem(problem, language)["message"]) for language in ("zh", "en"))
        assert zh != en
        assert "_" not in en  # columns by their words, not by their names
    return [(one.where, one.code) for one in bad.value.problems]


@pytest.mark.requirement("E-6.2.2B")
def test_a_list_of_38_sites_is_kept_in_its_order(put, organisation):
    put(set_sites, [*sites(36), site(37, kind="franchise"), site(38, kind="franchise")])
    assert organisation.sites.count() == 38
    assert organisation.sites.filter(kind=Site.Kind.FRANCHISE).count() == 2
    assert organisation.sites.get(head_office=True).number == 1
    assert facts_of(organisation, TODAY)["sites"] == 38


def test_the_longest_list_is_taken_and_a_longer_one_refused(put, organisation):
    put(set_sites, sites(ROWS_AT_MOST))
    assert organisation.sites.count() == ROWS_AT_MOST == 1000
    assert faults_of(put, set_sites, sites(ROWS_AT_MOST + 1)) == [("sites", "too_many_rows")]


@pytest.mark.requirement("E-6.2.2B")
def test_every_fault_has_its_row_and_column_and_nothing_is_kept(put, organisation):
    rows = [
        site(1),
        site(2, address=""),
        site(3, kind="总店", people="十", head_office="也许"),
        site(4, head_office="true", opening_hours="9:00-18:00"),
        site(1, head_office="false"),
    ]
    assert faults_of(put, set_sites, rows) == [
        ("sites.2.address", "missing_input"),
        ("sites.3.kind", "not_a_choice"),
        ("sites.3.head_office", "not_yes_or_no"),
        ("sites.3.people", "not_a_count"),
        ("sites.4.opening_hours", "hours_no_days"),
        ("sites.4.head_office", "one_head_office"),
        ("sites.5.name", "row_doubled"),
    ]
    assert not organisation.sites.exists()
    assert not events_of(organisation.stream).exists()


def test_one_site_is_the_head_office(put):
    found = faults_of(put, set_sites, [site(2), site(3)])
    assert found == [("sites.1.head_office", "no_head_office")]


def test_the_same_site_in_other_letters_is_doubled(put):
    rows = [site(1, name="Ａ 店", address="1 号"), site(2, name="a店", address="１号")]
    assert faults_of(put, set_sites, rows) == [("sites.2.name", "row_doubled")]


def test_choices_and_flags_are_read_in_both_languages(put, organisation):
    put(set_sites, [site(1, kind="自有场所", head_office="是"), site(2, kind="Franchise outlet")])
    assert [one.kind for one in organisation.sites.all()] == ["own", "franchise"]


def test_the_same_list_again_changes_and_writes_nothing(put, organisation):
    put(set_sites, sites(3))
    put(set_sites, sites(3))
    assert organisation.sites.count() == 3
    assert events_of(organisation.stream).count() == 1


def test_a_site_that_is_gone_is_closed_and_one_that_comes_back_is_the_same(put, organisation):
    second = put(set_sites, sites(3))[1]
    put(set_sites, [site(1), site(3)])
    kept = organisation.sites.get(pk=second.pk)
    assert (kept.closed_on, kept.number) == (TODAY, 2)
    assert facts_of(organisation, TODAY)["sites"] == 2

    put(set_sites, [site(1), site(3), site(2), site(4)])
    kept.refresh_from_db()
    assert kept.closed_on is None
    assert sorted(organisation.sites.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_site_with_its_number_may_get_another_name(put, organisation):
    before = put(set_sites, sites(2))[1]
    put(set_sites, [site(1), site(2, number="2", name="新名", address="新址 9 号")])
    assert organisation.sites.get(pk=before.pk).name == "新名"
    assert organisation.sites.count() == 2


def test_a_number_that_no_site_has_is_a_fault(put):
    assert faults_of(put, set_sites, [site(1, number="7")]) == [
        ("sites.1.number", "number_unknown")
    ]
    put(set_sites, sites(2))
    rows = [site(1, number="1"), site(3, number="1")]
    assert faults_of(put, set_sites, rows) == [("sites.2.number", "row_doubled")]


def test_the_head_office_moves(put, organisation):
    put(set_sites, sites(3))
    put(set_sites, [site(1, head_office="false"), site(2), site(3, head_office="true")])
    assert organisation.sites.get(head_office=True).number == 3


def test_opening_hours_are_kept_by_weekday(put):
    one = put(set_sites, [site(1, opening_hours="Mon-Fri 9:00–12:00, 13:00-18:00")])[0]
    assert one.opening_hours == "周一至周五 09:00-12:00, 13:00-18:00"
    assert one.hours.days[0] == ((540, 720), (780, 1080))


@pytest.mark.requirement("E-6.1.2")
def test_licences_end_on_a_day_or_say_that_they_do_not(put):
    rows = [
        LICENCE,
        {"name": "营业执照", "no_end": "true"},
        {"name": "卫生许可", "held": "false"},
        {"name": "道路运输许可"},
        {**LICENCE, "number": "TS-2", "no_end": "true"},
        {**LICENCE, "number": "TS-3", "valid_until": "2027-02-30"},
        LICENCE,
    ]
    assert faults_of(put, set_licences, rows) == [
        ("licences.4.valid_until", "licence_without_end"),
        ("licences.5.valid_until", "end_and_no_end"),
        ("licences.6.valid_until", "not_a_date"),
        ("licences.7.name", "row_doubled"),
    ]


@pytest.mark.parametrize(
    "typed", ["2027-6-30", "2027/06/30", "2027年6月30日", "２０２７．６．３０"]
)
def test_a_day_is_read_as_people_write_it(put, typed):
    one = put(set_licences, [{**LICENCE, "valid_until": typed}])[0]
    assert one.valid_until == date(2027, 6, 30)


def test_a_licence_off_the_list_is_kept_and_no_longer_told(put, organisation):
    one = put(set_licences, [LICENCE, {"name": "营业执照", "no_end": "true"}])[0]
    put(set_licences, [{"name": "营业执照", "no_end": "true"}])
    assert Licence.objects.get(pk=one.pk).removed_on == TODAY
    assert [row["name"] for row in facts_of(organisation, TODAY)["licences"]] == ["营业执照"]

    put(set_licences, [LICENCE])
    assert Licence.objects.get(pk=one.pk).removed_on is None


@pytest.mark.requirement("E-6.1.5")
def test_an_incident_says_whether_it_is_major_and_dealt_with(put, organisation):
    silent = {**INCIDENT, "major": "", "closed": ""}
    assert faults_of(put, set_incidents, [silent]) == [
        ("incidents.1.major", "missing_input"),
        ("incidents.1.closed", "missing_input"),
    ]
    penalty = {**INCIDENT, "kind": "penalty", "date": "2026-01-05", "what": "罚款"}
    put(set_incidents, [INCIDENT, penalty])
    facts = facts_of(organisation, TODAY)
    assert facts["incidents"] == [
        {"date": "2025-03-01", "kind": "safety", "major": False, "closed": True}
    ]
    assert facts["penalties"] == [{"day": "2026-01-05"}]
    assert facts_of(organisation, date(2026, 1, 4))["penalties"] == []


def test_an_incident_that_is_taken_off_stays_for_the_body(put):
    one = put(set_incidents, [INCIDENT])[0]
    put(set_incidents, [])
    assert Incident.objects.get(pk=one.pk).removed_on == TODAY


@pytest.mark.requirement("E-4.2")
def test_service_managers_have_a_certificate_with_its_last_day(put, organisation):
    rows = [MANAGER, {**MANAGER, "name": "钱进"}, {"name": "孙立"}]
    assert faults_of(put, set_managers, rows) == [
        ("managers.2.certificate_number", "row_doubled"),
        ("managers.3.certificate_number", "missing_input"),
        ("managers.3.valid_until", "missing_input"),
    ]
    put(set_managers, [MANAGER])
    assert facts_of(organisation, TODAY)["service_managers"] == [MANAGER]
    put(set_managers, [{**MANAGER, "name": "赵敏敏"}])
    assert ServiceManager.objects.get().name == "赵敏敏"


@pytest.mark.parametrize("transition", [set_sites, set_licences, set_incidents, set_managers])
def test_lists_are_replaced_by_members_with_the_right_and_by_nobody_else(
    organisation, transition, put
):
    stranger = open_account("stranger", Role.CLIENT)
    reviewer = open_account("reviewer", Role.APPLICATION_REVIEWER)
    for by in (stranger, reviewer):
        with pytest.raises(Client.DoesNotExist):
            transition(client=organisation.pk, rows=[], by=by, at=NOON)
    put(transition, [])
    with pytest.raises(Refused) as refused:
        put(transition, [], seen=99)
    assert [one.code for one in refused.value.refusals] == ["register_changed_meanwhile"]
