"""The table: which rows of data and which tests stand beside a requirement."""

import pytest

from certbody.schemes.faults import Faults
from certbody.traceability.folders import Folders
from certbody.traceability.table import Row, rows
from tests.traceability.making import REQUIREMENTS, TEST, made

DATA = "demo/1/edition.yaml:documents"


def table(folders: Folders) -> dict[str, Row]:
    return {row.id: row for row in rows(folders)}


def test_a_row_carries_clause_duty_data_tests_and_state(tmp_path):
    assert table(made(tmp_path))["D-2"] == Row(
        id="D-2",
        clause="5.2 1)-2)",
        must="Two documents.",
        scheme_data=(f"{DATA}:form", f"{DATA}:licence"),
        tests=("tests/test_demo.py::test_two_documents",),
        state="covered",
    )


def test_data_alone_are_a_part(tmp_path):
    row = table(made(tmp_path, tests={}))["D-2"]
    assert (row.tests, row.state) == ((), "partly")


def test_tests_alone_are_a_part_until_a_person_says_more(tmp_path):
    row = table(made(tmp_path, state="states: {}", tests={"test_x.py": marked("D-3")}))["D-3"]
    assert (row.scheme_data, row.state) == ((), "partly")


def test_a_person_may_say_that_tests_show_a_part_only(tmp_path):
    state = "states: {D-2: {state: partly, why: One of the two.}}"
    assert table(made(tmp_path, state=state))["D-2"].state == "partly"


def test_neither_data_nor_tests_is_not_yet(tmp_path):
    assert table(made(tmp_path))["D-1"].state == "not yet"


def test_another_schemes_rows_do_not_count(tmp_path):
    other = REQUIREMENTS.replace("scheme: demo", "scheme: other")
    assert table(made(tmp_path, requirements=other, tests={}))["D-2"].scheme_data == ()


def test_a_document_without_a_place_is_answered_by_sections_only(tmp_path):
    asked = REQUIREMENTS.replace("5.2 1)-2)", "5; 条例")
    data = table(made(tmp_path, requirements=asked))["D-2"].scheme_data
    assert data == (DATA, f"{DATA}:form", f"{DATA}:licence", f"{DATA}:chart")
    alone = REQUIREMENTS.replace("5.2 1)-2)", "条例")
    assert table(made(tmp_path, requirements=alone))["D-2"].scheme_data == ()


def test_requirements_of_no_scheme_read_all_of_them_by_source_and_law(tmp_path):
    shared = """
source: ISO/IEC 17065:2012 clause numbers; laws by name
requirements:
  - {id: P-1, clause: "5.2", must: "The standard's own 5.2."}
  - {id: P-2, clause: "7.2; 条例 Art. 12", must: "A licence."}
"""
    read = table(made(tmp_path, requirements=shared, state="", tests={}))
    assert read["P-1"].scheme_data == ()
    assert read["P-2"].scheme_data == (f"{DATA}:licence",)
    assert read["P-2"].state == "not yet"


def test_an_id_twice_is_refused(tmp_path):
    folders = made(tmp_path)
    (folders.requirements / "more.yaml").write_text(REQUIREMENTS, encoding="utf-8")
    with pytest.raises(Faults, match=r"more.yaml:5: D-1 is also in demo.yaml:5"):
        rows(folders)


def test_a_clause_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(Faults, match=r"demo.yaml:6: D-2: '5.2-B' is no range of places"):
        rows(made(tmp_path, requirements=REQUIREMENTS.replace("5.2 1)-2)", "5.2-B")))


def marked(name: str) -> str:
    return TEST.replace("D-2", name)
