"""Every code has a sentence in both languages, which name the same facts; none is left over."""

import re
from collections import Counter
from string import Formatter

import pytest

from certbody.rules.numbers import number_from
from certbody.rules.terms import Step, Words
from certbody.words import LANGUAGES, sentence
from certbody.words.rendering import sentences, step_text
from tests.words.said import SOURCE, codes, texts

RATIO = "_ratio"  # the same sentence with percentages, put together at run time
TIMELY = ("done_early", "done_late", "done_to_explain")  # a window's state, put together too


def fields(code: str, language: str) -> Counter[str]:
    return Counter(
        name for _, name, _, _ in Formatter().parse(sentences()[code][language]) if name is not None
    )


def test_every_code_in_the_source_has_a_sentence():
    missing = [one for one in codes() if one.code not in sentences()]
    assert not missing
    assert set(TIMELY) <= set(sentences())


def test_the_search_finds_the_codes():
    """A search that finds too little proves nothing: these are known to be there."""
    found = {one.code for one in codes()}
    assert {"looked_up", "input_not_used", "open_in_rulebook", "not_a_date", "bad_usage"} <= found
    assert len(found) > 70
    known = [one for one in codes() if one.facts is not None]
    assert len(known) > 0.6 * len(codes())


@pytest.mark.parametrize("code", list(sentences()))
def test_a_sentence_is_in_both_languages_and_names_the_same_facts_in_each(code):
    assert set(sentences()[code]) == set(LANGUAGES)
    assert fields(code, "zh") == fields(code, "en")
    assert all(re.fullmatch(r"\w+", name) for name in fields(code, "zh"))


def test_every_fact_a_sentence_names_is_given_where_the_code_is():
    unsaid = [
        (one, sorted(set(fields(one.code, "zh")) - one.facts))
        for one in codes()
        if one.facts is not None and one.code in sentences()
    ]
    assert [(one.place, one.code, names) for one, names in unsaid if names] == []


def test_no_sentence_is_left_over():
    used = {one.code for one in codes()} | texts() | set(TIMELY)
    used |= {f"{code}{RATIO}" for code in used}
    units = {name for name in texts() if f"unit:{name}" in sentences()}
    calendars = {code for code in sentences() if code.startswith("working_days:")}
    left = [
        code
        for code in sentences()
        if code not in used | calendars and code.removeprefix("unit:") not in units
    ]
    assert [code for code in left if not in_rulebooks(code)] == []


def in_rulebooks(code: str) -> bool:
    """Whether rulebooks or templates use a unit or a code by name."""
    name = code.removeprefix("unit:")
    roots = [SOURCE.parent.parent / "schemes", SOURCE / "rulebooks", SOURCE / "web"]
    paths = [p for root in roots for p in root.rglob("*") if p.suffix in {".yaml", ".html"}]
    return any(re.search(rf"\b{re.escape(name)}\b", p.read_text(encoding="utf-8")) for p in paths)


def test_a_percentage_is_written_as_one_in_both_languages():
    step = Step(
        "share",
        {"what": Words("半", "half"), "whole": number_from("5"), "part": number_from("0.305")},
    )
    assert step_text(step, "zh") == "半：5 的 30.5 %"
    assert step_text(step, "en") == "half: 30.5 % of 5"


@pytest.mark.parametrize("value", ["{0}", "{what}", "{", "%s", "{name.__class__}"])
def test_what_people_give_is_never_taken_for_a_pattern(value):
    said = sentence("not_a_date", {"name": "on", "value": value}, "en")
    assert said == f"on: “{value}” is not a date such as 2026-01-31"


def test_a_unit_of_a_rulebook_s_own_is_its_own_word():
    assert sentence("unit:vehicle", {}, "zh") == "vehicle"
    assert sentence("unit:man-day", {}, "zh") == "人日"
