"""Renew ``requirements*.txt`` from ``pyproject.toml``: exact versions and hashes, no address.

``uv.lock`` would hold a registry address for every file, so it is not used: which registry serves
the files is the reader's choice, the hashes say that they are the right ones.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# dev first: it holds everything, and the two others must agree with it.
DEV = "requirements-dev.txt"
LOCKS = {
    DEV: ("pyproject.toml", "--group", "dev"),
    "requirements.txt": ("pyproject.toml", "--constraint", DEV),
    "requirements-build.txt": ("--group", "build", "--constraint", DEV),
}
OPTIONS = (
    "--universal",  # markers for other systems and Pythons instead of one file for each
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",  # the header would name paths of this machine
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",
    "--quiet",
)
ADDRESS = re.compile(r"https?:|file:|(?:^|\s)/|--(?:extra-)?index|--find-links")


def main() -> None:
    """Write the three files, each checked for addresses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where allowed")
    more = ["--upgrade"] if parser.parse_args().upgrade else []
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv") or fetched_uv(Path(scratch))
        for name, arguments in LOCKS.items():
            subprocess.run(
                [uv, "pip", "compile", *OPTIONS, *more, *arguments, "--output-file", name],
                cwd=ROOT,
                check=True,
            )
            refuse_addresses(ROOT / name)


def fetched_uv(scratch: Path) -> str:
    """Install uv into a throw-away environment; only this program needs it."""
    venv.create(scratch / "uv", with_pip=True)
    python = scratch / "uv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "-qq", "install", "uv"], check=True)
    return str(scratch / "uv" / "bin" / "uv")


def refuse_addresses(path: Path) -> None:
    """Stop when a lock names a registry or a path of this machine."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if ADDRESS.search(line):
            sys.exit(f"{path.name}:{number} names an address, which must not be committed: {line}")
    print(f"{path.name}: locked")


if __name__ == "__main__":
    main()
