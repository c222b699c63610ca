"""Write the migrations that the models ask for, without touching any installation.

.venv/bin/python scripts/migrations.py [APP ...]
"""

import os
import sys
import tempfile


def main() -> None:
    """Run Django's makemigrations over a data directory of its own."""
    with tempfile.TemporaryDirectory() as data:
        os.environ["CERTBODY_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certbody.config.settings")
        import django  # noqa: PLC0415  reads the two variables above
        from django.core.management import call_command  # noqa: PLC0415  the same

        django.setup()
        call_command("makemigrations", *sys.argv[1:])


if __name__ == "__main__":
    main()
