"""The jobs that there are: each app lists its own when it starts.

A job is a function that may be called again at any time: after a crash it simply is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often; ``work`` is told the time and returns how much it did."""

    name: str
    every: timedelta
    work: Callable[[datetime], int]


_jobs: dict[str, Job] = {}


def register(name: str, every: timedelta, work: Callable[[datetime], int]) -> None:
    """Add a job; two jobs of one name are a fault of the program."""
    job = Job(name, every, work)
    if _jobs.setdefault(name, job) != job:
        raise ValueError(f"two jobs are named '{name}'")


def jobs() -> list[Job]:
    """Return every job."""
    return list(_jobs.values())
