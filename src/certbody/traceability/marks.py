"""The marks on tests, read from their source: ``@pytest.mark.requirement("…", "…")``.

A mark stands on a test, on a class of tests, or for a whole file as ``pytestmark``. The
source is read, not imported: the table needs no test to run, and no test can hide a mark.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from certbody.schemes.faults import Fault

_MARK = "pytest.mark.requirement"


@dataclass(frozen=True, slots=True)
class Mark:
    """One id on one test, and where it is written."""

    id: str
    test: str
    place: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a folder, and what is wrong with others."""

    marks: tuple[Mark, ...]
    faults: tuple[Fault, ...]


def marks_under(tests: Path | None) -> Marks:
    """Read every file below the folder of tests; without one there are no marks."""
    marks: list[Mark] = []
    faults: list[Fault] = []
    for path in sorted(tests.rglob("*.py")) if tests is not None else ():
        text = path.read_text(encoding="utf-8")
        if _MARK in text and tests is not None:
            found = _File(path.relative_to(tests.parent).as_posix(), ast.parse(text)).read()
            marks += found.marks
            faults += found.faults
    return Marks(tuple(marks), tuple(faults))


class _File:
    """One file of tests; every mark in it is either on a test or at fault."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name = name
        self.tree = tree
        self.unused = {id(call): call for call in _marks_in(tree)}
        self.marks: list[Mark] = []
        self.faults: list[Fault] = []

    def read(self) -> Marks:
        if self.name.rpartition("/")[2].startswith("test_"):
            self._of(self.tree.body, self.name)
        for call in self.unused.values():
            self._fault(call, "this mark is on something that is not a test")
        return Marks(tuple(self.marks), tuple(self.faults))

    def _of(self, body: Sequence[ast.stmt], name: str) -> list[str]:
        """Read marks on the tests of a module or class; return the names of those tests."""
        tests: list[str] = []
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name.startswith("test_"):
                    own = [f"{name}::{node.name}"]
                case ast.ClassDef() if node.name.startswith("Test"):
                    own = self._of(node.body, f"{name}::{node.name}")
                case _:
                    continue
            self._put(node.decorator_list, own)
            tests += own
        self._put(list(_pytestmarks(body)), tests)
        return tests

    def _put(self, nodes: Sequence[ast.expr], tests: Sequence[str]) -> None:
        for call in (call for node in nodes for call in _marks_in(node)):
            if tests and self.unused.pop(id(call), None) is not None:
                self._note(call, tests)

    def _note(self, call: ast.Call, tests: Sequence[str]) -> None:
        if not call.args or call.keywords:
            self._fault(call, "a mark names one id or several, and nothing else")
        for argument in call.args:
            match argument:
                case ast.Constant(value=str(name)):
                    place = f"{self.name}:{argument.lineno}"
                    self.marks += [Mark(name, test, place) for test in tests]
                case _:
                    self._fault(argument, "write the id out as text, so that a search finds it")

    def _fault(self, node: ast.expr, message: str) -> None:
        self.faults.append(Fault(f"{self.name}:{node.lineno}", message))


def _marks_in(node: ast.AST) -> Iterator[ast.Call]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) == _MARK:
            yield inner


def _pytestmarks(body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    for node in body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            yield node.value
