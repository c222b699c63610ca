"""House rule for the package: what an editable checkout can read, an installed wheel can too."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, refuse, under


@pytest.fixture(scope="module")
def in_wheel(tmp_path_factory) -> set[str]:
    """The names of all files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  the words above
    (wheel,) = folder.glob("certbody-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_the_package(in_wheel):
    refuse(missing(under("src/certbody"), "src/certbody", "certbody", in_wheel), "Not in the wheel")


def test_the_wheel_carries_the_rulebooks(in_wheel):
    refuse(missing(under("schemes"), "schemes", "certbody/_schemes", in_wheel), "Not in the wheel")


def test_the_wheel_carries_the_requirements(in_wheel):
    here, there = "docs/requirements", "certbody/_requirements"
    refuse(missing(under(here), here, there, in_wheel), "Not in the wheel")


def missing(files: list[Path], here: str, there: str, in_wheel: set[str]) -> list[str]:
    """The files of a folder that have not arrived at their place in the wheel."""
    names = (path.relative_to(ROOT / here).as_posix() for path in files)
    return [name for name in names if f"{there}/{name}" not in in_wheel]
