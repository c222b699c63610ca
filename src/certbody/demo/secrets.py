"""Passwords and tokens of the demonstration: worked out from the installation's key.

So they can be printed at each start though only their digests are kept, and they are other ones in
every installation.
"""

import base64

from django.utils.crypto import salted_hmac


def password(login: str) -> str:
    """Return the password of an account of the demonstration."""
    letters = _derived("password", login)
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))


def token(login: str) -> str:
    """Return the API token of an account of the demonstration."""
    return f"cb_demo_{_derived('token', login)}"


def _derived(what: str, login: str) -> str:
    digest = salted_hmac(f"certbody.demo.{what}", login, algorithm="sha256").digest()
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()
