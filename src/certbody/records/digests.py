"""The exact text of an event or a seal, and its digest."""

import hashlib
import json
from collections.abc import Mapping


def canonical(what: Mapping[str, object]) -> str:
    """Return a value as the one JSON text that is hashed and kept: keys sorted, no blanks."""
    return json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
