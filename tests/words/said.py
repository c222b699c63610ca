"""What the program's source says by code, found without running it."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import certbody

SOURCE = Path(certbody.__file__).parent

# Calls that give a code, with the place of the code and of the facts among their arguments.
CALLS: Mapping[str, tuple[int, int | None]] = {
    "Step": (0, 1),
    "Note": (0, 1),
    "Refusal": (0, 2),
    "Problem": (1, 2),
    "sentence": (0, 1),
    "_reason": (0, 1),
    "_bad": (1, None),
}
# Helpers named alike that give no code.
OTHERS = {("cli/inputs.py", "_bad"), ("cli/criteria.py", "_bad")}


@dataclass(frozen=True, slots=True)
class Said:
    """One code in the source: where, and the names of its facts where they are written out."""

    place: str
    code: str
    facts: frozenset[str] | None


@cache
def codes() -> tuple[Said, ...]:
    """Every code that a call in the source gives as text."""
    return tuple(one for path in sorted(SOURCE.rglob("*.py")) for one in _codes_in(path))


@cache
def texts() -> frozenset[str]:
    """Every piece of text in the source, for codes that are put together."""
    return frozenset(
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _codes_in(path: Path) -> Iterator[Said]:
    name = path.relative_to(SOURCE).as_posix()
    if name.startswith("sheets/"):
        return  # faults of sheets have sentences of their own
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            written = _written(scope)
            for node in _own_calls(scope):
                call = node.func.id if isinstance(node.func, ast.Name) else ""
                if call in CALLS and (name, call) not in OTHERS:
                    yield from _said(f"{name}:{node.lineno}", node, CALLS[call], written)


def _own_calls(scope: ast.FunctionDef) -> Iterator[ast.Call]:
    return (node for node in ast.walk(scope) if isinstance(node, ast.Call))


def _said(
    place: str, call: ast.Call, where: tuple[int, int | None], written: Mapping[str, frozenset[str]]
) -> Iterator[Said]:
    at, facts_at = where
    if len(call.args) <= at:
        return
    facts: frozenset[str] | None = None
    if facts_at is None:
        spread = any(keyword.arg is None for keyword in call.keywords)
        named = {keyword.arg for keyword in call.keywords if keyword.arg} | {"name"}
        facts = None if spread else frozenset(named)
    elif len(call.args) > facts_at:
        facts = _keys(call.args[facts_at], written)
    elif not any(keyword.arg == "facts" for keyword in call.keywords):
        facts = frozenset()
    for code in _texts(call.args[at]):
        yield Said(place, code, facts)


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)


def _written(scope: ast.FunctionDef) -> dict[str, frozenset[str]]:
    """The facts a function writes out under a name of its own, each name used once."""
    found: dict[str, list[frozenset[str] | None]] = {}
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(_keys(value, {}))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found.setdefault(name, []).append(_keys(value, {}))
    return {name: keys[0] for name, keys in found.items() if len(keys) == 1 and keys[0] is not None}


def _keys(node: ast.expr, written: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    match node:
        case ast.Dict(keys=keys) if all(isinstance(key, ast.Constant) for key in keys):
            return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
        case ast.Name(id=name):
            return written.get(name)
    return None
