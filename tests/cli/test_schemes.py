"""``certbody scheme …``: begin, check, publish and compare editions, in copies to be broken."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.running import Ran, asking, calc, run

GRADES = "grades.yaml"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A fresh edition as ``scheme new`` makes it."""
    assert run("scheme", "new", "demo", "1", "--into", tmp_path / "schemes").code == 0
    return tmp_path / "schemes" / "demo" / "1"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(edition: Path, *more: str) -> Ran:
    return run("scheme", "check", edition, *more)


def faults(edition: Path) -> list[str]:
    """What a check finds, whether the edition still loads or not."""
    ran = checked(edition)
    assert ran.code == 2
    found = ran.found
    if "faults" in found:
        assert found["ok"] is False
        return [f"{one['place']}: {one['message']}" for one in found["faults"]]
    assert {one["code"] for one in found["refusals"]} == {"bad_scheme"}
    return [one["message"] for one in found["refusals"]]


def test_a_new_edition_checks_clean_and_says_what_is_still_open(edition):
    found = checked(edition).found
    assert (found["ok"], found["faults"], found["scheme"], found["edition"]) == (
        True,
        [],
        "demo",
        "1",
    )
    assert any(part.startswith("man_days") for part in found["open"])
    assert {"sums", "schedules"} <= set(found["open"])


@pytest.mark.requirement("P-R3")
def test_every_change_to_a_new_edition_is_noticed_by_its_examples(edition):
    found = checked(edition, "--mutate").found
    assert found["mutants"] > 10
    assert found["unnoticed"] == []
    rewrite(edition / GRADES, "  - {ask: grade, given: {score: 79.99}, gives: {value: null}}\n", "")
    ran = checked(edition, "--mutate")
    assert ran.code == 2
    assert any("80 → 79" in one for one in ran.found["unnoticed"])


@pytest.mark.requirement("P-R3")
def test_an_example_that_comes_out_otherwise_is_a_fault(edition):
    rewrite(edition / GRADES, "given: {score: 80}, gives: A", "given: {score: 80}, gives: B")
    (told,) = faults(edition)
    assert GRADES in told
    assert "value is 'A', not 'B'" in told


@pytest.mark.requirement("P-R2")
@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("    levels:", "    zh: 又一个\n    levels:", 13, "key 'zh' twice"),
        ("    levels:", "    levls:", 14, "did you mean 'levels'?"),
        ('    clause: "1"\n    zh: 认证', "    zh: 认证", 8, "'clause' is missing"),
        ("type: number", "type: numbr", 12, "Input should be 'count', 'number'"),
        ("{at_least: 80}", "{atleast: 80}", 19, "unknown test 'atleast' of 'score'; allowed"),
        ("{at_least: 80}", "{at_least: 8 0}", 19, "not a number"),
        ("at_least: 0,", "at_least: *zero,", 12, "aliases"),
        ("at_least: 0,", "at_least: &a 0, unit: *a,", 12, "aliases"),
        ("at_least: 0,", "at_least: !!python/object:os.system 0,", 12, "tags"),
        ("at_least: 0,", "at_least: yes,", 12, "not a number"),
        ("    levels:", "\tlevels:", 13, "not YAML"),
    ],
)
def test_a_fault_of_the_data_names_file_line_and_what_is_allowed(edition, old, new, line, told):
    rewrite(edition / GRADES, old, new)
    found = faults(edition)
    assert any(f"{GRADES}:{line}：" in one and told in one for one in found), found
    assert not any("at least 1 item" in one for one in found)


@pytest.mark.requirement("P-R2")
def test_a_condition_over_a_fact_that_is_no_input_is_found_when_loading(edition):
    rewrite(edition / GRADES, "{score: {at_least: 80}}", "{socre: {at_least: 80}}")
    assert any(GRADES in one and "socre" in one for one in faults(edition))


