"""Every act has two doors, a screen and an operation; every operation says who comes in."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ninja.operation import Operation

from certbody.api.description import scopes_of
from certbody.api.idempotency import takes_a_key
from certbody.config.api import api
from tests.house.checkout import refuse, text_of, under

SOURCE = "src/certbody"
DOORS = {"operation": ("api",), "screen": ("views",)}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}

# A door that is not there, and why not.
MISSING = {
    (
        "accounts.open.sign_up",
        "operation",
    ): "a program acts for an account, so there is one already",
    ("cases.open.open_case", "operation"): "a case is opened with its application, by begin",
    ("cases.open.open_case", "screen"): "a case is opened with its application, by begin",
    ("clients.import_sites.import_sites", "screen"): "the screen shows first what a sheet changes,"
    " then saves the rows that were shown, by set_sites",
    ("evaluation.save_result.save_results", "screen"): "a screen saves each result by itself",
}
# Operations that ask for no token.
OPEN = {
    "list_schemes": "rulebooks are public",
    "one_scheme": "rulebooks are public",
    "ask_rulebook": "rulebooks are public",
}
# Operations that send something and write nothing.
ONLY_ASKING = {"ask_rulebook": "computes an answer, however often it is asked"}


def transitions() -> Iterator[tuple[str, str]]:
    """Every act: ``app.module.function``, and its function's name."""
    for path in under(SOURCE, suffix=".py"):
        if path.parent.name == "transitions":
            app = path.parents[1].name
            for node in ast.parse(text_of(path)).body:
                if isinstance(node, ast.FunctionDef) and is_act(node):
                    yield f"{app}.{path.stem}.{node.name}", node.name


def is_act(node: ast.FunctionDef) -> bool:
    """Whether a function is one: public, all or nothing, and told the moment it happens."""
    told = {argument.arg for argument in node.args.kwonlyargs}
    atomic = any("atomic" in ast.unparse(one) for one in node.decorator_list)
    return atomic and "at" in told and not node.name.startswith("_")


@cache
def names_in(door: str) -> dict[str, set[str]]:
    """For each act that the modules of a door import, where from: its function by its module."""
    found: dict[str, set[str]] = {}
    for path in under(SOURCE, suffix=".py"):
        if is_of(path, DOORS[door]):
            for node in ast.walk(ast.parse(text_of(path))):
                if isinstance(node, ast.ImportFrom) and ".transitions." in f"{node.module}.":
                    names = {alias.name for alias in node.names}
                    found.setdefault(str(node.module), set()).update(names)
    return found


def is_of(path: Path, kinds: tuple[str, ...]) -> bool:
    parts = {path.stem, path.parent.name}
    return any(part == kind or part.endswith(f"_{kind}") for part in parts for kind in kinds)


def without_door(door: str) -> Iterator[str]:
    for act, name in transitions():
        app, module, _ = act.split(".")
        imported = names_in(door).get(f"certbody.{app}.transitions.{module}", set())
        if name not in imported and (act, door) not in MISSING:
            yield f"{act} has no {door}: no {DOORS[door][0]} module imports it"


@pytest.mark.parametrize("door", DOORS)
def test_every_act_has_both_doors(door):
    assert len(list(transitions())) > 30
    refuse(
        without_door(door),
        "What a person can do on a screen, a program can do by an operation, and the other way "
        "round (docs/adr/0003). Where one is left out on purpose, MISSING says why.",
    )


def test_no_reason_is_kept_for_a_door_that_is_there():
    acts = {act for act, _ in transitions()}
    assert [one for one, _ in MISSING if one not in acts] == []
    names = {operation.view_func.__name__ for operation in operations()}
    assert {*OPEN, *ONLY_ASKING} - names == set()


def operations() -> list[Operation]:
    """Every operation of the API."""
    return [
        operation
        for router in api._get_bound_routers()  # noqa: SLF001  ninja lists them nowhere else
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def named(operation: Operation) -> str:
    function = operation.view_func
    return f"{function.__module__}.{function.__name__}"


def test_every_operation_asks_for_one_scope_that_fits_what_it_does():
    refuse(
        (
            f"{named(one)}: {scopes_of(one) or 'no scope'}"
            for one in operations()
            if one.view_func.__name__ not in OPEN and not fits(one)
        ),
        "An operation asks for a token with one scope: area:write when it writes, else area:read. "
        "What is open to all stands in OPEN with its reason.",
    )


def fits(operation: Operation) -> bool:
    verb = "write" if WRITES & set(operation.methods) else "read"
    scopes = scopes_of(operation)
    return len(scopes) == 1 and scopes[0].endswith(f":{verb}")


def test_every_operation_is_done_for_whoever_calls():
    refuse(
        (
            f"{named(one)} never asks for its caller"
            for one in operations()
            if one.view_func.__name__ not in OPEN and not asks_for_caller(one.view_func)
        ),
        "What an account may do and see is decided by the transition or the queryset that is given "
        "the caller: an operation that does not name it would do the same for everybody.",
    )


def asks_for_caller(function: Callable[..., Any]) -> bool:
    """Whether a function calls ``caller``, itself or through others of its module."""
    inner = inspect.unwrap(function)
    own = {
        node.name: node
        for node in ast.parse(inspect.getsource(sys.modules[inner.__module__])).body
        if isinstance(node, ast.FunctionDef)
    }
    seen: set[str] = set()
    open_names = [inner.__name__]
    while open_names:
        name = open_names.pop()
        if name == "caller":
            return True
        if name in own and name not in seen:
            seen.add(name)
            open_names += [one.id for one in ast.walk(own[name]) if isinstance(one, ast.Name)]
    return False


def test_every_write_may_be_sent_again_under_its_key():
    refuse(
        (
            named(one)
            for one in operations()
            if WRITES & set(one.methods)
            and one.view_func.__name__ not in ONLY_ASKING
            and not takes_a_key(one.view_func)
        ),
        "A write takes an idempotency key, so that a program may repeat what it got no answer to: "
        "put @once(...) below the router's decorator (see certbody.api.idempotency).",
    )
