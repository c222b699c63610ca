"""Starting the program: data directory, database, jobs, server, and what to open in a browser."""

import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from certbody.config.greeting import greeting
from certbody.config.installation import CannotRun, made

_THREADS = 4
_STOPS_WITHIN = 10  # seconds for a request that is being answered
_LOOKS_EVERY = 1.0  # seconds
_FORK = multiprocessing.get_context("fork")


def serve(data: Path, port: int = 8000, host: str = "127.0.0.1", *, demo: bool = False) -> None:
    """Serve until Ctrl-C or SIGTERM; where that is not possible, say why and exit with 1."""
    began = time.monotonic()
    _refuse_taken_port(host, port)
    made(data, demo=demo)
    accounts = _demonstrated() if demo else ""
    _load()
    _say(greeting(data, host, port, seconds=time.monotonic() - began, accounts=accounts))
    server = Granian(
        "certbody.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=_STOPS_WITHIN,
    )
    connections.close_all()  # the processes started below must not share one
    os.register_at_fork(after_in_child=_end_with_parent)
    with _jobs():
        server.serve()
    _say("\n已停止。 Stopped.")


def work(data: Path) -> None:
    """Do the jobs of an installation whose pages other machines serve."""
    from certbody.jobs.worker import work as until  # noqa: PLC0415  its models need the settings

    made(data)
    _say("正在处理后台任务，按 Ctrl-C 停止。 Doing the jobs; Ctrl-C stops it.")
    until(_stopped_by(signal.SIGTERM, signal.SIGINT))
    _say("\n已停止。 Stopped.")


def _load() -> None:
    """Load the pages here, so that the process that answers, forked from this one, has them."""
    import_module("certbody.config.wsgi")
    import_module("certbody.config.urls")


def _demonstrated() -> str:
    """Make the demonstration's data where they are missing; return its accounts as text."""
    from certbody.demo import making  # noqa: PLC0415  models need the settings

    try:
        making.demonstrate(_say)
    except making.NotADemonstration as error:
        raise CannotRun(
            "此安装已有自己的账号，不能加入演示数据：请换一个 --data 目录。\n"
            "This installation has accounts of its own: demonstrate in another --data directory."
        ) from error
    return "\n".join(making.accounts(everybody=False))


@contextmanager
def _jobs() -> Iterator[None]:
    """Do the jobs in a process of their own."""
    child = _FORK.Process(target=_work, name="jobs", daemon=True)
    child.start()
    try:
        yield
    finally:
        child.terminate()
        child.join(_STOPS_WITHIN)
        if child.is_alive():
            child.kill()


def _work() -> None:
    from certbody.jobs.worker import work as until  # noqa: PLC0415  its models need the settings

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent tells when
    until(_stopped_by(signal.SIGTERM))


def _end_with_parent() -> None:
    """Have this process stop once the one that started it is gone, killed perhaps."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOKS_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="parent", daemon=True).start()


def _stopped_by(*signals: signal.Signals) -> Event:
    stop = Event()
    for one in signals:
        signal.signal(one, lambda *_: stop.set())
    return stop


def _refuse_taken_port(host: str, port: int) -> None:
    """Try the address first: the server itself would share a port that others may share."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CannotRun(_why_not(host, port, error)) from error
    except OverflowError as error:
        message = (
            f"端口 {port} 不存在，应在 0 至 65535 之间。\nThere is no port {port}; use 0 to 65535."
        )
        raise CannotRun(message) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用：请先停止占用它的程序，或换一个端口（如 --port {port + 1}）。\n"
            f"Port {port} is taken: stop what uses it, or take another one (--port {port + 1})."
        )
    reason = error.strerror or str(error)
    return f"无法在 {host}:{port} 提供服务：{reason}\nCannot serve on {host}:{port}: {reason}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
