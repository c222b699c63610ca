"""The glossary names what is there: each code name in it exists in the program or the data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.house.checkout import ROOT, refuse, under

GLOSSARY = "docs/glossary.md"
LEAST_TERMS = 80
NAME = re.compile(r"`([^`]+)`")


def rows() -> list[list[str]]:
    """The cells of each term."""
    lines = (ROOT / GLOSSARY).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if row[0] != "中文" and not set(row[0]) <= {"-"}]


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every name in Python and every key or single word in the rulebooks."""
    names = {name for path in under("src", suffix=".py") for name in names_in_python(path)}
    return names | {name for path in under("schemes", suffix=".yaml") for name in names_in(path)}


def names_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                yield name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name


def names_in(path: Path) -> Iterator[str]:
    tokens = yaml.scan(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    yield from (token.value for token in tokens if isinstance(token, yaml.ScalarToken))


def test_every_term_is_told_in_full():
    table = rows()
    assert len(table) >= LEAST_TERMS
    refuse(
        (" | ".join(row) for row in table if len(row) != 4 or not all(row)),
        "A term has a Chinese and an English name, a code name and a source.",
    )


def test_no_term_stands_twice():
    terms = [row[0] for row in rows()]
    refuse({term for term in terms if terms.count(term) > 1}, "One term, one line.")


def test_every_code_name_exists(known):
    missing = [
        f"{row[1]}: {name}"
        for row in rows()
        for name in NAME.findall(row[2])
        if name not in known and not (ROOT / "src/certbody" / name).is_file()
    ]
    refuse(missing, "A code name in the glossary is neither in src nor in schemes.")


def test_every_term_has_a_code_name():
    refuse((row[1] for row in rows() if not NAME.search(row[2])), "Name it in `backticks`.")
