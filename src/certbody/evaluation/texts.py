"""Texts that somebody has to write."""

from certbody.rules.terms import BadInput, Problem

AT_MOST = 4000


def needed(name: str, text: str) -> str:
    """Return a text without its margins; raise ``BadInput`` where nothing, or too much, is said."""
    said = limited(name, text)
    if not said:
        raise BadInput([Problem(name, "missing_input", {"name": name, "what": name})])
    return said


def limited(name: str, text: str) -> str:
    """Return a text without its margins; raise ``BadInput`` for one that is too long."""
    if len(text) > AT_MOST:
        facts = {"name": name, "length": len(text), "bound": AT_MOST}
        raise BadInput([Problem(name, "text_too_long", facts)])
    return text.strip()
