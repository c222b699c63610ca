"""Make ``.venv`` from the locked requirements, or leave it alone when it is up to date.

Standard library only: this runs before anything is installed. Every file is checked against
its SHA-256 in ``requirements*.txt``, also those of the build backend, and nothing is resolved.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

BUILD = "requirements-build.txt"
LOCKED = {"run": ("requirements.txt", BUILD), "dev": ("requirements-dev.txt", BUILD)}

OLDEST = (3, 11)


def main() -> None:
    """Make the environment asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with all tools that test and lint")
    kind = "dev" if parser.parse_args().dev else "run"
    refuse_unusable_python()
    if is_current(kind):
        return
    print(f".venv: installing the locked {kind} requirements, about a minute", flush=True)
    began = time.monotonic()
    if not usable():
        venv.create(VENV, clear=True, symlinks=True, with_pip=True)
    install(kind)
    print(f".venv: ready after {time.monotonic() - began:.0f} s", flush=True)


def refuse_unusable_python() -> None:
    """Stop with the command to type when this Python is too old or has no ``ensurepip``."""
    major, minor = sys.version_info[:2]
    if (major, minor) < OLDEST:
        sys.exit(f"certbody needs Python {OLDEST[0]}.{OLDEST[1]} or later, not {major}.{minor}.")
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python cannot make virtual environments: Debian and Ubuntu pack that part\n"
            "separately. Install it, then repeat:\n\n"
            f"    apt-get update && apt-get install -y python{major}.{minor}-venv\n"
        )


def is_current(kind: str) -> bool:
    """Say whether ``.venv`` was made from exactly what is in the checkout now."""
    stamp = stamp_of(kind)
    return stamp.exists() and stamp.read_text() == digest(kind) and usable()


def usable() -> bool:
    """Say whether ``.venv`` starts and was made here: its programs name the folder they were in."""
    if not PYTHON.exists() or str(VENV) not in (VENV / "pyvenv.cfg").read_text():
        return False
    return subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0


def install(kind: str) -> None:
    """Install the locked files and then the checkout itself, editable."""
    requirements = [word for name in LOCKED[kind] for word in ("-r", name)]
    pip("install", "--require-hashes", *requirements)
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    for satisfied in {"run", kind}:  # the dev set holds the whole runtime set
        stamp_of(satisfied).write_text(digest(satisfied))


def pip(*arguments: str) -> None:
    """Run the environment's own pip; its errors are shown, its failure ends this program."""
    command = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PIP_NO_INPUT": "1"}, check=False)
    if done.returncode:
        sys.exit(f"pip {arguments[0]} failed; see above.")


def digest(kind: str) -> str:
    """Sum up what the environment is made from."""
    sums = hashlib.sha256()
    for name in (*LOCKED[kind], "pyproject.toml"):
        sums.update((ROOT / name).read_bytes())
    return sums.hexdigest()


def stamp_of(kind: str) -> Path:
    """Name the file that remembers the digest of the last install."""
    return VENV / f"made-from-{kind}"


if __name__ == "__main__":
    main()
