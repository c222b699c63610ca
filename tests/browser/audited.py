"""Bring audits into a running installation: planning has no screens yet, so a process makes them.

    python -m tests.browser.audited SCHEME...    prints the number and the part of each

The people are auditors with the password of the browser tests.
"""

import os
import sys

import django


def main() -> None:
    """Make an audit of each scheme, with a part that has begun."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certbody.config.settings")
    django.setup()
    from tests.evaluation.making import started  # noqa: PLC0415  its models need the settings

    for scheme in sys.argv[1:]:
        one, part = started(scheme)
        sys.stdout.write(f"{one.number} {part.step}\n")


if __name__ == "__main__":
    main()
