"""Writing events: with what they tell of, in the words of their kind, by people who may leave."""

import json
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from certbody.accounts.roles import Role
from certbody.records.models import Event, Seal, Unsealed
from certbody.records.reading import events_of, told
from certbody.records.sealing import seal
from certbody.records.verify import verify
from certbody.records.writing import record
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner():
    return open_account("planner", Role.PLANNER)


def assigned(by, **facts):
    given = {"person": "Xu", "part": "leader", **facts}
    return record("case.assigned", stream="case:7", by=by, at=NOON, clause="7.3", **given)


@pytest.mark.requirement("P-K1")
def test_an_event_says_who_when_what_and_by_which_clause(planner):
    event = assigned(planner)

    text = json.loads(event.text)
    assert text["actor"] == {"id": planner.pk, "name": "Planner"}
    assert (text["at"], text["clause"]) == ("2026-06-30T04:00:00+00:00", "7.3")
    (line,) = told([event], "en")
    assert line.sentence == "Planner assigned Xu to the case: leader"


def test_a_moment_is_the_same_in_every_zone(planner):
    shanghai = NOON.astimezone(ZoneInfo("Asia/Shanghai"))
    facts = {"person": "", "part": ""}
    event = record("case.assigned", stream="case:7", by=planner, at=shanghai, **facts)
    assert json.loads(event.text)["at"] == "2026-06-30T04:00:00+00:00"
    assert verify().faults == []


def test_a_kind_that_nobody_lists_is_not_written(planner):
    with pytest.raises(LookupError, match=r"case\.forgotten"):
        record("case.forgotten", stream="case:7", by=planner, at=NOON)
    assert not Event.objects.exists()


def test_a_fact_that_the_sentence_names_is_not_left_out(planner):
    with pytest.raises(ValueError, match="part, person"):
        record("case.assigned", stream="case:7", by=planner, at=NOON)
    assert not Event.objects.exists()


@pytest.mark.requirement("P-K1")
def test_events_outlive_the_account(planner):
    assigned(planner)
    planner.is_active = False
    planner.name = "Somebody Else"
    planner.save()

    (line,) = told(events_of("case:7"), "en")
    assert line.actor == "Planner"
    planner.grants.all().delete()
    planner.delete()
    (line,) = told(events_of("case:7"), "zh")
    assert line.sentence == "Planner指派 Xu 参与本案：leader"
    assert verify().faults == []


def test_what_is_undone_leaves_no_event(planner):
    with transaction.atomic():
        assigned(planner)
        transaction.set_rollback(True)
    assert (Event.objects.count(), Unsealed.objects.count()) == (0, 0)
    assert assigned(planner).number == 1


def test_sealing_takes_what_waits_in_portions(planner, monkeypatch):
    monkeypatch.setattr("certbody.records.sealing._AT_ONCE", 3)
    for _ in range(7):
        assigned(planner)

    assert seal() == 7
    assert seal() == 0
    assert [len(json.loads(one.text)["events"]) for one in Seal.objects.order_by("number")] == [
        3,
        3,
        1,
    ]


@pytest.mark.django_db(transaction=True)
class TestCommitted:
    """What happens at the commit itself."""

    def test_an_event_is_sealed_right_after_its_commit(self, planner):
        with transaction.atomic():
            assigned(planner)
            assert not Seal.objects.exists()
        assert (Seal.objects.count(), Unsealed.objects.count()) == (1, 0)

    def test_an_event_is_written_with_what_it_tells_of_or_not_at_all(self, planner):
        with pytest.raises(transaction.TransactionManagementError):
            assigned(planner)
        assert not Event.objects.exists()

    def test_an_act_stands_even_if_sealing_fails(self, planner, monkeypatch, caplog):
        with monkeypatch.context() as patch, transaction.atomic():
            patch.setattr("certbody.records.sealing._one_seal", lambda: 1 / 0)
            assigned(planner)
            caplog.set_level("CRITICAL")
        assert Event.objects.count() == 1

    def test_what_was_left_unsealed_is_taken_by_the_next(self, planner):
        with transaction.atomic():
            event = assigned(planner)
            transaction.get_connection().run_on_commit.clear()  # as if the server died right here
        assert Unsealed.objects.get().event_id == event.pk

        with transaction.atomic():
            assigned(planner)
        assert not Unsealed.objects.exists()
        assert verify().faults == []

    def test_verifying_sees_one_moment_and_stops_no_writer(self, planner):
        with transaction.atomic():
            assigned(planner)
        assert verify().events == 1
        with transaction.atomic():
            assigned(planner)
        assert (verify().events, verify().faults) == (2, [])
