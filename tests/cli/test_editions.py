"""Editions that end, readings that nobody has settled, gaps that are declared: asked for real."""

from pathlib import Path

import pytest

from tests.cli.running import Ran, asking, calc, run


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A fresh edition as ``scheme new`` makes it, in force from 2026-01-01."""
    assert run("scheme", "new", "demo", "1", "--into", tmp_path).code == 0
    return tmp_path / "demo" / "1"


def add(path: Path, after: str, text: str) -> None:
    whole = path.read_text(encoding="utf-8")
    assert after in whole
    path.write_text(whole.replace(after, f"{after}\n{text}", 1), encoding="utf-8")


def graded(edition: Path, on: str, *more: str) -> Ran:
    return asking("grade", str(edition), {"score": 90}, "--on", on, *more)


ENDS = "  ends: {{day: 2029-12-31, then: {then}, clause: '0'}}"
TRANSITION = "  ends: {day: 2029-12-31, then: transition, until: 2030-06-30, clause: '0'}"
STANDARD = "STANDARD: {zh: 依据标准, en: The standard it rests on, basis: true"


@pytest.mark.requirement("P-R4")
@pytest.mark.parametrize(
    ("ends", "on", "ended", "told"),
    [
        (ENDS.format(then="warn"), "2029-12-31", 0, []),
        (ENDS.format(then="warn"), "2030-01-01", 0, ["ended"]),
        (ENDS.format(then="refuse"), "2029-12-31", 0, []),
        (ENDS.format(then="refuse"), "2030-01-01", 3, ["ended"]),
        (TRANSITION, "2029-12-31", 0, []),
        (TRANSITION, "2030-01-01", 0, ["ended_in_transition"]),
        (TRANSITION, "2030-06-30", 0, ["ended_in_transition"]),
        (TRANSITION, "2030-07-01", 3, ["ended"]),
        ("", "2026-01-01", 0, []),
        ("", "2025-12-31", 0, ["edition_not_yet_effective"]),
    ],
)
def test_an_edition_warns_refuses_or_is_in_transition_after_its_end(edition, ends, on, ended, told):
    add(edition / "edition.yaml", "  effective: 2026-01-01", ends)
    ran = graded(edition, on)
    assert ran.code == ended
    assert (ran.codes if ended else ran.warned) == told


@pytest.mark.requirement("P-R4")
@pytest.mark.parametrize(("on", "ended"), {"2028-05-31": 0, "2028-06-01": 3}.items())
def test_the_end_of_a_standard_it_rests_on_counts_too(edition, on, ended):
    path = edition / "edition.yaml"
    text = path.read_text(encoding="utf-8")
    ends = f"{STANDARD}, ends: {{day: 2028-05-31, then: refuse, clause: '0'}}"
    path.write_text(text.replace(STANDARD, ends), encoding="utf-8")
    ran = graded(edition, on)
    assert ran.code == ended
    if ended:
        assert "依据标准" in ran.found["refusals"][0]["message"]


READING = """
readings:
  R1:
    clause: "1"
    question: {zh: 多少分？, en: How many points?}
    choice: {zh: 未定, en: undecided}
    options: [strict, mild]
    status: unresolved
"""


@pytest.fixture
def undecided(edition: Path) -> Path:
    """The same edition, its bound read in two ways that nobody has settled."""
    path = edition / "grades.yaml"
    text = path.read_text(encoding="utf-8").partition("examples:")[0]
    text = text.replace("at_least: 80", "at_least: {by_reading: R1, strict: 95, mild: 80}")
    path.write_text(text + READING.lstrip(), encoding="utf-8")
    return edition


def test_a_reading_nobody_settled_shows_each_result(undecided):
    ran = graded(undecided, "2026-06-01")
    assert (ran.code, ran.found["value"]) == (0, None)
    assert "readings_unresolved" in ran.warned
    results = {one["readings"]["R1"]: one["value"] for one in ran.found["readings"]}
    assert results == {"strict": None, "mild": "A"}


@pytest.mark.parametrize(("option", "grade"), {"strict": None, "mild": "A"}.items())
def test_a_reading_chosen_for_one_question_settles_it(undecided, option, grade):
    ran = graded(undecided, "2026-06-01", "--reading", f"R1={option}")
    assert (ran.found["value"], ran.warned) == (grade, [])


def test_where_every_reading_gives_the_same_there_is_one_answer(undecided):
    ran = asking("grade", str(undecided), {"score": 99}, "--on", "2026-06-01")
    assert (ran.value, ran.warned) == ("A", [])


SUM = """
subject: man_days
zh: 人日
en: Man-days
sums:
  man_days:
    clause: "1"
    zh: 人日
    en: Man-days
    unit: man-day
    inputs:
      activity: {zh: 活动, en: activity, type: text}
      people: {zh: 人数, en: people, type: count, at_least: 1}
    lines:
      - id: base
        clause: "1"
        zh: 基础
        en: base
        lookup:
          of: people
          bands:
            - {to: 65, value: 2, clause: "1"}
            - {from: 66, to: 100, value: 3, clause: "1"}
            - {from: 111, value: 4, clause: "1"}
          gaps: [{from: 101, to: 110, clause: "1 gap"}]
