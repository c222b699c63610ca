"""The database: a file in the data directory, or the PostgreSQL that ``DATABASE_URL`` names."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# One installation is one file. IMMEDIATE takes the write lock when a transaction begins, so that
# two writers wait for each other instead of failing; FULL keeps every acknowledged write.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "mmap_size=268435456",
    "cache_size=-64000",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


def database(data: Path) -> dict[str, Any]:
    """Return Django's settings of the database."""
    address = os.environ.get("DATABASE_URL")
    return _sqlite(data / "certbody.sqlite3") if address is None else _from_address(address)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in _PRAGMAS),
        },
    }


def _from_address(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL must read postgres://user:password@host:port/name "
            f"(its scheme is '{parts.scheme}', its name '{name}')."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