@pytest.mark.requirement("P-R2")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\xff\xfe\x00grades", "not UTF-8"),
        (b"a: " + b"[" * 500 + b"]" * 500, "deeper than"),
        (b"a: " + b"{b: " * 40 + b"1" + b"}" * 40, "deeper than"),
        (b"- a list", "mapping of keys"),
        (b"", "is missing"),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "aliases"),
        (b"\x00", "not YAML"),
        (b"a: 'unclosed", "not YAML"),
        (b"subject: x\nzh: x\nen: x\n? [a]\n: b", "plain text"),
        (b"a: 2025-02-29", "not a day"),
    ],
)
def test_a_file_that_is_no_rulebook_is_named(edition, text, told):
    (edition / GRADES).write_bytes(text)
    found = faults(edition)
    assert any(GRADES in one and told in one for one in found), found


@pytest.mark.requirement("P-R2")
def test_a_file_of_a_hundred_megabytes_is_not_read(edition):
    with (edition / GRADES).open("r+b") as file:
        file.truncate(100_000_000)
    assert any("larger than" in one for one in faults(edition))


def test_a_folder_where_a_file_should_be_is_named(edition):
    (edition / "more.yaml").mkdir()
    ran = checked(edition)
    assert ran.code == 2
    assert "more.yaml" in str(ran.found["refusals"])


@pytest.mark.requirement("P-R2")
def test_a_clause_nobody_cites_needs_a_reason(edition):
    clauses = edition / "clauses.yaml"
    text = clauses.read_text(encoding="utf-8")
    row = '  - {clause: "9", zh: 附则, en: Final, reason: only for people}\n'
    clauses.write_text(text.replace("clauses:\n", f"clauses:\n{row}", 1), encoding="utf-8")
    assert checked(edition).code == 0 or faults(edition)
    rewrite(clauses, ", reason: only for people", "")
    assert any("no row cites 9" in one for one in faults(edition))


def test_an_edition_that_is_there_is_not_touched(edition):
    ran = run("scheme", "new", "demo", "1", "--into", edition.parent.parent)
    assert (ran.code, ran.codes) == (2, ["bad_scheme"])
    assert "already there" in ran.found["refusals"][0]["message"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "-x", ".", "演示", "x" * 41, "a b"])
def test_a_scheme_has_a_plain_name(tmp_path, name):
    ran = run("scheme", "new", "--into", tmp_path, "--", name, "1", json_last=False)
    assert ran.code == 2
    assert not list(tmp_path.iterdir())


def publish(edition: Path, by: str = "审批人") -> Ran:
    return run("scheme", "publish", edition, "--approved-by", by, "--on", "2026-01-05")


@pytest.mark.requirement("P-R4")
def test_a_published_edition_answers_without_a_warning_and_never_changes(edition):
    def graded() -> Ran:
        return asking("grade", str(edition), {"score": 90})

    assert [note["code"] for note in graded().found["warnings"]] == ["edition_unpublished"]
    assert publish(edition).found == {"scheme": "demo", "edition": "1", "files": 3}
    register = (edition.parent.parent / "PUBLISHED").read_text(encoding="utf-8")
    assert [line.split("\t")[:3] for line in register.splitlines()] == [
        ["demo/1", "2026-01-05", "审批人"]
    ] * 3
    assert graded().found["warnings"] == []
    assert checked(edition).code == 0

    rewrite(edition / GRADES, "at_least: 80", "at_least: 81")
    ran = graded()
    assert (ran.code, ran.codes) == (2, ["bad_scheme"])
    assert "changed since it was published" in ran.found["refusals"][0]["message"]
    assert any("changed since" in one for one in faults(edition))
    rewrite(edition / GRADES, "at_least: 81", "at_least: 80")
    assert graded().code == 0


@pytest.mark.requirement("P-R4")
@pytest.mark.parametrize(("change", "told"), [("added", "added"), ("missing", "missing")])
def test_files_of_a_published_edition_are_neither_added_nor_removed(edition, change, told):
    publish(edition)
    if change == "added":
        (edition / "more.yaml").write_text("subject: more\nzh: 更多\nen: More\n", encoding="utf-8")
    else:
        (edition / "clauses.yaml").unlink()
    assert any(f"{told} since it was published" in one for one in faults(edition))


