"""Rounding and roots against other arithmetic: Decimal, plain scans, and huge whole squares."""

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.numbers import Rounding, RoundingField, root_floor, rounded_root
from certbody.rules.terms import Shape

WAYS = {
    ROUND_CEILING: lambda step: Rounding(up_to=step),
    ROUND_FLOOR: lambda step: Rounding(down_to=step),
    ROUND_HALF_UP: lambda step: Rounding(nearest=step),
    ROUND_HALF_DOWN: lambda step: Rounding(nearest=step, half="down"),
    ROUND_HALF_EVEN: lambda step: Rounding(nearest=step, half="even"),
}
STEPS = [Decimal(step) for step in ("1", "0.5", "0.1", "0.25", "2", "100")]
UP, DOWN = Rounding(up_to=Fraction(1)), Rounding(down_to=Fraction(1))
HALF_UP = Rounding(nearest=Fraction(1))

# factors of sampling plans, and some that are not
FACTORS = st.sampled_from(
    [Fraction(text) for text in ("1", "3/5", "4/5", "1/2", "3/2", "1/3", "2")]
)


def by_decimal(factor: Fraction, of: int, way: str) -> int:
    """The root by 60 digits of Decimal: √ of a whole number is whole or far from any step."""
    with localcontext() as context:
        context.prec = 60
        root = Decimal(of).sqrt() * factor.numerator / factor.denominator
        return int(root.to_integral_value(way))


@pytest.mark.parametrize("way", WAYS)
@given(
    value=st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4),
    step=st.sampled_from(STEPS),
)
def test_rounds_as_decimal_does(way, value, step):
    with localcontext() as context:
        context.prec = 60
        expected = (value / step).to_integral_value(way) * step
    assert WAYS[way](step)(Fraction(value)) == Fraction(expected)


@pytest.mark.parametrize(
    ("half", "rounded"), [("up", [3, 2, -2]), ("down", [2, 1, -3]), ("even", [2, 2, -2])]
)
def test_a_half_goes_the_way_it_is_told(half, rounded):
    rounding = Rounding(nearest=Fraction(1), half=half)
    assert [rounding(Fraction(value)) for value in ("5/2", "3/2", "-5/2")] == rounded


@given(st.fractions())
def test_exact_leaves_every_number_alone(value):
    class Written(Shape):
        rounding: RoundingField

    assert Written.model_validate({"rounding": "exact"}).rounding(value) == value


@pytest.mark.parametrize("said", [{"up_to": 1, "down_to": 1}, {"nearest": 0}, {"up_to": "-1"}])
def test_one_way_and_a_step_above_zero(said):
    with pytest.raises(ValidationError, match="exactly one"):
        Rounding.model_validate(said)


@given(FACTORS, st.integers(0, 3000))
def test_a_root_rounded_up_is_the_first_number_not_below_it(factor, of):
    first = next(y for y in range(10**4) if y * y >= factor * factor * of)
    assert rounded_root(factor, of, UP) == first


@pytest.mark.parametrize("way", WAYS)
@given(factor=FACTORS, of=st.integers(0, 10**20))
def test_a_root_rounds_as_sixty_digits_do(way, factor, of):
    assert rounded_root(factor, of, WAYS[way](1)) == by_decimal(factor, of, way)


@given(st.integers(2, 10**10))
def test_whole_squares_and_their_neighbours_are_told_apart(root):
    one = Fraction(1)
    around = [root * root - 1, root * root, root * root + 1]
    assert [rounded_root(one, of, UP) for of in around] == [root, root, root + 1]
    assert [rounded_root(one, of, DOWN) for of in around] == [root - 1, root, root]
    assert [rounded_root(one, of, HALF_UP) for of in around] == [root, root, root]


def test_a_root_halfway_between_two_numbers_goes_the_way_it_is_told():
    half = Fraction(1, 2)
    ways = [Rounding(nearest=Fraction(1), half=way) for way in ("up", "down", "even")]
    assert [rounded_root(half, 25, way) for way in ways] == [3, 2, 2]


@given(FACTORS, st.integers(0, 10**6))
def test_a_root_without_rounding_is_known_only_where_it_is_whole(factor, of):
    found = rounded_root(factor, of, None)
    if found is None:
        low, exact = root_floor(factor * factor * of)
        assert not exact
        assert low**2 < factor * factor * of < (low + 1) ** 2
    else:
        assert found**2 == factor * factor * of
