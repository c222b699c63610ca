"""``certbody criteria template|import|export``: what it writes, keeps and prints."""

import pytest

from certbody.sheets.names import GUIDE
from certbody.sheets.workbook import sheets_of
from tests.cli.running import KEYS, run
from tests.sheets.books import book, moved


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.delenv("CERTBODY_SCHEMES", raising=False)
    monkeypatch.setenv("CERTBODY_LANG", "en")
    monkeypatch.setenv("CERTBODY_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def rewritten(path, changes, sample="是"):
    """Change cells of an exported workbook as somebody does in Excel."""
    sheets = {sheet.name: moved(sheet) for sheet in sheets_of(path)}
    for (name, row, column), value in changes.items():
        sheets[name][row - 1, column - 1] = value
    sheets[GUIDE] |= {place: sample for place in sheets[GUIDE] if place in ((2, 3), (3, 3))}
    return book(path, sheets)


@pytest.mark.parametrize(
    ("scheme", "sets"),
    [("ecpsc", ["service_evaluation"]), ("ccai", ["characteristics", "capability"])],
)
def test_one_workbook_holds_every_set_of_an_edition(scheme, sets, tmp_path):
    ran = run("criteria", "export", scheme, tmp_path / "out.xlsx")

    assert (ran.code, [one["name"] for one in ran.found["sets"]]) == (0, sets)
    assert set(ran.found) >= KEYS
    assert {note["code"] for note in ran.found["warnings"]} == {"sample_criteria"}
    assert [sheet.name for sheet in sheets_of(tmp_path / "out.xlsx")] == [*sets, GUIDE]


@pytest.mark.requirement("E-4.4")
def test_the_body_enters_its_own_points_by_a_sheet(tmp_path, data):
    path = tmp_path / "own.xlsx"
    run("criteria", "export", "ecpsc", path)
    own = {("service_evaluation", 4, 5): 1.5, ("service_evaluation", 5, 5): 2}
    rewritten(path, own, sample="否")

    ran = run("criteria", "import", "ecpsc", path)

    assert (ran.value, ran.found["unit"], ran.found["warnings"]) == ("67", "criterion", [])
    (kept,) = (data / "criteria" / "ecpsc" / "A-0").iterdir()
    assert ran.found["sets"][0]["kept"] == str(kept)
    assert "{id: 5.1.1.1, points: 1.5," in kept.read_text(encoding="utf-8")
    shown = run("criteria", "export", "ecpsc", tmp_path / "again.xlsx").found
    assert (shown["warnings"], shown["sets"][0]["sample"]) == ([], False)
    assert shown["sets"][0]["title"] == "GB/T 27922-2011 (entered by the body)"


def test_what_is_still_a_sample_is_kept_as_one_with_a_warning(tmp_path):
    run("criteria", "export", "ccai", tmp_path / "out.xlsx")

    ran = run("criteria", "import", "ccai", tmp_path / "out.xlsx")

    assert [one["sample"] for one in ran.found["sets"]] == [True, True]
    assert [note["code"] for note in ran.found["warnings"]] == ["imported_as_sample"] * 2


def test_a_faulty_sheet_is_bad_input_and_nothing_is_imported(tmp_path, data):
    path = tmp_path / "faulty.xlsx"
    run("criteria", "export", "ccai", path)
    rewritten(path, {("capability", 3, 8): "maybe", ("characteristics", 3, 6): "top"})

    ran = run("criteria", "import", "ccai", path)

    assert (ran.code, ran.codes) == (2, ["bad_file", "bad_file"])
    assert [one["where"] for one in ran.found["refusals"]] == [
        "characteristics!F3",
        "capability!H3",
    ]
    assert ran.found["refusals"][0]["message"] == (
        "sheet “characteristics”, row 3, column F: "
        "tier: “top” is unknown; allowed: basic, expected, ecological"
    )
    assert not data.exists()


def test_a_dry_run_keeps_nothing(tmp_path, data):
    run("criteria", "export", "ecpsc", tmp_path / "out.xlsx")

    ran = run("criteria", "import", "ecpsc", tmp_path / "out.xlsx", "--dry-run")

    assert (ran.value, ran.found["sets"][0]["kept"], data.exists()) == ("67", None, False)


def test_a_single_set_can_be_named(tmp_path):
    path = tmp_path / "one.xlsx"
    assert run("criteria", "template", "ccai", path, "--set", "capability").code == 0
    assert [sheet.name for sheet in sheets_of(path)] == ["capability", GUIDE]

    ran = run("criteria", "template", "ccai", tmp_path / "two.xlsx", "--set", "capacity")
    assert (ran.code, ran.codes) == (2, ["bad_usage"])
    assert "sets: characteristics, capability" in ran.found["refusals"][0]["message"]


def test_an_unfilled_template_is_bad_input(tmp_path):
    path = tmp_path / "blank.xlsx"
    assert run("criteria", "template", "ecpsc", path).code == 0

    ran = run("criteria", "import", "ecpsc", path)

    assert ran.code == 2
    assert len([one for one in ran.found["refusals"] if "delete it" in one["message"]]) == 15


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.xlsx", "there is no such file"), ("note.txt", "not an Excel workbook")],
)
def test_a_file_that_is_no_workbook_is_bad_input(name, words, tmp_path):
    (tmp_path / "note.txt").write_text("no workbook")

    ran = run("criteria", "import", "ecpsc", tmp_path / name)

    assert (ran.code, ran.codes) == (2, ["bad_file"])
    assert words in ran.found["refusals"][0]["message"]


def test_a_filled_workbook_is_not_written_over_by_accident(tmp_path):
    path = tmp_path / "out.xlsx"
    run("criteria", "export", "ecpsc", path)

    assert run("criteria", "template", "ecpsc", path).codes == ["bad_file"]
    assert run("criteria", "template", "ecpsc", path, "--overwrite").code == 0


def test_people_read_what_was_done(tmp_path):
    ran = run("criteria", "export", "ecpsc", tmp_path / "out.xlsx", json_last=False)

    first, second, third = ran.out.splitlines()
    assert first == f"exported · ecpsc/A-0 · {tmp_path / 'out.xlsx'}"
    assert second.startswith("  service_evaluation: 67 criteria  ")
    assert third.startswith("  ! sample criteria: ")
