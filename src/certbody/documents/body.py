"""The body's own particulars, as papers and notices show them.

``body.yaml`` in the data directory names them; without it a sample stands in, marked as one.
"""

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Particulars = dict[str, str]
FILE = "body.yaml"
SAMPLE: Particulars = {
    "name": "示例认证中心有限公司（样例）",
    "name_en": "Sample Certification Centre Ltd (sample)",
    "approval_number": "CNCA-R-2026-000（样例）",
    "address": "北京市海淀区示例路 1 号",
    "phone": "010-00000000",
    "email": "office@example.org",
    "signatory": "认证部",
}


def body() -> Particulars:
    """Return the body's particulars; a file with other names than these is refused."""
    path = Path(settings.DATA) / FILE
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return dict(_read(path, stamp))


@lru_cache(maxsize=2)
def _read(path: Path, stamp: int) -> Particulars:
    if not stamp:
        return SAMPLE
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or set(found) != set(SAMPLE):
        raise ImproperlyConfigured(f"{path} must name exactly: {', '.join(SAMPLE)}.")
    return {name: str(value) for name, value in found.items()}
