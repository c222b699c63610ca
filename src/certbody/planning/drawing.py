"""Drawing sites by lot so that anybody can repeat it. IAF MD 1:2023, 6.1 (selection of sites).

Sites stand in the order of their size, the largest first, and are cut into as many strata as
there are sites to draw; of each stratum one is drawn. So large and small ones are both seen. The
lot is a digest of seed and stratum, the same on every machine and in every year.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

S = TypeVar("S")


def strata(population: Sequence[S], number: int) -> list[Sequence[S]]:
    """Cut a population into so many strata of sizes that differ by one at most."""
    if not 0 <= number <= len(population):
        raise ValueError(f"{number} cannot be drawn of {len(population)}")
    cuts = [place * len(population) // number for place in range(number + 1)] if number else []
    return [population[start:end] for start, end in pairwise(cuts)]


def drawn(population: Sequence[S], number: int, seed: str) -> list[S]:
    """Draw one of each stratum; the same seed draws the same."""
    return [
        own[_lot(f"{seed}:{place}") % len(own)]
        for place, own in enumerate(strata(population, number), start=1)
    ]


def _lot(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
