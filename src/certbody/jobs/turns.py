"""Running what is due, once, however many workers there are.

A worker takes a job by moving its due time on, in one statement that only one of them can win. A
worker that dies in a job has moved it on already: the job comes again at its next time, so a job
must bear being cut off and being run again.
"""

import logging
from datetime import datetime

from django.utils import timezone

from certbody.jobs.jobs import Job, jobs
from certbody.jobs.models import Turn

_log = logging.getLogger(__name__)


def run_due(now: datetime) -> list[str]:
    """Run every job that is due and not taken by another worker; return their names."""
    turns = {turn.job: turn.due_at for turn in Turn.objects.all()}
    new = [job for job in jobs() if job.name not in turns]
    if new:
        first = [Turn(job=job.name, due_at=now) for job in new]
        Turn.objects.bulk_create(first, ignore_conflicts=True)
    due = [job for job in jobs() if turns.get(job.name, now) <= now]
    return [job.name for job in due if _taken(job, turns.get(job.name, now), now) and _run(job)]


def _taken(job: Job, seen: datetime, now: datetime) -> bool:
    """Take a job; false where another worker was quicker."""
    mine = Turn.objects.filter(job=job.name, due_at=seen)
    return mine.update(due_at=now + job.every) == 1


def _run(job: Job) -> bool:
    """Run a job; a failure is told in the log of the server and in the job's row."""
    did, failure = 0, ""
    try:
        did = job.work(timezone.now())
    except Exception as error:  # noqa: BLE001  whatever it is, the other jobs go on
        _log.exception("the job '%s' failed", job.name)
        failure = f"{type(error).__name__}: {error}"
    Turn.objects.filter(job=job.name).update(ran_at=timezone.now(), did=did, failure=failure)
    return True