@pytest.mark.requirement("P-R4")
@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("编写人", "another person"),
        (" 编写人 ", "another person"),
        ("", "must be named"),
        ("  ", "must be named"),
        ("a\tb", "must be named"),
        ("a\nb", "must be named"),
    ],
)
def test_an_edition_is_approved_by_another_person_who_is_named(edition, by, told):
    ran = publish(edition, by)
    assert (ran.code, ran.codes) == (2, ["bad_scheme"])
    assert told in ran.found["refusals"][0]["message"]
    assert not (edition.parent.parent / "PUBLISHED").exists()


@pytest.mark.requirement("P-R4")
def test_what_is_faulty_or_published_cannot_be_published(edition):
    rewrite(edition / GRADES, "gives: A}", "gives: B}")
    assert publish(edition).code == 2
    rewrite(edition / GRADES, "gives: B}", "gives: A}")
    assert publish(edition).code == 0
    again = publish(edition)
    assert "already published" in again.found["refusals"][0]["message"]


def test_two_editions_are_compared_place_by_place(edition):
    other = edition.parent / "2"
    copytree(edition, other)
    rewrite(other / "edition.yaml", 'edition: "1"', 'edition: "2"')
    rewrite(other / GRADES, "at_least: 80", "at_least: 85")
    rewrite(other / GRADES, "en: grade A", "en: grade one")
    rewrite(other / GRADES, "at_most: 100}", "unit: point}")
    assert run("scheme", "diff", edition, edition).found == []
    found = run("scheme", "diff", edition, other).found
    changes = {
        (one["sign"], one["place"].rpartition(".")[2], one["was"], one["now"]) for one in found
    }
    assert changes >= {("~", "at_least", "80", "85"), ("-", "at_most", "100", None)}
    assert not any(one["now"] == "grade one" for one in found)
    worded = run("scheme", "diff", edition, other, "--words").found
    assert any(one["now"] == "grade one" for one in worded)
    assert all(one["file"] for one in worded)


def test_an_edition_may_be_named_in_three_ways(edition, monkeypatch):
    monkeypatch.setenv("CERTBODY_SCHEMES", str(edition.parent.parent))
    for name in ("demo", "demo/1", str(edition), str(edition.parent)):
        ran = asking("grade", name, {"score": 90})
        assert (ran.value, ran.found["scheme"], ran.found["edition"]) == ("A", "demo", "1")
    listed = {(one["scheme"], one["edition"]) for one in run("scheme", "list").found}
    assert ("demo", "1") in listed
    assert {code for code, _ in listed} >= {"demo", "ecpsc", "ccai"}


def test_several_roots_are_joined_by_colons_and_missing_ones_do_no_harm(
    edition, tmp_path, monkeypatch
):
    roots = f"{tmp_path / 'none'}:{edition.parent.parent}:"
    monkeypatch.setenv("CERTBODY_SCHEMES", roots)
    assert asking("grade", "demo", {"score": 90}).value == "A"


@pytest.mark.parametrize(
    "name",
    ["nobody", "demo/9", "", "/", "..", "../demo", "demo/../demo/1", "x" * 5000, "README.md"],
)
def test_a_scheme_that_is_not_there_is_named_with_those_that_are(edition, monkeypatch, name):
    monkeypatch.setenv("CERTBODY_SCHEMES", str(edition.parent.parent))
    ran = calc("man-days", name, activity="initial")
    assert ran.code == 2
    assert set(ran.codes) <= {"bad_scheme", "bad_file"}


def test_what_a_rulebook_leaves_open_is_refused_as_open(edition):
    ran = calc("man-days", str(edition), activity="initial", people=5)
    assert (ran.code, ran.codes) == (3, ["open_in_rulebook"])
    assert ran.found["refusals"][0]["clause"] == "0"
    ran = calc("dates", str(edition), decided="2026-01-01")
    assert (ran.code, ran.codes) == (3, ["open_in_rulebook"])


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_show_tells_sections_inputs_readings_and_open_parts(scheme):
    found = run("scheme", "show", scheme).found
    assert {"man_days", "sites", "grade", "eligibility", "certificate"} <= {
        one["name"] for one in found["sections"]
    }
    assert all(one["clause"] and one["title"] for one in found["sections"])
    assert all(one["choice"] and one["status"] for one in found["readings"].values())
    assert found["documents"]
    assert found["open"]
