"""Settings from the environment: typed, with the allowed values in every complaint.

Each helper reads one variable and stops the program with a sentence when its text does not
fit: a misspelt switch must never become a silent default.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def text(name: str, default: str) -> str:
    """Return the variable's text; an empty one is a fault, not the default."""
    value = os.environ.get(name, default)
    if not value.strip():
        raise _wrong(name, value, "some text")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a switch: true or false."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in _SWITCH:
        raise _wrong(name, value, "true or false")
    return _SWITCH[value.lower()]


def names(name: str, default: tuple[str, ...]) -> list[str]:
    """Return a list of names, separated by commas."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    found = [part.strip() for part in value.split(",") if part.strip()]
    if not found:
        raise _wrong(name, value, f"names separated by commas, such as {','.join(default)}")
    return found


def directory(name: str, default: str) -> Path:
    """Return a directory as an absolute path; it need not exist yet, but no file may be there."""
    path = Path(text(name, default)).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise _wrong(name, str(path), "a directory")
    return path


def _wrong(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {wanted}.")
