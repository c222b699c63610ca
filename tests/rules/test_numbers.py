"""Numbers are exact: what is read is what is written, and only a stated rounding changes one."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.numbers import in_figures, number_from, settled
from certbody.rules.terms import Clause, Refused, Words

WORDS, CLAUSE = Words("人日", "time"), Clause("7.1.2")


@given(st.fractions())
def test_what_is_written_is_read_back(value):
    assert number_from(in_figures(value)) == value


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40))
def test_a_sum_of_many_shares_is_read_back_however_long_it_gets(bottoms):
    value = sum((Fraction(1, bottom) for bottom in bottoms), Fraction(0))
    assert number_from(in_figures(value)) == value


def test_a_fraction_beyond_what_python_writes_by_itself_is_still_written():
    value = Fraction(10**5000 + 1, 3**20000)
    top, _, bottom = in_figures(value).partition("/")
    assert (len(top), len(bottom)) == (5001, 9543)
    assert number_from(f"{top}/{bottom}") == value


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6))
def test_a_decimal_is_written_plainly_and_without_idle_zeros(value):
    plain = format(value, "f")
    plain = (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
    assert in_figures(Fraction(value)) == {"-0": "0"}.get(plain, plain)


@given(st.fractions(max_denominator=10**9, min_value=-(10**9), max_value=10**9))
def test_only_an_endless_decimal_is_written_as_a_fraction(value):
    ends = 10 ** value.denominator.bit_length() % value.denominator == 0
    assert ("/" in in_figures(value)) is not ends


def test_a_decimal_too_long_to_be_read_is_written_as_a_fraction():
    assert in_figures(Fraction(1, 2**30)) == "0.000000000931322574615478515625"
    assert in_figures(Fraction(1, 2**50)) == "1/1125899906842624"
    assert in_figures(Fraction(10**40)) == f"{10**40}/1"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (4, "4"),
        (Decimal("2.50"), "5/2"),
        (Decimal("0.0000001"), "1/10000000"),
        ("7200/91", "7200/91"),
        ("30%", "3/10"),
        ("30 %", "3/10"),
        (" 0.95 ", "19/20"),
        ("-1.5", "-3/2"),
        ("-0", "0"),
        ("1.5/3", "1/2"),
        ("007", "7"),
        ("9" * 40, "9" * 40),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert number_from(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "nan",
        "inf",
        "-",
        "+1",
        "--1",
        "1.",
        ".5",
        "1e5",
        "0x10",
        "1_000",
        "1,000",
        "1 000",
        "５",
        "٣",
        "五",
        "½",
        "1/0",
        "0/0",
        "1/-2",
        "1/2/3",
        "%",
        "30%%",
        "1\n2",
        "9" * 41,
        "1/" + "9" * 19999,
        Decimal("NaN"),
        Decimal("1E+9"),
        1.5,
        True,
        None,
        [],
        {},
    ],
)
def test_everything_else_is_no_number(text):
    with pytest.raises(ValueError, match=r"not a number|divided by zero"):
        number_from(text)


@given(st.text(max_size=50))
def test_no_text_does_worse_than_being_no_number(text):
    with suppress(ValueError):
        assert isinstance(number_from(text), Fraction)


def test_a_whole_number_needs_no_rounding_and_another_one_must_not_guess():
    assert settled(Fraction(3), None, WORDS, CLAUSE) == 3
    with pytest.raises(Refused) as refused:
        settled(Fraction(5, 2), None, WORDS, CLAUSE)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.clause) == ("open_in_rulebook", CLAUSE)
    assert "2.5" in str(refusal.facts["what"])
