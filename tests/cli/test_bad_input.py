"""Bad input, item by item: one clear message that names the place, never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.criteria import all_met, points
from tests.cli.running import Ran, asking, calc, run, shell

GRADE = {"score": 90, "special_deductions": 0, "outcomes": {"characteristic_evaluation": "passed"}}


def places(ran: Ran) -> list[Any]:
    return [one.get("where") for one in ran.found["refusals"]]


@pytest.mark.parametrize(
    ("people", "code", "told"),
    [
        ("0", "below_least", "1"),
        ("-1", "below_least", "1"),
        ("1.5", "not_a_count", "1.5"),
        (10**12, "above_most", "1000000000000"),
        ("9" * 41, "not_a_number", "999"),
        ("nan", "not_a_number", "nan"),
        ("inf", "not_a_number", "inf"),
        ("1e3", "not_a_number", "1e3"),
        ("６５", "not_a_number", "６５"),
        ("六十五", "not_a_number", "六十五"),
        ("65人", "not_a_number", "65人"),
        ("65/0", "not_a_number", "65/0"),
        ("131/2", "not_a_count", "131/2"),
        ("", "missing_input", "people"),
    ],
)
def test_a_headcount_that_is_none(people, code, told):
    ran = calc("man-days", "ecpsc", activity="initial", people=people)
    assert (ran.code, ran.codes, places(ran)) == (2, [code], ["people"])
    assert told in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize("people", ["65.0", "130/2", " 65 ", "065"])
def test_a_headcount_in_other_words_is_the_same(people):
    assert calc("man-days", "ecpsc", activity="initial", people=people).value == "2"


@pytest.mark.parametrize(
    ("options", "code", "place"),
    [
        ({}, "missing_input", "people"),
        ({"activity": "party", "people": 5}, "not_a_choice", "activity"),
        ({"activity": "", "people": 5}, "missing_input", "activity"),
        ({"people": 5, "sites": 0}, "below_least", "sites"),
        ({"people": 5, "sites": "1.5"}, "not_a_count", "sites"),
        ({"people": 5, "reduce": "-5", "reason": "x"}, "not_a_ratio", "reduce"),
        ({"people": 5, "reduce": "101", "reason": "x"}, "not_a_ratio", "reduce"),
        ({"people": 5, "reduce": "nan", "reason": "x"}, "not_a_number", "reduce"),
        ({"people": 5, "add": "-1", "reason": "x"}, "below_least", "add"),
        ({"people": 5, "add": "some", "reason": "x"}, "not_a_number", "add"),
        ({"people": 5, "document_review": "half"}, "not_a_number", "document_review"),
    ],
)
def test_what_man_days_cannot_use_is_named(options, code, place):
    ran = calc("man-days", "ecpsc", **{"activity": "initial", **options})
    assert (ran.code, ran.codes, places(ran)) == (2, [code], [place])


def test_an_activity_is_needed():
    ran = calc("man-days", "ecpsc", people=5)
    assert (ran.code, ran.codes) == (2, ["bad_usage"])
    assert "--activity" in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ["--input", "people"],
        ["--input", "=5"],
        ["--input", "a=1", "--input", "a=2"],
        ["--people", "5", "--input", "people=9"],
        ["--input", 'places=[{"a": 1}'],
        ["--input", 'places={"a": 1, "a": 2}'],
        ["--input", f"places={'[' * 100_000}"],
        ["extra"],
    ],
)
def test_what_is_no_name_and_value_is_named(words):
    ran = run("calc", "man-days", "ecpsc", "--activity", "initial", *words)
    assert ran.code == 2
    assert set(ran.codes) <= {"bad_usage", "bad_file"}


def file_with(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "facts.json"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "line 1"),
        (b"{", "line 1"),
        (b"[]", "one JSON object"),
        (b"null", "one JSON object"),
        (b"12", "one JSON object"),
        (b'"text"', "one JSON object"),
        (b'{"score": 90, "score": 95}', "the key score stands twice"),
        (b'{"outcomes": {"a": 1, "a": 2}}', "the key a stands twice"),
        (b'{"score": NaN}', "NaN is not a number"),
        (b'{"score": Infinity}', "Infinity is not a number"),
        (b'{"score": 9' + b"0" * 5000 + b"}", ""),
        (b'{"score": 1,}', "line 1"),
        (b"{'score': 1}", "line 1"),
        (b'{"score": 1} {"score": 2}', "line 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "not UTF-8"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        ("{'a'：1}".encode(), "line 1"),
    ],
)
def test_a_file_that_is_no_json_object_is_named(tmp_path, raw, told):
    path = file_with(tmp_path, raw)
    ran = run("calc", "grade", "ecpsc", path)
    assert (ran.code, ran.codes) == (2, ["bad_file"])
    message = ran.found["refusals"][0]["message"]
    assert str(path) in message
    assert told in message


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = file_with(tmp_path, b"\xef\xbb\xbf" + json.dumps(GRADE).encode())
    assert run("calc", "grade", "ecpsc", path).value == "四星"


def test_a_file_of_a_hundred_megabytes_is_not_read(tmp_path):
    path = tmp_path / "facts.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    ran = run("calc", "score", "ecpsc", path)
    assert (ran.code, ran.codes) == (2, ["bad_file"])
    assert "larger than" in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize("what", ["missing", "folder", "beyond", "endless"])
@pytest.mark.parametrize("command", ["score", "grade", "eligibility", "fee"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, command, what):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    names = {
        "missing": tmp_path / "missing.json",
        "folder": tmp_path / "folder",
        "beyond": tmp_path / "file" / "facts.json",
        "endless": tmp_path / ("x" * 5000),
    }
    ran = run("calc", command, "ecpsc", names[what])
    assert (ran.code, ran.codes) == (2, ["bad_file"])
    assert str(names[what]) in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"results": None}, ["not_an_object"]),
        ({"results": []}, ["not_an_object"]),
        ({"results": {}}, ["criteria_left_out"]),
        ({"results": {"9.9.9": "met"}}, ["unknown_criterion", "criteria_left_out"]),
        ({}, ["not_an_object"]),
    ],
)
def test_a_score_needs_the_results_of_every_criterion_and_no_other(facts, codes):
    ran = asking("score", "ecpsc", facts)
    assert (ran.code, ran.codes) == (2, codes)


def test_a_message_repeats_only_the_beginning_of_what_is_endless():
    (reason,) = calc("man-days", "ecpsc", activity="initial", people="9" * 5000).found["refusals"]
    assert reason["code"] == "not_a_number"
    assert len(reason["message"]) < 400
    assert "9999…" in reason["message"]


def test_a_criterion_given_twice_is_named():
    names = list(points("ecpsc", "service_evaluation"))
    pairs = [f'"{name}": "met"' for name in [*names, names[0]]]
    raw = f'{{"results": {{{", ".join(pairs)}}}, "special_deductions": 0}}'.encode()
    ran = run("calc", "score", "ecpsc", "-", stdin=raw)
    assert (ran.code, ran.codes) == (2, ["bad_file"])
    assert f"the key {names[0]} stands twice" in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize("odd", ["\ud800", "\x07\x1b[31m", "\u202e", "é", "𠮷", "\x00", "'\"\\"])
def test_letters_that_are_hard_to_print_do_no_harm(odd):
    results = all_met(points("ecpsc", "service_evaluation")) | {odd: "met"}
    raw = json.dumps({"results": results, "special_deductions": 0}).encode()
    for last in (True, False):
        ran = run("calc", "score", "ecpsc", "-", stdin=raw, json_last=last)
        assert ran.code == 2
        assert "Traceback" not in ran.err
    assert run("calc", "score", "ecpsc", "-", stdin=raw).codes == ["unknown_criterion"]


@pytest.mark.parametrize(
    "facts",
    [
        {"score": [90]},
        {"score": {"value": 90}},
        {"score": True},
        {"special_deductions": "none"},
        {"outcomes": []},
        {"outcomes": {"characteristic_evaluation": ["passed"]}},
        {"outcomes": {"characteristic_evaluation": {"x": "passed"}}},
        {"outcomes": {"characteristic_evaluation": 1}},
    ],
)
def test_facts_of_the_wrong_kind_are_named(facts):
    ran = asking("grade", "ecpsc", {**GRADE, **facts})
    assert ran.code == 2
    assert all(place or place is None for place in places(ran))


def test_a_process_leaves_no_traceback_either(tmp_path):
    """Letters no terminal has, given in a word of the command line."""
    ran = shell("calc", "man-days", "ecpsc", "--activity", "\udcff", "--people", "x", "--json")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert ran.codes == ["not_a_choice"]
    ran = shell("calc", "grade", tmp_path / "x", "--json")
    assert (ran.code, ran.codes) == (2, ["bad_usage"])


def test_json_stays_json_where_it_was_taken_for_the_value_of_an_option():
    ran = run("calc", "man-days", "ecpsc", "--activity", "initial", "--people")
    assert (ran.code, ran.codes) == (2, ["not_a_number"])
