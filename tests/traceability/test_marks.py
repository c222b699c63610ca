"""Marks are found where tests are, and nowhere else."""

import pytest

from certbody.traceability.marks import marks_under

ON_A_TEST = """
import pytest

@pytest.mark.requirement("D-1", "D-2")
def test_one(): ...
"""

ON_A_CLASS = """
import pytest

@pytest.mark.requirement("D-1")
class TestRepairs:
    def test_one(self): ...

    @pytest.mark.requirement("D-2")
    def test_two(self): ...
"""

ON_A_FILE = """
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.requirement("D-1")]

def test_one(): ...

class TestRepairs:
    def test_two(self): ...

def helper(): ...
"""

ON_A_CASE = """
import pytest

@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.requirement("D-1"))])
def test_one(n): ...
"""

ON_AN_ASYNC_TEST = """
import pytest

@pytest.mark.requirement("D-1")
async def test_one(): ...
"""


def found(tmp_path, text: str, name: str = "test_x.py"):
    folder = tmp_path / "tests" / "inner"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return marks_under(tmp_path / "tests")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (ON_A_TEST, ["D-1 test_one", "D-2 test_one"]),
        (
            ON_A_CLASS,
            ["D-2 TestRepairs::test_two", "D-1 TestRepairs::test_one", "D-1 TestRepairs::test_two"],
        ),
        (ON_A_FILE, ["D-1 test_one", "D-1 TestRepairs::test_two"]),
        (ON_A_CASE, ["D-1 test_one"]),
        (ON_AN_ASYNC_TEST, ["D-1 test_one"]),
    ],
)
def test_marks_on_tests(tmp_path, text, marks):
    read = found(tmp_path, text)
    assert read.faults == ()
    assert [f"{m.id} {m.test.removeprefix('tests/inner/test_x.py::')}" for m in read.marks] == marks


def test_a_test_is_named_as_pytest_names_it(tmp_path):
    (first, _) = found(tmp_path, ON_A_TEST).marks
    assert (first.test, first.place) == (
        "tests/inner/test_x.py::test_one",
        "tests/inner/test_x.py:4",
    )


NOT_A_TEST = "this mark is on something that is not a test"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('@pytest.mark.requirement("D-1")\ndef helper(): ...', NOT_A_TEST),
        ('@pytest.mark.requirement("D-1")\nclass Helper:\n    def test_one(self): ...', NOT_A_TEST),
        ('@pytest.mark.requirement("D-1")\nclass TestNothing:\n    x = 1', NOT_A_TEST),
        ('pytestmark = pytest.mark.requirement("D-1")\ndef helper(): ...', NOT_A_TEST),
        ('shared = pytest.mark.requirement("D-1")\n@shared\ndef test_one(): ...', NOT_A_TEST),
        ("@pytest.mark.requirement(ID)\ndef test_one(): ...", "write the id out as text"),
        ("@pytest.mark.requirement()\ndef test_one(): ...", "names one id or several"),
        ('@pytest.mark.requirement(id="D-1")\ndef test_one(): ...', "names one id or several"),
    ],
)
def test_marks_that_are_no_evidence(tmp_path, text, message):
    read = found(tmp_path, text)
    assert read.marks == ()
    (fault,) = read.faults
    assert message in fault.message
    assert fault.place.startswith("tests/inner/test_x.py:")


def test_a_file_that_pytest_does_not_collect_shows_nothing(tmp_path):
    read = found(tmp_path, ON_A_TEST, name="helpers.py")
    assert read.marks == ()
    assert [fault.message for fault in read.faults] == [NOT_A_TEST]


def test_without_a_folder_of_tests_there_are_no_marks():
    assert marks_under(None).marks == ()
