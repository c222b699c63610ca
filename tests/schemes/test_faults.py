"""Faulty rulebooks, one fault each: one clear message names the file, the line and what is wrong.

Each file under ``faulty/files`` is laid into a copy of a sound edition; each folder under
``faulty/editions`` holds files that take the place of the sound ones. The head of a faulty
file says the line and the words of the message.
"""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from certbody.calendars import CHINA
from certbody.schemes.asking import Circumstances
from certbody.schemes.check import check
from certbody.schemes.faults import Faults
from certbody.schemes.yaml_files import BYTES_AT_MOST, DEPTH_AT_MOST

HERE = Path(__file__).parent / "faulty"
FILES = sorted((HERE / "files").glob("*.yaml"))
EDITIONS = sorted((HERE / "editions").glob("*/*.yaml"))
AROUND = Circumstances(CHINA)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "base", tmp_path / "base")
    return tmp_path / "base" / "1"


def faults_of(edition: Path) -> list[str]:
    try:
        return [str(fault) for fault in check(edition, AROUND).faults]
    except Faults as found:
        return [str(fault) for fault in found.faults]


def head(path: Path) -> dict[str, str]:
    """What the file's own head says about its fault."""
    return dict(re.findall(r"(?m)^# (line|says|faults): (.*)$", path.read_text(encoding="utf-8")))


def named(paths: Iterable[Path]) -> list[str]:
    return [path.stem if path.parent == HERE / "files" else path.parent.name for path in paths]


def check_fault(edition: Path, faulty: Path) -> None:
    expected = head(faulty)
    found = faults_of(edition)
    assert f"{faulty.name}:{expected['line']}: " in found[0]
    assert expected["says"] in found[0]
    assert len(found) == int(expected.get("faults", 1)), found


def test_the_base_is_sound(edition):
    assert faults_of(edition) == []


@pytest.mark.requirement("P-R2")
@pytest.mark.parametrize("faulty", FILES, ids=named(FILES))
def test_a_faulty_file_names_its_fault(edition, faulty):
    shutil.copy(faulty, edition)
    check_fault(edition, faulty)


@pytest.mark.requirement("P-R2")
@pytest.mark.parametrize("faulty", EDITIONS, ids=named(EDITIONS))
def test_a_faulty_edition_names_its_fault(edition, faulty):
    shutil.copy(faulty, edition.parent if faulty.name == "scheme.yaml" else edition)
    check_fault(edition, faulty)


def test_an_edition_needs_its_own_file(edition):
    (edition / "edition.yaml").unlink()
    assert faults_of(edition) == [f"{edition}: no edition.yaml here"]


def test_an_edition_needs_a_scheme(edition):
    (edition.parent / "scheme.yaml").unlink()
    assert faults_of(edition) == [f"{edition}: no scheme.yaml here or one level up"]


def test_a_file_is_utf_8(edition):
    (edition / "gbk.yaml").write_bytes("subject: 错\nzh: 编码\nen: encoding\n".encode("gb18030"))
    assert faults_of(edition) == [f"{edition / 'gbk.yaml'}: not UTF-8 text"]


def test_a_file_is_not_too_large(edition):
    (edition / "large.yaml").write_text("#" * (BYTES_AT_MOST + 1), encoding="utf-8")
    assert faults_of(edition) == [f"{edition / 'large.yaml'}: larger than {BYTES_AT_MOST} bytes"]


@pytest.mark.parametrize("opened", ["[", "{a: "], ids=["lists", "mappings"])
@pytest.mark.parametrize("depth", [DEPTH_AT_MOST + 2, 50_000], ids=["a little", "a lot"])
def test_a_file_is_not_too_deep(edition, opened, depth):
    closed = {"[": "]", "{a: ": "}"}[opened]
    text = f"subject: deep\nzh: 深\nen: deep\nopen: {opened * depth}{closed * depth}\n"
    (edition / "deep.yaml").write_text(text, encoding="utf-8")
    found = faults_of(edition)
    assert len(found) == 1
    assert found[0].startswith(f"{edition / 'deep.yaml'}:4: ")


def test_every_faulty_file_is_named_at_once(edition):
    for name in ("doubled_key", "tag"):
        shutil.copy(HERE / "files" / f"{name}.yaml", edition)
    found = faults_of(edition)
    assert ["doubled_key.yaml" in found[0], "tag.yaml" in found[1]] == [True, True]


def test_every_fault_of_a_file_is_named_at_once(edition):
    rows = "  - {id: a, zh: 甲, en: a}\n  - {id: b, clause: '1', zh: 乙}\n"
    text = "subject: two\nzh: 二\nen: two\nchoices:\n c:\n  clause: '1'\n  zh: 选\n  options:\n"
    (edition / "two.yaml").write_text(text + rows, encoding="utf-8")
    places = [fault.partition(": ")[2].partition(":")[0] for fault in faults_of(edition)]
    assert places == ["choices.c.en", "choices.c.options.0.clause", "choices.c.options.1.en"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_what_has_no_end_is_no_file(edition, make):
    """Named and left alone: reading a pipe waits for ever, and a device fills the memory."""
    make(edition / "endless.yaml")
    assert faults_of(edition) == [f"{edition / 'endless.yaml'}: not a file"]
