"""What CI refuses, one faulty folder each; and that this repository has no such fault."""

import pytest

from certbody.traceability.faults import faults
from tests.traceability.making import REQUIREMENTS, STATE, TEST, made

UNMARKED = TEST.replace('@pytest.mark.requirement("D-2")\n', "")
ON_A_HELPER = TEST.replace("def test_two", "def has_two")


def test_this_repository_has_none():
    assert [str(fault) for fault in faults()] == []


def test_a_sound_folder_has_none(tmp_path):
    assert faults(made(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"tests": {"test_demo.py": TEST.replace('"D-2"', '"D-2", "D-22"')}},
            "tests/test_demo.py:4: no requirement D-22 (did you mean D-2?)",
        ),
        (
            {"state": STATE + "  D-9x: {state: partly, why: A slip of the pen.}"},
            "state.yaml: no requirement D-9x",
        ),
        (
            {"tests": {"test_demo.py": UNMARKED}},
            "state.yaml: D-2 has lost its last test",
        ),
        ({"tests": {}}, "state.yaml: D-2 has lost its last test"),
        (
            {"state": "states: {}"},
            "state.yaml: D-2 has tests: say whether they cover it or a part, and why",
        ),
        (
            {"tests": {"test_demo.py": TEST + ON_A_HELPER}},
            "tests/test_demo.py:10: this mark is on something that is not a test",
        ),
        (
            {"requirements": REQUIREMENTS.replace('"-"', '"3.2-4.5"')},
            "demo.yaml:7: D-3: '3.2-4.5' is no range of places",
        ),
        (
            {"requirements": REQUIREMENTS.replace("D-3", "D-1")},
            "demo.yaml:7: D-1 is also in demo.yaml:5",
        ),
        ({"state": "states: {D-2: {state: covered}}"}, "'why' is missing"),
        ({"state": "states: {D-2: {state: done, why: So.}}"}, "'covered' or 'partly'"),
    ],
)
def test_each_fault_is_named(tmp_path, change, fault):
    found = [str(one) for one in faults(made(tmp_path, **change))]
    assert len(found) == 1, found
    assert fault in found[0]
