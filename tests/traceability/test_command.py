"""``certbody requirements``: a table for people, one JSON list for programs."""

import json

import pytest
from click.testing import CliRunner

from certbody.cli import requirements as command
from tests.traceability.making import made


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on small folders; ``tests=False`` is an installed wheel."""

    def run(*arguments: str, tests: bool = True):
        folders = made(tmp_path)
        if not tests:
            folders = type(folders)(folders.requirements, folders.schemes, None)
        monkeypatch.setattr(command, "shipped", lambda: folders)
        monkeypatch.setenv("COLUMNS", "80")
        return CliRunner().invoke(command.requirements, arguments, catch_exceptions=False)

    return run


def test_json_is_one_list_with_the_keys_of_the_contract(run):
    rows = json.loads(run("--json").stdout)
    assert [row["id"] for row in rows] == ["D-1", "D-2", "D-3"]
    assert rows[1] == {
        "id": "D-2",
        "clause": "5.2 1)-2)",
        "must": "Two documents.",
        "scheme_data": [
            "demo/1/edition.yaml:documents:form",
            "demo/1/edition.yaml:documents:licence",
        ],
        "tests": ["tests/test_demo.py::test_two_documents"],
        "state": "covered",
    }


def test_one_state_only(run):
    assert [row["id"] for row in json.loads(run("--state", "not yet", "--json").stdout)] == [
        "D-1",
        "D-3",
    ]


def test_text_has_a_line_for_each_row_and_totals(run):
    lines = run("--lang", "en").stdout.splitlines()
    assert lines == [
        "id   clause     state    tests  must",
        "D-1  4 范围     not yet  0      Only repairs.",
        "D-2  5.2 1)-2)  covered  1      Two documents.",
        "D-3  -          not yet  0      It can be read.",
        "",
        "3 rows: covered 1, partly 0, not yet 2",
    ]


def test_text_in_chinese(run):
    assert "共 3 项：已覆盖 1，部分覆盖 0，尚未 2" in run("--lang", "zh").stdout


def test_a_long_duty_is_cut_to_the_terminal(run, monkeypatch):
    monkeypatch.setattr(command, "_MUST_AT_LEAST", 8)
    run("--lang", "en")
    monkeypatch.setenv("COLUMNS", "40")
    done = CliRunner().invoke(command.requirements, ["--lang", "en"])
    assert "D-1  4 范围     not yet  0      Only re…" in done.stdout


def test_without_tests_it_says_so(run):
    assert "this is no checkout" in run("--lang", "en", tests=False).stdout
    rows = json.loads(run("--json", tests=False).stdout)
    assert [(row["tests"], row["state"]) for row in rows][1] == ([], "partly")