"""


def with_sum(edition: Path, text: str) -> Path:
    path = edition / "edition.yaml"
    kept = path.read_text(encoding="utf-8").partition("open:")[0]
    path.write_text(kept, encoding="utf-8")
    (edition / "man_days.yaml").write_text(text.lstrip(), encoding="utf-8")
    return edition


@pytest.mark.parametrize(
    ("people", "ended", "value"),
    [(65, 0, "2"), (66, 0, "3"), (100, 0, "3"), (101, 3, None), (110, 3, None), (111, 0, "4")],
)
def test_a_number_in_a_declared_gap_is_refused_by_name(edition, people, ended, value):
    rulebook = with_sum(edition, SUM)
    ran = calc("man-days", str(rulebook), activity="initial", people=people)
    assert (ran.code, ran.found["value"]) == (ended, value)
    if ended:
        assert ran.codes == ["not_covered"]
        assert ran.found["refusals"][0]["clause"] == "1 gap"
        assert str(people) in ran.found["refusals"][0]["message"]


@pytest.mark.requirement("P-R2")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("to: 65", "to: 64", "a gap between ≤ 64 and 66–100"),
        ("to: 65", "to: 66", "an overlap between ≤ 66 and 66–100"),
        ("to: 110", "to: 109", "a gap between 101–109 and ≥ 111"),
        ("from: 111,", "from: 111, to: 500,", "nothing above 111–500: a gap"),
        ("of: people", "of: heads", "asks for 'heads', which is no input"),
    ],
)
def test_a_gap_or_overlap_that_is_not_declared_is_found_when_loading(edition, old, new, told):
    assert old in SUM
    rulebook = with_sum(edition, SUM.replace(old, new))
    ran = run("scheme", "check", rulebook)
    assert (ran.code, ran.codes) == (2, ["bad_scheme"])
    message = ran.found["refusals"][0]["message"]
    assert told in message
    assert "man_days.yaml:" in message


CYCLE = """
subject: process
zh: 过程
en: Process
processes:
  certification:
    clause: "1"
    zh: 过程
    en: Process
    steps:
      - {id: a, clause: "1", zh: 甲, en: a, stage: review, after: [{step: c, clause: "1"}]}
      - {id: b, clause: "1", zh: 乙, en: b, stage: review, after: [{step: a, clause: "1"}]}
      - {id: c, clause: "1", zh: 丙, en: c, stage: review, after: [{step: b, clause: "1"}]}
"""


@pytest.mark.requirement("P-R2")
def test_a_cycle_in_the_process_is_found_when_loading(edition):
    (edition / "process.yaml").write_text(CYCLE.lstrip(), encoding="utf-8")
    ran = run("scheme", "check", edition)
    assert (ran.code, ran.codes) == (2, ["bad_scheme"])
    message = ran.found["refusals"][0]["message"]
    assert "a cycle:" in message
    assert "process.yaml:" in message


TWO_READINGS = """
subject: man_days
zh: 人日
en: Man-days
readings:
  R1:
    clause: "1"
    question: {zh: 问, en: question}
    choice: {zh: 少, en: few}
    options: [few, many]
    chosen: few
  R2:
    clause: "1"
    question: {zh: 问, en: question}
    choice: {zh: 低, en: low}
    options: [low, high]
    chosen: low
    show_others: true
sums:
  man_days:
    clause: "1"
    zh: 人日
    en: Man-days
    unit: man-day
    inputs:
      activity: {zh: 活动, en: activity, type: text}
    lines:
      - {id: a, clause: "1", zh: 甲, en: a, fixed: {by_reading: R1, few: 1, many: 10}}
      - {id: b, clause: "1", zh: 乙, en: b, fixed: {by_reading: R2, low: 2, high: 3}}
"""


@pytest.mark.parametrize(
    ("readings", "value", "other"),
    [([], "3", ["4"]), (["R1=many"], "12", ["13"]), (["R1=many", "R2=high"], "13", ["12"])],
)
def test_another_result_is_shown_under_the_readings_chosen_for_this_question(
    edition, readings, value, other
):
    ran = calc("man-days", str(with_sum(edition, TWO_READINGS)), activity="x", reading=readings)
    assert ran.value == value
    notes = [one for one in ran.found["warnings"] if one["code"] == "other_reading"]
    assert len(notes) == len(other)
    assert all(other[0] in one["message"] for one in notes)
