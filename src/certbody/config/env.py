"""Settings from the environment: typed, with the allowed values in every complaint.

Each helper reads one variable and stops the program with a sentence when its text does not
fit: a misspelt switch must never become a silent default.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; ``secure`` is "" for none, "starttls" or "tls"."""

    host: str
    port: int
    user: str
    password: str
    secure: str


_MAIL = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def mail_server(name: str) -> MailServer | None:
    """Return the mail server of a URL such as ``smtp+starttls://user:password@host:587``."""
    value = os.environ.get(name)
    if value is None:
        return None
    wanted = "smtp://, smtp+starttls:// or smtps:// with a host, such as smtps://user:password@host"
    try:
        url = urlsplit(value)
        secure, usual = _MAIL[url.scheme]
        port = url.port or usual
    except (ValueError, KeyError):
        raise _wrong(name, "…", wanted) from None  # it may hold a password
    if not url.hostname or url.path.strip("/"):
        raise _wrong(name, "…", wanted)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    return MailServer(url.hostname, port, user, password, secure)


def _wrong(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {wanted}.")
