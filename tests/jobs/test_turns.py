"""Jobs: each runs when it is due, once, whatever happens to the one before."""

from datetime import timedelta
from threading import Event

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from certbody.accounts.roles import Role
from certbody.api.models import IdempotencyKey
from certbody.jobs import jobs as registry
from certbody.jobs.jobs import Job, jobs, register
from certbody.jobs.models import Turn
from certbody.jobs.own import drop_keys, drop_sessions, seal_leftovers, write_head_down
from certbody.jobs.turns import run_due
from certbody.jobs.worker import work
from certbody.records.heads import FILE, written_in
from certbody.records.sealing import seal
from certbody.records.verify import head, verify
from certbody.records.writing import record
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ran(monkeypatch):
    """The times at which the one job that there is was run."""
    times = []

    def count(now):
        times.append(now)
        return len(times)

    job = Job("count", HOUR, count)
    monkeypatch.setattr(registry, "_jobs", {"count": job})
    return times


def test_a_job_runs_at_once_and_then_at_its_times(ran):
    assert run_due(NOON) == ["count"]
    assert run_due(NOON + HOUR / 2) == []
    assert run_due(NOON + HOUR) == ["count"]
    assert len(ran) == 2
    assert Turn.objects.get().did == 2


def test_of_two_workers_one_runs_it(ran, monkeypatch):
    run_due(NOON)
    due = Turn.objects.get().due_at
    taken = Turn.objects.filter(due_at=due).update

    def other_is_quicker(*_, **__):
        taken(due_at=due + HOUR)
        return 0

    monkeypatch.setattr("django.db.models.query.QuerySet.update", other_is_quicker)
    assert run_due(due) == []
    assert len(ran) == 1


def test_a_failing_job_is_told_and_stops_no_other(monkeypatch, caplog):
    both = {
        "bad": Job("bad", HOUR, lambda _: 1 // 0),
        "good": Job("good", HOUR, lambda _: 3),
    }
    monkeypatch.setattr(registry, "_jobs", both)
    caplog.set_level("CRITICAL")

    run_due(NOON)

    assert "ZeroDivisionError" in Turn.objects.get(job="bad").failure
    assert (Turn.objects.get(job="good").did, Turn.objects.get(job="good").failure) == (3, "")


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_due_until_it_is_told_to_stop(monkeypatch):
    stop = Event()

    def tell(_):
        stop.set()
        return 1

    job = Job("stop", HOUR, tell)
    monkeypatch.setattr(registry, "_jobs", {"stop": job})

    work(stop)

    assert Turn.objects.get().did == 1


def test_no_two_jobs_have_one_name():
    name = jobs()[0].name
    with pytest.raises(ValueError, match=name):
        register(name, HOUR, lambda _: 0)


def test_every_job_there_is_runs_on_an_empty_installation():
    assert run_due(NOON) == [job.name for job in jobs()]
    assert set(Turn.objects.values_list("failure", flat=True)) == {""}


def noted():
    planner = open_account("planner", Role.PLANNER)
    record("case.assigned", stream="case:1", by=planner, at=NOON, person="Xu", part="leader")


@pytest.mark.requirement("P-K1")
def test_what_a_dead_server_left_unsealed_is_sealed():
    noted()
    assert verify().unsealed == 1
    assert seal_leftovers(NOON) == 1
    assert verify().unsealed == 0


@pytest.mark.requirement("P-K1")
def test_the_head_is_written_down_once_a_change(settings, tmp_path):
    settings.DATA = tmp_path
    assert write_head_down(NOON) == 0  # nothing to write down yet
    noted()
    seal()

    assert write_head_down(NOON) == 1
    assert write_head_down(NOON + HOUR) == 0
    assert list(written_in(tmp_path / FILE)) == [head()]
    assert (tmp_path / FILE).read_text() == f"2026-06-30\t1\t{head()}\n"


def test_a_file_of_heads_that_was_meddled_with_is_told(tmp_path):
    (tmp_path / FILE).write_text("2026-06-30\t1\tabc\n")
    with pytest.raises(ValueError, match="no head of the log"):
        list(written_in(tmp_path / FILE))


def test_expired_sessions_go():
    now = timezone.now()
    for name, ends in (("old", now - HOUR), ("new", now + HOUR)):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    assert drop_sessions(now) == 1
    assert Session.objects.get().session_key == "new"


def test_old_keys_of_the_api_go():
    account = open_account("program", Role.CLIENT)
    made = [IdempotencyKey.objects.create(account=account, key=key) for key in ("old", "new")]
    now = timezone.now()
    IdempotencyKey.objects.filter(pk=made[0].pk).update(made_at=now - timedelta(days=31))

    assert drop_keys(now) == 1
    assert IdempotencyKey.objects.get().key == "new"
