"""Starting and stopping: what is said, what is made, and what happens when it cannot be."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

START = (
    "import sys; from pathlib import Path; from certbody.config.serving import serve; "
    "serve(Path(sys.argv[1]), int(sys.argv[2]))"
)
PRODUCT = "certbody.config.settings"
LONG_ENOUGH = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", START, str(data), str(port)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": PRODUCT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@contextmanager
def running(data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    server = start(data, port)
    try:
        wait_for(server, port)
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


def wait_for(server: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                assert answer.read() == b"ok\n"
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


@pytest.mark.requirement("P-O1")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_when_asked(tmp_path, how):
    with running(tmp_path / "data") as (server, port):
        os.kill(server.pid, how)
        said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert server.returncode == 0
    assert f"请在浏览器中打开   http://127.0.0.1:{port}/" in said
    assert f"Open in a browser  http://127.0.0.1:{port}/" in said
    assert "已停止。 Stopped." in said


def test_the_terminals_ctrl_c_reaches_all_and_stops_it_cleanly(tmp_path):
    with running(tmp_path / "data") as (server, _):
        os.killpg(server.pid, signal.SIGINT)
        said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert server.returncode == 0
    assert "Traceback" not in said


def test_a_killed_server_leaves_no_process_behind(tmp_path):
    with running(tmp_path / "data") as (server, port):
        server.kill()
        server.wait()
        until = time.monotonic() + LONG_ENOUGH
        while time.monotonic() < until and is_taken(port):
            time.sleep(0.1)
        assert not is_taken(port)


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_first_start_says_how_to_make_the_first_administrator(tmp_path):
    with running(tmp_path / "data") as (server, _):
        os.kill(server.pid, signal.SIGTERM)
        said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert "certbody account open --data" in said
    assert "--role administrator" in said
    assert "Started in " in said


def test_jobs_are_done_while_it_serves(tmp_path):
    data = tmp_path / "data"
    with running(data), sqlite3.connect(data / "certbody.sqlite3") as database:
        until = time.monotonic() + LONG_ENOUGH
        count = "select count(*) from jobs_turn where ran_at is not null and failure = ''"
        while time.monotonic() < until and database.execute(count).fetchone() < (3,):
            time.sleep(0.1)
        assert database.execute(count).fetchone() >= (3,)
    database.close()


def test_a_first_start_makes_data_key_and_database(tmp_path):
    data = tmp_path / "new" / "data"
    with running(data):
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
        with sqlite3.connect(data / "certbody.sqlite3") as database:
            assert database.execute("pragma journal_mode").fetchone() == ("wal",)
        database.close()


def test_a_taken_port_is_told_in_both_languages(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = start(tmp_path / "data", port)
        said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert server.returncode == 1
    assert f"端口 {port} 已被占用" in said
    assert f"Port {port} is taken" in said
    assert "Traceback" not in said


def test_a_second_server_does_not_share_the_port(tmp_path):
    with running(tmp_path / "data") as (_, port):
        second = start(tmp_path / "data", port)
        said, _ = second.communicate(timeout=LONG_ENOUGH)

    assert second.returncode == 1
    assert "is taken" in said


def test_a_wrong_setting_is_told(tmp_path):
    server = start(tmp_path / "data", free_port(), CERTBODY_DEBUG="perhaps")
    said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert server.returncode == 1
    assert "CERTBODY_DEBUG is 'perhaps'; it must be true or false." in said
    assert "Traceback" not in said


def test_a_file_in_place_of_the_data_directory_is_told(tmp_path):
    (tmp_path / "data").write_text("")
    server = start(tmp_path / "data", free_port())
    said, _ = server.communicate(timeout=LONG_ENOUGH)

    assert server.returncode == 1
    assert "无法使用数据目录" in said
    assert "Traceback" not in said
