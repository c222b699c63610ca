"""``make bench``: pages and saves of the office with 100 and with 10,000 cases, beside floors.

The floor of a page is a page with one indexed query and ten lines, behind the same door, session
and middleware; the floor of a save is one bare committed insert. Works and floors take turns in
one process, so ratios hold on any machine. Nothing here fails: these are measurements, not tests.

Cases are written as rows here, in bulk: how quickly pages are does not depend on how they came.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from certbody.config.installation import made

SIZES = (100, 10_000)
ROUNDS = 100
WARM = 5


def main() -> None:
    """Measure on an installation of its own, or on the database that DATABASE_URL names."""
    with tempfile.TemporaryDirectory(prefix="certbody-bench-") as data:
        made(Path(data))
        os.chdir(data)
        from django.conf import settings  # noqa: PLC0415  there are settings only now

        settings.ROOT_URLCONF = "floor"
        settings.ALLOWED_HOSTS = ["testserver"]
        import population  # noqa: PLC0415  its models need the settings

        print(f"{'what':<28}{'cases':>8}{'p50 ms':>9}{'p99 ms':>9}{'floor p50':>11}{'x floor':>9}")
        for size in SIZES:
            population.grow_to(size)
            for name, work, floor in population.works():
                _compare(name, size, work, floor)


def _compare(name: str, size: int, work: Callable[[], object], floor: Callable[[], object]) -> None:
    own, least = _in_turn(work, floor)
    middle, base = statistics.median(own), statistics.median(least)
    worst = statistics.quantiles(own, n=100)[-1]
    print(
        f"{name:<28}{size:>8}{middle * 1000:>9.1f}{worst * 1000:>9.1f}"
        f"{base * 1000:>11.2f}{middle / base:>9.1f}"
    )


def _in_turn(*works: Callable[[], object]) -> list[list[float]]:
    """Time works in turn, so that a busy moment strikes all of them."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(WARM + ROUNDS):
        for work, found in zip(works, times, strict=True):
            spent = _timed(work)
            if turn >= WARM:
                found.append(spent)
    return times


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
