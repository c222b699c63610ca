"""The installation's secret key: made on first start, kept in the data directory, never shown."""

import os
import stat
from pathlib import Path
from tempfile import mkstemp

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

FILE = "secret-key"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_key(data: Path) -> str:
    """Return the key of this installation; make it if there is none yet.

    The file is created with its final mode, and only by whoever comes first: two processes
    that start together end up with one key.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / FILE
    try:
        _write(path)
    except FileExistsError:
        _refuse_open_file(path)
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. Remove it; the next start makes a new key.")
    return key


def _write(path: Path) -> None:
    """Write a new key beside its place and link it in, so that nobody reads half a key."""
    handle, own = mkstemp(prefix=f"{FILE}.", dir=path.parent)  # readable by the owner alone
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(get_random_secret_key() + "\n")
        os.link(own, path)
    finally:
        Path(own).unlink()


def _refuse_open_file(path: Path) -> None:
    if path.stat().st_mode & _OTHERS:
        raise ImproperlyConfigured(
            f"{path} can be read by others. Close it: chmod 600 {path} (or remove it: the next "
            "start makes a new key, and everybody signs in again)."
        )
