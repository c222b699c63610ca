"""An installation of its own for each test, on the engine that the run is for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.together.hands import Hand

MAKE = (
    "import sys; from pathlib import Path; from certbody.config.installation import made; "
    "made(Path(sys.argv[1]))"
)
SERVER = os.environ.get("DATABASE_URL")


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Iterator[dict[str, str]]:
    """An empty installation that is only copied."""
    data = tmp_path_factory.mktemp("template") / "data"
    environment = environment_of(data, f"template_{uuid4().hex}")
    on_server("CREATE DATABASE {}", environment)
    made = [sys.executable, "-c", MAKE, str(data)]
    subprocess.run(made, env={**os.environ, **environment}, check=True)  # noqa: S603  our own
    yield environment
    on_server("DROP DATABASE {}", environment)


@pytest.fixture
def installation(template, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation: a data directory and a database."""
    data = tmp_path / "data"
    shutil.copytree(template["CERTBODY_DATA"], data)
    environment = environment_of(data, f"together_{uuid4().hex}")
    on_server(f"CREATE DATABASE {{}} TEMPLATE {named(template)}", environment)
    yield environment
    on_server("DROP DATABASE {} WITH (FORCE)", environment)


@pytest.fixture
def hand(installation) -> Iterator[Callable[[], Hand]]:
    """Start hands; they are gone when the test is over."""
    hands: list[Hand] = []

    def start() -> Hand:
        hands.append(Hand.of(installation))
        return hands[-1]

    yield start
    for one in hands:
        one.dies()


@pytest.fixture(scope="session")
def writers_wait() -> bool:
    """Whether any writer waits for any other, as SQLite's do."""
    return SERVER is None


def environment_of(data: Path, name: str) -> dict[str, str]:
    environment = {
        "CERTBODY_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "certbody.config.settings",
    }
    if SERVER is not None:
        head, _, options = SERVER.partition("?")
        environment["DATABASE_URL"] = f"{head.rpartition('/')[0]}/{name}?{options}"
    return environment


def named(environment: dict[str, str]) -> str:
    """The name of an installation's database on the server, if it is on one."""
    return environment.get("DATABASE_URL", "").partition("?")[0].rpartition("/")[2]


def on_server(statement: str, environment: dict[str, str]) -> None:
    if SERVER is not None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(statement.format(named(environment)))
