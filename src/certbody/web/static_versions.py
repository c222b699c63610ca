"""Static files under an address that changes with their content.

So a browser may keep them, and still shows the new look at once after an update.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

_DIGITS = 10


class VersionedStaticFiles(StaticFilesStorage):
    """Adds a digest of the file to its address."""

    def url(self, name: str | None) -> str:
        """Return the address of a static file, with its version."""
        version = _version(name or "")
        return f"{super().url(name)}?v={version}" if version else super().url(name)


@cache
def _version(name: str) -> str:
    found = finders.find(name)
    if not found:
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:_DIGITS]
