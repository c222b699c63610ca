"""Write the description of the API as it is: ``docs/api/openapi.json``. A test compares them.

.venv/bin/python scripts/openapi.py
"""

import json
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOT = ROOT / "docs" / "api" / "openapi.json"


def main() -> None:
    """Renew the snapshot."""
    with tempfile.TemporaryDirectory() as data:
        os.environ["CERTBODY_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certbody.config.settings")
        import django  # noqa: PLC0415  reads the two variables above

        django.setup()
        SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
        SNAPSHOT.write_text(description(), encoding="utf-8")


def description() -> str:
    """Return the description as it is committed."""
    from certbody.config.api import api  # noqa: PLC0415  needs the settings

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


if __name__ == "__main__":
    main()
