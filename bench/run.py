"""``make bench``: how fast rulebooks are asked, each figure beside a floor of the same run.

The floor of a computation is a bare loop over a plain table lookup with the same number
of cases: what no program could do without. Figures are medians: of many rounds for one
case, of five for a thousand, of five equal shares for a hundred thousand. Read the ratios
first, they hold on any machine. Nothing here fails: these are measurements, not tests.
"""

import statistics
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from certbody.calendars import CHINA
from certbody.schemes.asking import Circumstances, ask
from certbody.schemes.catalogue import rulebook
from certbody.schemes.loader import Rulebook

ROUNDS = 5
CASES = {1: 200, 1_000: ROUNDS, 100_000: 1}  # rounds by number of cases
SHARES = 5  # the one round of the greatest number is timed in equal shares
AROUND = Circumstances(CHINA)
QUESTION = "--activity initial --people 420"
BOUNDS, VALUES = (65, 150, 500, 1000, 10**9), (2, 3, 4, 5, 6)

Case = dict[str, Any]


def main() -> None:
    """Measure and print every figure, and how long that took."""
    began = time.perf_counter()
    first, second = rulebook("ecpsc"), rulebook("ccai")
    _print_header()
    for name, book, question, cases in _questions(first, second):
        for number in CASES:
            _compare(name, number, book, question, cases)
    _loading()
    _starting()
    print(f"measured in {time.perf_counter() - began:.0f} s")


def _print_header() -> None:
    print(f"{'what':<34}{'cases':>9}{'per second':>14}{'floor/s':>14}{'x floor':>9}")


def _questions(
    first: Rulebook, second: Rulebook
) -> Iterator[tuple[str, Rulebook, str, Callable[[int], Case]]]:
    results = {
        leaf.id: "met" for leaf in first.edition.of_kind("criteria")["service_evaluation"].leaves()
    }
    yield "man-days", first, "man_days", lambda i: {"activity": "initial", "people": i % 3000 + 1}
    yield (
        "sample",
        second,
        "sites",
        lambda i: {
            "activity": "initial",
            "sites": i % 500,
            "conditions": ["all"],
        },
    )
    yield (
        "grade",
        second,
        "grade",
        lambda i: {
            "rates": {"basic": f"{i % 100}/100", "expected": "9/10", "ecological": "3/4"},
            "outcomes": {"management_audit": "passed", "characteristic_evaluation": "passed"},
        },
    )
    yield (
        f"score ({len(results)} criteria)",
        first,
        "score",
        lambda i: {
            "results": results,
            "special_deductions": i % 5,
            "bonus": 0,
        },
    )


def _compare(
    name: str, number: int, book: Rulebook, question: str, case: Callable[[int], Case]
) -> None:
    cases = [case(i) for i in range(number)]
    rounds = CASES[number]
    shares = _shares(cases) if rounds == 1 else [cases] * rounds
    own, floor = _medians(
        [
            (partial(_ask_all, book, question, share), partial(_floor, len(share)))
            for share in shares
        ]
    )
    scale = number / len(shares[0])
    own, floor = own * scale, floor * scale
    print(
        f"{name:<34}{number:>9}{number / own:>14,.0f}{number / floor:>14,.0f}{own / floor:>9,.0f}"
    )


def _shares(cases: list[Case]) -> list[list[Case]]:
    return [cases[start::SHARES] for start in range(SHARES)]


def _ask_all(book: Rulebook, question: str, cases: list[Case]) -> None:
    for case in cases:
        ask(book, question, case, AROUND)


def _floor(number: int) -> int:
    total = 0
    for i in range(number):
        total += VALUES[bisect_left(BOUNDS, i % 3000 + 1)]
    return total


def _loading() -> None:
    for name in ("ecpsc", "ccai"):
        book = rulebook(name)
        own, floor = _medians([(partial(rulebook, name), partial(_read, book))] * ROUNDS)
        text = f"load {name} (floor: reading its files)"
        print(f"{text:<57}{own * 1000:>11.1f} ms{own / floor:>9,.0f}")


def _read(book: Rulebook) -> int:
    return sum(len(file.path.read_bytes()) for file in book.files.values())


def _starting() -> None:
    asked = ("-m", "certbody", "calc", "man-days", "ecpsc", *QUESTION.split())
    started = (("-m", "certbody", "--version"), asked, ("-c", "pass"))
    own, whole, floor = _medians([tuple(partial(_run, *one) for one in started)] * ROUNDS)
    for text, value in (("start of the command", own), ("one man-day question", whole)):
        print(f"{text + ' (floor: bare Python)':<57}{value * 1000:>11.1f} ms{value / floor:>9,.1f}")


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _medians(rounds: Sequence[tuple[Callable[[], object], ...]]) -> list[float]:
    """Time the works of each round in turn, so that load on the machine falls on all of them."""
    times = [[_time(work) for work in works] for works in rounds]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
