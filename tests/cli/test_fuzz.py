"""Whatever is typed or put into a file: exit 0, 2 or 3, one JSON object, never a traceback."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.criteria import points
from tests.cli.running import KEYS, Ran, run

FUZZ = settings(max_examples=150)

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
FIGURES = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "0.5",
        "65",
        "1001",
        "-1",
        "1.5",
        "1e9",
        "nan",
        "30%",
        "31",
        "19/20",
        "1/0",
        "10000000000",
        "9" * 60,
        "",
    ]
)
DAYS = st.dates().map(str) | st.sampled_from(
    ["2024-02-29", "2025-02-29", "9999-12-31", "0001-01-01", "20260101", "x"]
)
TIMES = st.sampled_from(["2026-01-01T09:00", "2026-01-01T09:00+08:00", "2026-01-01T99:00"])
ACTIVITIES = st.sampled_from(["initial", "surveillance", "recertification", "extension"])
ANY = (
    WORDS | FIGURES | DAYS | TIMES | st.sampled_from(["initial", "surveillance", "all", "[", "{}"])
)
SCHEMES = st.sampled_from(["ecpsc", "ccai"] * 4 + ["ecpsc/A-0", "ccai/2020", "nobody", "."])
CLOCKS = st.sampled_from(
    ["records_kept", "suspension_decision", "correction", "first_surveillance", "suspension_end"]
)
FACTS = st.sampled_from(
    [
        "further_site_days",
        "visited_sites",
        "grade_change",
        "spent",
        "restored",
        "extended",
        "surveillance",
        "previous_expiry",
        "recertification_audit",
    ]
)
READINGS = st.sampled_from(["A4=completed", "A22=rolling_year", "B4=visited", "B11=pooled", "A4"])


def named(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(FACTS | WORDS, values).map("=".join)


# command: what it needs, what it may take, each with values that mostly fit
OPTIONS: dict[str, tuple[list[str], dict[str, st.SearchStrategy[str]]]] = {
    "man-days": (
        ["activity", "people"],
        {
            "activity": ACTIVITIES,
            "people": FIGURES,
            "sites": FIGURES,
            "initial-man-days": FIGURES,
            "reduce": FIGURES,
            "add": FIGURES,
            "reason": WORDS,
            "document-review": FIGURES,
            "input": named(FIGURES),
            "reading": READINGS,
            "on": DAYS,
        },
    ),
    "sample": (
        ["activity", "sites"],
        {
            "activity": ACTIVITIES,
            "sites": FIGURES,
            "never-sampled": FIGURES,
            "conditions": st.just("all") | WORDS,
            "input": named(FIGURES),
            "reading": READINGS,
            "on": DAYS,
        },
    ),
    "dates": (
        ["decided"],
        {
            "decided": DAYS,
            "issued": DAYS,
            "audit-ended": DAYS,
            "surveillance": DAYS,
            "suspended": DAYS,
            "event": named(DAYS),
            "on": DAYS,
        },
    ),
    "clock": (
        ["from"],
        {"from": DAYS | TIMES, "on": DAYS, "reading": READINGS},
    ),
}


def ends_well(ran: Ran) -> None:
    assert ran.code in {0, 2, 3}
    assert "Traceback" not in ran.err
    assert set(ran.found) >= KEYS


@st.composite
def questions(draw: st.DrawFn) -> list[str]:
    """A command with options that exist, and values that mostly fit but may be anything."""
    command = draw(st.sampled_from(list(OPTIONS)))
    needed, options = OPTIONS[command]
    words = ["calc", command, draw(SCHEMES)]
    if command == "clock":
        words.append(draw(CLOCKS | WORDS))
    for option in needed + draw(st.lists(st.sampled_from(list(options)), max_size=4, unique=True)):
        value = draw(ANY) if draw(st.integers(0, 7)) == 0 else draw(options[option])
        words.append(f"--{option}={value}")
    return words


@FUZZ
@given(questions())
def test_no_question_leaves_a_traceback(words):
    ends_well(run(*words))


@FUZZ
@given(
    st.lists(ANY | st.sampled_from(["calc", "scheme", "show", "grade", "--lang", "-"]), max_size=6)
)
def test_no_words_leave_a_traceback(words):
    ran = run("calc", *words)
    assert ran.code in {0, 2, 3}
    assert "Traceback" not in ran.err


LEAVES = st.none() | st.booleans() | st.integers() | ANY
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        "score",
        "special_deductions",
        "bonus",
        "outcomes",
        "rates",
        "measures",
        "results",
        "applied",
        "licences",
        "incidents",
        "system_since",
        "activities",
        "organisation",
        "penalties",
        "event",
        "man_days",
        "day_rate",
        "spent",
        "sites",
        "steps",
        "refusals",
        "warnings",
        "unit",
        "value",
    ]
)


@FUZZ
@given(
    st.sampled_from(["score", "grade", "eligibility", "fee"]),
    SCHEMES,
    st.dictionaries(NAMES | WORDS, VALUES, max_size=6),
)
def test_no_facts_leave_a_traceback(command, scheme, facts):
    raw = json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ends_well(run("calc", command, scheme, "-", stdin=raw))


@FUZZ
@given(st.dictionaries(st.integers(0, 99), VALUES, max_size=4))
def test_no_results_leave_a_traceback(changed):
    results: dict[str, Any] = dict.fromkeys(points("ecpsc", "service_evaluation"), "met")
    names = list(results)
    for number, value in changed.items():
        results[names[number % len(names)]] = value
    raw = json.dumps({"results": results, "special_deductions": 0}, ensure_ascii=False).encode()
    ends_well(run("calc", "score", "ecpsc", "-", stdin=raw))


@FUZZ
@given(st.binary(max_size=40))
def test_no_bytes_leave_a_traceback(raw):
    ran = run("calc", "grade", "ccai", "-", stdin=raw)
    ends_well(ran)
    assert ran.code == 2
