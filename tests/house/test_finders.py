"""Each house rule with lines it must find and lines it must leave alone."""

import pytest

from tests.house import finders

SLASH = "/"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"cp {SLASH}work/main/x .", True),
        (f"see {SLASH}opt/wheels", True),
        (f"home = {SLASH}root/.x", True),
        ("https://py" + "pi.org/simple", True),
        ("pip install --index" + "-url x", True),
        ("https://example.org/work/plan", False),
        ("src/work/plan.py", False),
        ("install it from PyPI", False),
    ],
)
def test_addresses(text, found):
    assert bool(list(finders.addresses(text))) is found


def test_long_functions():
    body = "    x = 1\n"
    at_the_limit = "def f():\n" + body * (finders.FUNCTION_LINES - 1)
    assert not list(finders.long_functions(at_the_limit))
    assert list(finders.long_functions(at_the_limit + body)) == [(1, "f has 61 lines")]


def test_star_imports():
    assert list(finders.star_imports("import os\nfrom os import *")) == [(2, "from os import *")]
    assert not list(finders.star_imports("from os import path"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("share = 0.3", True),
        ("x = 1e3", True),
        ("float('1')", True),
        ("Fraction(3, 10)", False),
        ("Decimal('0.3')", False),
        ("'0.3 is text'", False),
        ("def f(x: float): ...", False),
    ],
)
def test_floats(text, found):
    assert bool(list(finders.floats(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date.today()", True),
        ("datetime.datetime.now(UTC)", True),
        ("facts.today", False),
        ("due(today)", False),
    ],
)
def test_clock_calls(text, found):
    assert bool(list(finders.clock_calls(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import django.utils", True),
        ("from certbody.rules.bands import Band", True),
        ("from certbody.rules import bands", True),
        ("import yaml, json", False),
        ("from certbody.rules.terms import Clause", False),
        ("from certbody.rules import terms", False),
        ("from collections.abc import Mapping", False),
    ],
)
def test_imports_beyond(text, found):
    allowed = ["yaml", "certbody.rules.terms"]
    assert bool(list(finders.imports_beyond(text, allowed))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("if scheme == 'abcd':", True),
        ("ABCD's table", True),
        ("abcd_days = 3", True),
        ("由示范认证中心规定", True),
        ("GB/T1234-2011", True),
        ("abcd1", True),
        ("abcde", False),
        ("12345", False),
        ("认证中心", False),
    ],
)
def test_named(text, found):
    assert bool(list(finders.named(text, ["abcd", "1234", "示范认证中心"]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r'zh: "\u8ba4\u8bc1"', True),
        ("zh: " + "认" * 20, True),
        ("zh: 认证", False),
        (r"formula: a \use b", False),
    ],
)
def test_unreadable_yaml(text, found):
    assert bool(list(finders.unreadable_yaml(text, longest=20))) is found
