"""The house rules as functions of a text: each gives (line, what is wrong).

They are pure, so that test_finders.py can show each of them good and bad lines.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator

Fault = tuple[int, str]

FUNCTION_LINES = 60
CLOCK_CALLS = {"now", "today", "utcnow"}

# Put together from pieces, so that this file does not break its own rules.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "work|farm|root|opt" + ")/")
REGISTRY = re.compile(
    "|".join(
        re.escape(first + rest)
        for first, rest in (
            ("pypi", ".org"),
            ("python", "hosted.org"),
            ("registry.", "npmjs"),
            ("registry.", "yarnpkg"),
            ("npm", "mirror.com"),
            ("index", ".crates.io"),
            ("--index", "-url"),
            ("--extra-index", "-url"),
            ("--find", "-links "),
        )
    ),
    re.IGNORECASE,
)
ESCAPED_LETTER = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2})")


def addresses(text: str) -> Iterator[Fault]:
    """Registry addresses and paths of one machine."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in (REGISTRY, MACHINE_PATH):
            if found := pattern.search(line):
                yield number, found.group()


def long_functions(text: str) -> Iterator[Fault]:
    """Functions that no longer fit on a screen."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {size} lines"


def star_imports(text: str) -> Iterator[Fault]:
    """Imports that do not say what they import."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
            yield node.lineno, f"from {node.module} import *"


def floats(text: str) -> Iterator[Fault]:
    """Float literals and calls of float()."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=float(number)):
                yield node.lineno, f"the float {number!r}"
            case ast.Call(func=ast.Name(id="float")):
                yield node.lineno, "a call of float()"


def clock_calls(text: str) -> Iterator[Fault]:
    """Questions to the clock: .now(), .today()."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK_CALLS:
                yield node.lineno, f".{name}()"


def imports_beyond(text: str, allowed: Iterable[str]) -> Iterator[Fault]:
    """Imports that are neither of the standard library nor of the allowed modules."""
    roots = {*sys.stdlib_module_names, *allowed}
    for node in ast.walk(ast.parse(text)):
        for module in imported(node):
            if not any(module == root or module.startswith(f"{root}.") for root in roots):
                yield node.lineno, f"imports {module}"  # type: ignore[attr-defined]


def imported(node: ast.AST) -> list[str]:
    """The full names an import statement names."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{name.name}" for name in node.names]
    return []


def named(text: str, names: Iterable[str]) -> Iterator[Fault]:
    """Mentions of the names, in any case; a Latin name counts only as a whole word."""
    patterns = [re.compile(whole_word(name), re.IGNORECASE) for name in names]
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in patterns:
            if found := pattern.search(line):
                yield number, found.group()


def whole_word(name: str) -> str:
    """A pattern that takes no part of a longer word or number, but finds abcd_days and GB1234."""
    if not name.isascii():
        return re.escape(name)  # Chinese has no gaps between words
    first, last = (r"\d" if end.isdigit() else "[a-z]" for end in (name[0], name[-1]))
    return f"(?<!{first}){re.escape(name)}(?!{last})"


def unreadable_yaml(text: str, longest: int) -> Iterator[Fault]:
    """Lines no person wrote or can review: escaped letters, endless lines."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := ESCAPED_LETTER.search(line):
            yield number, f"the escaped letter {found.group()}"
        if len(line) > longest:
            yield number, f"{len(line)} characters"
