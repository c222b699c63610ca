"""``certbody log`` and ``certbody account``: on an installation, from outside."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

MAKE = (
    "import sys; from pathlib import Path; from certbody.config.installation import made; "
    "made(Path(sys.argv[1]))"
)
OPEN = ("account", "open", "--login", "shen.yun", "--name", "沈昀", "--email", "shen@example.org")
PASSWORD = "plum rain over the lake"  # noqa: S105  of an account that lives as long as a test


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """An installation in which the first administrator has been made."""
    place = tmp_path_factory.mktemp("installation") / "data"
    run(sys.executable, "-c", MAKE, str(place))
    made = certbody(*OPEN, "--role", "administrator", data=place, typed=PASSWORD)
    assert made.returncode == 0, made.stderr
    return place


@pytest.fixture
def copy(data, tmp_path):
    """The same installation, to lay hands on."""
    for path in data.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
        (tmp_path / path.name).chmod(0o600)
    return tmp_path


def run(*command, typed=None, **more):
    of_tests = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in of_tests}
    return subprocess.run(  # noqa: S603  our own program
        command,
        env={**environment, "CERTBODY_LANG": "en", **more},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def certbody(*words, data: Path, typed=""):
    return run(sys.executable, "-m", "certbody", *words, "--data", str(data), typed=typed)


def told(*words, data):
    done = certbody(*words, "--json", data=data)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.requirement("P-K1")
def test_a_whole_log_is_told_with_its_head(data):
    code, found = told("log", "verify", data=data)

    assert (code, found["whole"], found["faults"]) == (0, True, [])
    assert found["events"] == 2  # the account, and its role
    assert told("log", "head", data=data) == (0, {"head": found["head"]})
    assert certbody("log", "verify", "--head", found["head"], data=data).returncode == 0


@pytest.mark.requirement("P-K1")
def test_the_first_fault_is_named_in_words(copy):
    with sqlite3.connect(copy / "certbody.sqlite3") as database:
        database.execute("DROP TRIGGER records_event_update")
        database.execute("UPDATE records_event SET text = replace(text, '沈昀', '某人')")
    database.close()

    done = certbody("log", "verify", data=copy)
    assert done.returncode == 1
    assert done.stdout.startswith("✕ Event 1 of account:1 was changed (event id 1)")
    code, found = told("log", "verify", data=copy)
    assert (code, found["whole"]) == (1, False)
    assert found["faults"][0]["code"] == "event_changed"


@pytest.mark.requirement("P-K1")
def test_heads_written_down_are_asked_for(copy):
    assert certbody("log", "verify", "--head", "0" * 64, data=copy).returncode == 1
    (copy / "heads.txt").write_text(f"2026-01-01\t1\t{'0' * 64}\n")
    code, found = told("log", "verify", data=copy)
    assert (code, found["heads"]) == (1, 1)
    assert [one["code"] for one in found["faults"]] == ["head_not_in_chain"]


def test_where_nothing_is_installed_nothing_is_made(tmp_path):
    done = certbody("log", "verify", data=tmp_path / "none")
    assert done.returncode == 2
    assert "There is no installation" in done.stderr
    assert not (tmp_path / "none").exists()


def test_only_the_first_account_is_opened_by_nobody(data):
    words = ("account", "open", "--login", "second", "--name", "x", "--email", "x@example.org")
    alone = certbody(*words, "--role", "planner", data=data, typed=PASSWORD)
    assert (alone.returncode, "Traceback" in alone.stderr) == (3, False)

    by = certbody(*words, "--role", "planner", "--by", "shen.yun", data=data, typed=PASSWORD)
    assert by.returncode == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--role", "king"), "king"),
        (("--role", "planner", "--by", "nobody"), "nobody"),
        (("--role", "planner", "--by", "shen.yun", "--email", "x"), "mail"),
    ],
)
def test_a_bad_value_is_told_and_nothing_is_opened(data, changed, said):
    words = ("account", "open", "--login", "third", "--name", "x", "--email", "y@example.org")
    done = certbody(*words, *changed, data=data, typed=PASSWORD)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_password_is_told(data):
    words = ("account", "open", "--login", "fourth", "--name", "x", "--email", "z@example.org")
    done = certbody(*words, "--role", "planner", "--by", "shen.yun", data=data, typed="123")
    assert done.returncode == 2
    assert "password" in done.stderr.lower()


def test_an_installation_that_is_no_demonstration_has_no_demo_accounts(data):
    done = certbody("demo", "accounts", data=data)
    assert done.returncode == 2
    assert "no demonstration" in done.stderr
