"""Drawing by lot: repeatable, spread over sizes, each site with its chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.planning.drawing import drawn, strata

sizes = st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(sizes, st.text(max_size=20))
def test_as_many_as_asked_for_each_once_and_the_same_again(both, seed):
    size, number = both
    population = list(range(size))
    found = drawn(population, number, seed)
    assert len(set(found)) == len(found) == number
    assert found == sorted(found) == drawn(population, number, seed)


@given(sizes)
def test_strata_hold_everything_and_differ_by_one_at_most(both):
    size, number = both
    found = strata(range(size), number)
    assert [each for own in found for each in own] == (list(range(size)) if number else [])
    assert not found or max(map(len, found)) - min(map(len, found)) <= 1


def test_every_site_is_drawn_by_some_seed():
    seen = {one for seed in range(400) for one in drawn(range(25), 5, str(seed))}
    assert seen == set(range(25))


def test_the_lot_is_the_same_for_good():
    """A draw of 2026 has to be repeatable in 2036: these figures must never change."""
    assert drawn(range(25), 5, "2026") == [2, 9, 10, 19, 22]
    assert drawn("abcdefghijklmnopqrstuvwxyz", 4, "seed") == ["c", "k", "p", "w"]


@pytest.mark.parametrize("number", [-1, 4])
def test_more_than_there_are_cannot_be_drawn(number):
    with pytest.raises(ValueError, match="cannot be drawn"):
        drawn(range(3), number, "seed")
