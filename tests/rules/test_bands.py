"""Bands: every number lies in one band, or the table says so; checked by plain scans."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.bands import Range, Span, Table, band_of, faults_of, look_up
from certbody.rules.terms import Refused, Words
from tests.rules.making import refused

WORDS = Words("人数", "people")
EDGE = 12  # the scans walk every whole number up to here


@st.composite
def stretches(draw: st.DrawFn, at_most: int, at_least: int = 0) -> list[tuple[int, int]]:
    ends = st.tuples(st.integers(0, EDGE), st.integers(0, EDGE)).map(sorted)
    found = draw(st.lists(ends, min_size=at_least, max_size=at_most))
    return [(low, high) for low, high in found]


def written(low: int, high: int, how: int, **more: Any) -> dict[str, Any]:
    """The same whole numbers, written with included or excluded ends."""
    starts = [{"from": low}, {"over": low - 1}][how % 2]
    stops = [{"to": high}, {"under": high + 1}][how // 2]
    return {"clause": "1", **starts, **stops, **more}


def ranges(found: list[tuple[int, int]], how: int) -> list[Range]:
    return [Range.model_validate(written(low, high, how)) for low, high in found]


def within(found: list[tuple[int, int]], value: int) -> int:
    return sum(low <= value <= high for low, high in found)


@given(stretches(5, 1), stretches(2), stretches(2), st.integers(0, 3), st.integers(0, 4))
def test_faults_are_those_a_scan_over_all_numbers_finds(bands, gaps, overlaps, how, least):
    span = Span(whole=True, least=Fraction(least), most=Fraction(EDGE))
    told = list(faults_of(ranges(bands, how), ranges(gaps, how), ranges(overlaps, how), span))

    nothing, twice, idle = [], [], []
    for value in range(EDGE + 1):
        banded, spared = within(bands, value), within(gaps, value)
        declared = within(overlaps, value)
        if declared and banded + spared < 2:
            idle.append(value)
        elif banded + spared == 0 and value >= least:
            nothing.append(value)
        elif banded + spared > 1 and (spared or declared != 1):
            twice.append(value)
    assert sum("a gap" in one for one in told) == runs(nothing)
    assert any("an overlap between" in one for one in told) is bool(twice)
    assert any("though one is declared" in one for one in told) is bool(idle)


def runs(values: list[int]) -> int:
    """How many unbroken stretches the values form."""
    breaks = sum(right != left + 1 for left, right in pairwise(values))
    return breaks + 1 if values else 0


@given(
    stretches(6, 1), st.integers(0, EDGE), st.integers(0, EDGE * 2).map(lambda n: Fraction(n, 2))
)
def test_between_whole_numbers_only_both_ends_included_leave_no_gap(bands, least, asked):
    """For any number, not only whole ones: no fault means each value lies in one band."""
    placed = ranges(bands, 2)
    span = Span(whole=False, least=Fraction(least), most=Fraction(EDGE))
    if not list(faults_of(placed, [], [], span)) and least <= asked <= EDGE:
        assert sum(one.holds(asked) for one in placed) == 1


def test_whole_numbers_may_leave_what_lies_between_them():
    bands = ranges([(0, 4), (5, 9)], 0)
    whole = Span(whole=True, least=Fraction(0), most=Fraction(9))
    assert not list(faults_of(bands, [], [], whole))
    every = Span(whole=False, least=Fraction(0), most=Fraction(9))
    assert list(faults_of(bands, [], [], every)) == ["a gap between 0–4 and 5–9"]


def test_a_bound_between_whole_numbers_cuts_where_people_would():
    bands = [Range.model_validate({"clause": "1", "to": "65.5"}), ranges([(66, 99)], 0)[0]]
    assert not list(faults_of(bands, [], [], Span(whole=True, least=None, most=Fraction(99))))


def test_an_empty_band_is_named():
    bands = [Range.model_validate({"clause": "1", "from": 9, "to": 4})]
    told = list(faults_of(bands, [], [], Span(whole=True, least=None, most=None)))
    assert "the band 9–4 is empty" in told


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=6),
    st.lists(st.integers(0, 50), min_size=6, max_size=6),
    st.one_of(st.none(), st.tuples(st.integers(1, 7), st.integers(1, 9), st.booleans())),
    st.integers(1, 200),
)
def test_a_table_gives_what_walking_along_it_gives(widths, values, beyond, asked):
    rows, expected, start = [], None, 1
    for width, value in zip(widths, values, strict=False):
        rows.append({"clause": "1", "from": start, "to": start + width - 1, "value": value})
        expected = value if start <= asked < start + width else expected
        start += width
    table: dict[str, Any] = {"of": "people", "bands": rows}
    if beyond is not None:
        step, each, begun = beyond
        table["beyond"] = {"clause": "2", "step": step, "each": each, "begun": begun}
        expected = walked(rows[-1], step, each, begun, asked) if expected is None else expected
    made = Table.model_validate(table)

    assert not made.faults(whole=True, least=Fraction(1), most=made.top)
    if expected is None:
        assert refused(look_up, made, Fraction(asked), WORDS) == ["not_covered"]
    else:
        assert look_up(made, Fraction(asked), WORDS).value == expected


def walked(last: dict[str, Any], step: int, each: int, begun: bool, asked: int) -> int:  # noqa: FBT001
    """Add step after step beyond the last band."""
    value, reached = last["value"], last["to"]
    while reached + step <= asked if not begun else reached < asked:
        value, reached = value + each, reached + step
    return int(value)


def test_beyond_goes_on_from_the_band_that_reaches_furthest_wherever_it_stands():
    bands = [written(66, 99, 0, value=3), written(1, 65, 0, value=2)]
    beyond = {"clause": "2", "step": 10, "each": 1, "begun": True}
    table = Table.model_validate({"of": "people", "bands": bands, "beyond": beyond})
    assert not table.faults(whole=True, least=Fraction(1), most=None)
    values = [look_up(table, Fraction(asked), WORDS).value for asked in (65, 66, 100, 110)]
    assert values == [2, 3, 4, 5]


def test_a_step_beyond_is_above_zero():
    bands = [written(1, 65, 0, value=2)]
    beyond = {"clause": "2", "step": 0, "each": 1, "begun": True}
    with pytest.raises(ValidationError, match="'step' is above 0"):
        Table.model_validate({"of": "people", "bands": bands, "beyond": beyond})


@pytest.mark.parametrize(
    ("asked", "clause"), [(66, "the gap's own"), (70, "the gap's own"), (120, "the other")]
)
def test_a_declared_gap_is_refused_by_its_clause_even_beyond_the_table(asked, clause):
    gaps = [written(66, 70, 0, clause="the gap's own"), written(111, 120, 0, clause="the other")]
    table = Table.model_validate(
        {
            "of": "people",
            "bands": [written(1, 65, 0, value=2), written(71, 100, 0, value=3)],
            "gaps": gaps,
            "beyond": {"clause": "2", "step": 10, "each": 1, "begun": True},
        }
    )
    with pytest.raises(Refused) as caught:
        look_up(table, Fraction(asked), WORDS)
    (refusal,) = caught.value.refusals
    assert (refusal.code, str(refusal.clause)) == ("not_covered", clause)
    assert refusal.facts == {"what": WORDS, "value": asked}


@pytest.mark.parametrize(("take", "value"), [("first", 2), ("last", 3)])
def test_a_declared_overlap_says_which_band_counts(take, value):
    table = Table.model_validate(
        {
            "of": "people",
            "bands": [written(1, 66, 0, value=2), written(65, 99, 0, value=3)],
            "overlaps": [written(65, 66, 0, take=take)],
        }
    )
    assert not table.faults(whole=True, least=Fraction(1), most=Fraction(99))
    assert [look_up(table, Fraction(n), WORDS).value for n in (64, 65, 66, 67)] == [
        2,
        value,
        value,
        3,
    ]


def test_a_third_band_inside_a_declared_overlap_needs_its_own_declaration():
    bands = ranges([(1, 50), (40, 60), (45, 99)], 0)
    declared = ranges([(40, 50)], 0)
    span = Span(whole=True, least=Fraction(1), most=Fraction(99))
    assert list(faults_of(bands, [], declared, span)) == ["an overlap between 40–60 and 45–99"]


def test_a_short_band_inside_a_long_one_hides_no_gap_and_makes_none():
    bands = ranges([(1, 100), (50, 60)], 0)
    span = Span(whole=True, least=Fraction(1), most=Fraction(100))
    assert list(faults_of(bands, [], [], span)) == ["an overlap between 1–100 and 50–60"]
    assert not list(faults_of(bands, [], ranges([(50, 60)], 0), span))


@given(stretches(5), st.integers(-2, EDGE + 2))
def test_a_number_outside_all_bands_is_in_none(bands, asked):
    placed = ranges(bands, 1)
    found = [one for one, (low, high) in zip(placed, bands, strict=True) if low <= asked <= high]
    if len(found) < 2:
        assert band_of(placed, [], Fraction(asked)) is (found[0] if found else None)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ({"from": 66, "to": 150}, "66–150"),
        ({"from": 95}, "≥ 95"),
        ({"over": 50}, "> 50"),
        ({"to": 65}, "≤ 65"),
        ({"under": "7.5"}, "< 7.5"),
        ({"over": 1, "to": 2}, "> 1, ≤ 2"),
        ({"from": 1, "under": 2}, "≥ 1, < 2"),
        ({}, "…"),
    ],
)
def test_a_range_is_written_with_signs_both_languages_read(said, figures):
    assert Range.model_validate({"clause": "1", **said}).in_figures() == figures


@pytest.mark.parametrize("said", [{"from": 1, "over": 1}, {"to": 1, "under": 1}])
def test_an_end_is_included_or_not_never_both(said):
    with pytest.raises(ValidationError, match="not both"):
        Range.model_validate({"clause": "1", **said})
