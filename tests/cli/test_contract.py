"""What others' programs rely on: exit codes 0, 2, 3, and exactly one JSON value on stdout."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.criteria import all_met, points, tiers
from tests.cli.running import KEYS, ROOT, Ran, asking, calc, run, shell

MAN_DAYS = ("calc", "man-days", "ecpsc", "--activity", "initial", "--people", "65")
TOO_MUCH = (*MAN_DAYS, "--reduce", "31", "--reason", "流程单一")
STEP, REFUSAL, NOTE = (
    {"text", "value", "clause"},
    {"code", "clause", "message"},
    {"code", "message"},
)


def everything(found: object) -> Iterator[object]:
    """Every value inside a JSON value."""
    yield found
    if isinstance(found, dict):
        for one in found.values():
            yield from everything(one)
    elif isinstance(found, list):
        for one in found:
            yield from everything(one)


def keeps_the_contract(ran: Ran) -> None:
    found = ran.found
    assert set(found) >= KEYS
    assert all(set(step) == STEP for step in found["steps"])
    assert all(set(one) >= REFUSAL for one in found["refusals"])
    assert all(set(one) >= NOTE for one in found["warnings"])
    assert bool(found["refusals"]) is (ran.code != 0)
    numbers = [one for one in everything(found) if isinstance(one, int | float)]
    assert all(isinstance(one, bool) for one in numbers), "numbers are strings"
    assert ran.err == ""


def scored(scheme: str, name: str, names: Any) -> Ran:
    return asking(
        "score", scheme, {"results": all_met(names(scheme, name)), "special_deductions": 0}
    )


@pytest.mark.parametrize(
    ("ran", "ended"),
    [
        (lambda: calc("man-days", "ecpsc", activity="initial", people=65), 0),
        (lambda: calc("man-days", "ccai", activity="initial"), 0),
        (lambda: calc("sample", "ccai", activity="initial", sites=9), 0),
        (lambda: calc("sample", "ecpsc", activity="surveillance", sites=9), 0),
        (lambda: scored("ecpsc", "service_evaluation", points), 0),
        (lambda: scored("ccai", "characteristics", tiers), 0),
        (lambda: calc("dates", "ecpsc", decided="2026-01-01", on="2027-06-01"), 0),
        (lambda: calc("dates", "ccai", decided="2026-01-01", suspended="2026-03-01"), 0),
        (lambda: calc("clock", "ecpsc", "records_kept", from_="2026-01-01"), 0),
        (lambda: asking("fee", "ecpsc", {"event": "change", "certificate_fee": 300}), 0),
        (lambda: calc("man-days", "ecpsc", activity="extension", people=65), 3),
        (lambda: calc("clock", "ecpsc", "correction", from_="2026-01-01"), 3),
        (lambda: asking("eligibility", "ccai", {}), 2),
        (lambda: asking("grade", "ecpsc", {}), 2),
        (lambda: calc("man-days", "nobody", activity="initial"), 2),
        (lambda: calc("dates", "ecpsc"), 2),
        (lambda: run("calc", "nonsense"), 2),
        (lambda: run("nonsense"), 2),
        (run, 2),
        (lambda: run("calc", "man-days", "ecpsc", "--nonsense"), 2),
        (lambda: run("scheme", "show", "nobody"), 2),
        (lambda: run("scheme", "check", "nobody"), 2),
        (lambda: run("criteria", "export", "nobody", "x.xlsx"), 2),
    ],
)
def test_every_command_keeps_the_contract(ran, ended):
    found = ran()
    assert found.code == ended
    keeps_the_contract(found)


@pytest.mark.requirement("P-R5")
@pytest.mark.parametrize(
    "asked",
    [
        ("man-days", "ecpsc", "--activity", "initial", "--people", "65"),
        ("man-days", "ccai", "--activity", "initial"),
        ("sample", "ecpsc", "--activity", "surveillance", "--sites", "9"),
        ("sample", "ccai", "--activity", "initial", "--sites", "9"),
        ("dates", "ecpsc", "--decided", "2026-01-01"),
        ("dates", "ccai", "--decided", "2026-01-01"),
        ("clock", "ecpsc", "records_kept", "--from", "2026-01-01"),
    ],
)
def test_every_figure_tells_why_step_by_step_with_its_clause(asked):
    steps = run("calc", *asked).found["steps"]
    assert steps
    assert all(step["text"] and step["clause"] for step in steps)


@pytest.mark.parametrize("command", [("scheme", "list"), ("requirements",)])
def test_lists_are_one_list(command):
    found = run(*command).found
    assert isinstance(found, list)
    assert found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_every_answer_can_be_read_by_a_person_in_either_language(scheme, lang):
    for asked in (
        ("calc", "man-days", scheme, "--activity", "initial", "--people", "65"),
        ("calc", "sample", scheme, "--activity", "surveillance", "--sites", "26"),
        ("calc", "dates", scheme, "--decided", "2026-01-01", "--on", "2027-03-01"),
        ("calc", "clock", scheme, "records_kept", "--from", "2026-01-01"),
        ("scheme", "show", scheme),
    ):
        ran = run(*asked, "--lang", lang, json_last=False)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.strip()


def test_a_person_reads_refusals_on_the_error_stream_with_their_clause():
    ran = run(*TOO_MUCH, json_last=False)
    assert (ran.code, ran.out) == (3, "")
    assert "[附件一 三.2]" in ran.err
    ran = run("calc", "man-days", "ecpsc", json_last=False)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err


@pytest.mark.parametrize(
    ("environment", "more", "chinese"),
    [
        (None, [], True),
        ("en", [], False),
        ("en_GB.UTF-8", [], False),
        ("zh", [], True),
        ("xx", [], True),
        ("en", ["--lang", "zh"], True),
        (None, ["--lang", "en"], False),
        (None, ["--lang=en"], False),
    ],
)
def test_the_language_comes_from_the_option_or_the_surroundings(
    monkeypatch, environment, more, chinese
):
    if environment:
        monkeypatch.setenv("CERTBODY_LANG", environment)
    message = run(*TOO_MUCH, *more).found["refusals"][0]["message"]
    assert ("超过" in message) is chinese
    usage = run("calc", "man-days", *more).found["refusals"][0]["message"]
    assert ("用法" in usage) is chinese


def test_an_unknown_language_is_a_fault_of_usage():
    ran = run(*MAN_DAYS, "--lang", "fr")
    assert (ran.code, ran.codes) == (2, ["bad_usage"])


@pytest.mark.parametrize(
    ("reading", "ended", "value"),
    [
        ("A4=started", 0, "6"),
        ("A4=completed", 0, "5"),
        ("A4=maybe", 2, None),
        ("Z9=x", 2, None),
        ("A4", 2, None),
        ("=", 2, None),
    ],
)
def test_another_reading_can_be_chosen(reading, ended, value):
    asked = ("calc", "man-days", "ecpsc", "--activity", "initial", "--people", "1001")
    ran = run(*asked, "--reading", reading)
    assert (ran.code, ran.found["value"]) == (ended, value)
    twice = run(*asked, "--reading", "A4=started", "--reading", "A4=completed")
    assert (twice.code, twice.codes) == (2, ["bad_usage"])


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ("A4=maybe", "reading 'A4' has no option 'maybe': started, completed"),
        ("Z9=x", "no reading 'Z9' with options; there are: A4, "),
        ("A1=x", "no reading 'A1' with options; there are: A4, "),
    ],
)
def test_a_reading_that_cannot_be_chosen_is_told_with_those_that_can(reading, told):
    ran = calc("man-days", "ecpsc", activity="initial", people=9, reading=reading)
    (reason,) = ran.found["refusals"]
    assert told in reason["message"]


@pytest.mark.parametrize(
    ("asked", "twice"),
    [
        ("calc man-days ecpsc --activity initial --people 420 --people 421", "--people"),
        ("calc man-days ecpsc --activity initial --activity surveillance", "--activity"),
        ("calc sample ecpsc --activity initial --sites 4 --sites 5", "--sites"),
        ("calc dates ecpsc --decided 2026-01-15 --decided 2026-01-16", "--decided"),
        ("calc dates ecpsc --decided 2026-01-15 --on 2026-02-01 --on 2026-02-02", "--on"),
        ("calc dates ecpsc --decided 2026-01-15 --input decided=2026-01-16", "decided"),
        ("calc clock ecpsc correction --from 2026-01-15 --input from=2026-01-16", "from"),
    ],
)
def test_what_is_given_twice_is_no_answer_from_one_of_the_two(asked, twice):
    ran = run(*asked.split())
    assert (ran.code, ran.codes) == (2, ["bad_usage"])
    assert f"'{twice}' is given twice" in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize("word", ["--help", "-h", "--version"])
def test_help_and_version_are_told_and_no_fault(word):
    ran = run(word, json_last=False)
    assert ran.code == 0
    assert "certbody" in ran.out.lower() or "version" in ran.out.lower()


@pytest.mark.parametrize(
    "command",
    [
        ("calc", "man-days"),
        ("calc", "sample"),
        ("calc", "score"),
        ("calc", "grade"),
        ("calc", "eligibility"),
        ("calc", "dates"),
        ("calc", "clock"),
        ("calc", "fee"),
        ("scheme", "list"),
        ("scheme", "show"),
        ("scheme", "check"),
        ("scheme", "new"),
        ("scheme", "publish"),
        ("scheme", "diff"),
        ("criteria", "template"),
        ("criteria", "import"),
        ("criteria", "export"),
        ("requirements",),
    ],
)
def test_every_command_of_the_contract_is_there_with_help_and_json(command):
    ran = run(*command, "--help", json_last=False)
    assert ran.code == 0
    assert "--json" in ran.out
    assert "--lang" in ran.out


# The same through a process of its own: what a caller's shell sees.


@pytest.mark.parametrize(
    ("words", "ended"),
    [((*MAN_DAYS, "--json"), 0), (("calc", "--json"), 2), ((*TOO_MUCH, "--json"), 3)],
)
def test_a_process_ends_as_the_contract_says(words, ended):
    ran = shell(*words)
    assert ran.code == ended
    keeps_the_contract(ran)


def test_a_process_needs_no_settings_of_the_surroundings(tmp_path):
    """No locale, no home, another folder: JSON is UTF-8 all the same."""
    words = [sys.executable, "-m", "certbody", *TOO_MUCH, "--json"]
    ran = subprocess.run(  # noqa: S603  our own command
        words,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (3, b"")
    assert "超过" in json.loads(ran.stdout.decode("utf-8"))["refusals"][0]["message"]


def test_the_installed_command_is_the_same_one():
    command = Path(sys.executable).parent / "certbody"
    ran = subprocess.run(  # noqa: S603  our own command
        [command, *MAN_DAYS, "--json"], capture_output=True, check=True, cwd=ROOT
    )
    assert json.loads(ran.stdout)["value"] == "2"


def test_a_reader_who_leaves_early_hears_no_complaint():
    """As in ``certbody scheme show ecpsc | head -1``."""
    show = [sys.executable, "-m", "certbody", "scheme", "show", "ecpsc", "--json"]
    with subprocess.Popen(  # noqa: S603  our own command
        show, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told
