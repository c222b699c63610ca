"""House rules for what is installed: exact, hashed, and in step with pyproject.toml."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.checkout import ROOT, refuse, text_of

RENEW = "Run `make lock` and commit what it writes."
PIN = re.compile(r"^([\w.-]+)==(\S+)")
DEV = "requirements-dev.txt"
LOCKS = ("requirements.txt", "requirements-build.txt", DEV)


def pins(name: str) -> dict[str, str]:
    """The exact version of each package in a lock."""
    found = (PIN.match(line) for line in text_of(ROOT / name).splitlines())
    return {match[1]: match[2] for match in found if match}


def test_every_line_is_a_pin_or_a_hash():
    refuse(
        (
            f"{name}:{number}: {line}"
            for name in LOCKS
            for number, line in enumerate(text_of(ROOT / name).splitlines(), start=1)
            if not PIN.match(line) and not line.startswith("    --hash=sha256:")
        ),
        "A lock holds exact versions and hashes only. " + RENEW,
    )


def test_the_locks_agree():
    dev = pins(DEV)
    refuse(
        (
            f"{package} is {version} in {name} and {dev.get(package)} in {DEV}"
            for name in LOCKS
            for package, version in pins(name).items()
            if dev.get(package) != version
        ),
        "What is tested is what runs: all locks name the same versions. " + RENEW,
    )


def test_the_locks_follow_pyproject():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    asked = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-build.txt": project["dependency-groups"]["build"],
        DEV: [each for each in project["dependency-groups"]["dev"] if isinstance(each, str)],
    }
    refuse(
        (
            f"{name} does not satisfy {requirement}"
            for name, requirements in asked.items()
            for requirement in map(Requirement, requirements)
            if not satisfied(requirement, pins(name))
        ),
        "A dependency was changed and the lock was not. " + RENEW,
    )


def satisfied(requirement: Requirement, locked: dict[str, str]) -> bool:
    """Say whether a lock holds a version that is asked for."""
    version = locked.get(canonicalize_name(requirement.name))
    return version is not None and version in requirement.specifier


def test_the_lock_of_uv_stays_out():
    ignored = text_of(ROOT / ".gitignore").splitlines()
    assert "uv.lock" in ignored, "uv.lock names a registry for every file; keep it out of git."
