"""Passwords of a demonstration are printed at every start: hashing them slowly gains nothing.

An installation that was made with --demo and is then started without it knows no such hash: the
printed passwords open nothing there.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DemoHasher(PBKDF2PasswordHasher):
    """Quick hashes, told apart by their name."""

    algorithm = "demo_pbkdf2_sha256"
    iterations = 1000
