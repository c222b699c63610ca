"""Facts: read only when asked for, checked by their declared type, and never guessed."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.facts import Facts, Input, flat, gathered
from certbody.rules.terms import BadInput, Problem
from tests.rules.making import declared, facts, faults

CHOICE = {
    "type": "choice",
    "of": {"low": {"zh": "低", "en": "low"}, "high": {"zh": "高", "en": "h"}},
}
SITES: dict[str, Any] = {
    "type": "list",
    "items": declared(people={"type": "count", "at_least": 1}, name="text"),
}


def read(declared_as: str | dict[str, Any], raw: object) -> Any:
    return facts({"fact": raw}, fact=declared_as)["fact"]


@pytest.mark.parametrize(
    ("declared_as", "raw", "value"),
    [
        ("count", "65", 65),
        ("count", "4.0", 4),
        ("number", "2.5", Fraction(5, 2)),
        ("number", Decimal("0.5"), Fraction(1, 2)),
        ("ratio", "0.95", Fraction(19, 20)),
        ("ratio", "95%", Fraction(19, 20)),
        ("ratio", "95 %", Fraction(19, 20)),
        ("ratio", "19/20", Fraction(19, 20)),
        ("ratio", "1", 1),
        ("ratio", 0, 0),
        ("ratio", "100%", 1),
        ("yes_no", True, True),
        ("yes_no", "No", False),
        ("yes_no", "TRUE", True),
        (CHOICE, "low", "low"),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", date(2024, 2, 29), date(2024, 2, 29)),
        ("moment", "2026-01-31T09:00", datetime(2026, 1, 31, 9)),  # noqa: DTZ001  as given
        ("text", "理由", "理由"),
        ("list", ["a", "b"], ("a", "b")),
        ("list", [], ()),
    ],
)
def test_a_fact_is_read_as_its_type(declared_as, raw, value):
    assert read(declared_as, raw) == value


@pytest.mark.parametrize(
    ("declared_as", "raw", "code"),
    [
        ("count", "1.5", "not_a_count"),
        ("count", "-1", "below_least"),
        ({"type": "count", "at_least": -5}, "-1", "below_least"),
        ({"type": "count", "at_least": 1}, "0", "below_least"),
        ("count", "nan", "not_a_number"),
        ("count", [1], "not_a_number"),
        ("number", 1.5, "not_a_number"),
        ("number", "1/0", "not_a_number"),
        ("ratio", "95", "ambiguous_ratio"),
        ("ratio", 95, "ambiguous_ratio"),
        ("ratio", "1.01", "ambiguous_ratio"),
        ("ratio", "101%", "not_a_ratio"),
        ("ratio", "21/20", "not_a_ratio"),
        ("ratio", "-0.1", "not_a_ratio"),
        ("ratio", "-5%", "not_a_ratio"),
        ("ratio", "0/0", "nothing_to_count"),
        ("ratio", "3/0", "nothing_to_count"),
        ("ratio", "nan", "not_a_number"),
        ("yes_no", "maybe", "not_yes_no"),
        ("yes_no", 1, "not_yes_no"),
        (CHOICE, "medium", "not_a_choice"),
        (CHOICE, ["low"], "not_a_text"),
        ("date", "2025-02-29", "not_a_date"),
        ("date", "20260131", "not_a_date"),
        ("date", "2026-W05-6", "not_a_date"),
        ("date", "2026-1-31", "not_a_date"),
        ("date", "2026-01-31T09:00", "not_a_date"),
        ("date", 20260131, "not_a_date"),
        ("date", "tomorrow", "not_a_date"),
        ("moment", "9 o'clock", "not_a_moment"),
        ("text", 5, "not_a_text"),
        ("text", ["a"], "not_a_text"),
        ("list", "abc", "not_a_list"),
        ("list", {"a": 1}, "not_a_list"),
        ("list", [1], "not_a_choice"),
        (SITES, ["a"], "not_an_object"),
    ],
)
def test_what_does_not_fit_its_type_is_named(declared_as, raw, code):
    ((where, found),) = faults(read, declared_as, raw)
    assert (where.partition("[")[0], found) == ("fact", code)


@given(st.integers(), st.integers(-5, 5), st.integers(-5, 5))
def test_bounds_are_included(value, low, high):
    bounded = {"type": "number", "at_least": low, "at_most": high}
    if value < low:
        assert faults(read, bounded, str(value)) == [("fact", "below_least")]
    elif value > high:
        assert faults(read, bounded, str(value)) == [("fact", "above_most")]
    else:
        assert read(bounded, str(value)) == value


def test_only_what_is_asked_for_is_needed_and_only_what_is_asked_for_is_read():
    found = facts({"people": "many", "risk": "high"}, people="count", sites="count", risk=CHOICE)
    assert found["risk"] == "high"
    assert faults(found.__getitem__, "sites") == [("sites", "missing_input")]
    assert faults(found.__getitem__, "people") == [("people", "not_a_number")]
    assert faults(found.__getitem__, "branches") == [("branches", "unknown_fact")]


@pytest.mark.parametrize("blank", [None, "", "  "])
@pytest.mark.parametrize("kind", ["text", "count", "date", "yes_no"])
def test_a_blank_is_not_given(blank, kind):
    found = facts({"fact": blank}, fact=kind)
    assert not found.given("fact")
    assert faults(found.__getitem__, "fact") == [("fact", "missing_input")]
    assert found.notes_on_unused() == []


def test_a_declared_default_stands_in_and_a_given_value_before_it():
    one = {"type": "count", "default": 1}
    assert facts({}, sites=one)["sites"] == 1
    assert facts({}, sites=one).given("sites")
    assert facts({"sites": "3"}, sites=one)["sites"] == 3


def test_given_facts_that_no_rule_read_are_named():
    found = facts({"people": 3, "weather": "fine", "risk": None}, people="count", risk=CHOICE)
    assert found["people"] == 3
    assert [note.facts["name"] for note in found.notes_on_unused()] == ["weather"]


def test_members_of_a_list_are_named_by_their_place_and_see_what_lies_around_them():
    given_sites = [{"people": 5, "name": "a"}, {"people": 0, "name": "b"}]
    first, second = facts({"sites": given_sites, "risk": "low"}, sites=SITES, risk=CHOICE)["sites"]
    assert (first["people"], first["risk"], first.given("risk")) == (5, "low", True)
    assert faults(second.__getitem__, "people") == [("sites[2].people", "below_least")]
    assert faults(first.__getitem__, "area") == [("area", "unknown_fact")]
    assert first.words("risk").en == "the risk"
    assert first.choice_words("risk", "low").zh == "低"
    assert (first.type_of("people"), first.type_of("risk")) == ("count", "choice")


def test_nested_facts_have_dotted_names():
    given_rates = {"score": 1, "rates": {"basic": "1", "expected": "0.5"}}
    assert flat(given_rates) == {"score": 1, "rates.basic": "1", "rates.expected": "0.5"}


def test_faults_are_gathered_and_no_fault_is_none():
    gathered([])
    bad = [BadInput([Problem("a", "x")]), BadInput([Problem("b", "y"), Problem("c", "z")])]
    assert faults(gathered, bad) == [("a", "x"), ("b", "y"), ("c", "z")]


@pytest.mark.parametrize("said", [{"type": "choice"}, {"type": "count", "items": {}, "of": 1}])
def test_an_input_fits_its_type(said):
    with pytest.raises(ValidationError):
        Input.model_validate({"zh": "甲", "en": "a", **said})


def test_only_a_list_has_items():
    with pytest.raises(ValidationError, match="only a list has 'items'"):
        Input.model_validate({"zh": "甲", "en": "a", "type": "count", "items": declared(a="text")})


def test_a_list_of_names_takes_only_those_declared():
    named: dict[str, Any] = {"type": "list", "of": CHOICE["of"]}
    assert read(named, ["low", "high"]) == ("low", "high")
    assert faults(read, named, ["low", "none"]) == [("fact[2]", "not_a_choice")]


def test_facts_without_declaration_know_nothing():
    none = Facts({}, {"a": 1})
    assert (none.given("a"), none.type_of("a"), none.words("a").en) == (False, "", "a")
