"""What people type, or an address names, as the plain thing it stands for."""

_DIGITS = 18  # a row of the database has no longer number


def whole(text: str) -> int:
    """Return a number from a form or an address; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0
