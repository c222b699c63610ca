"""From a template and data to a PDF, with Typst: Chinese fonts embedded, nothing fetched.

Data goes in as JSON, never by putting strings into the template, so no name can change a paper.
The same data make the same bytes: a paper's time is the one it is given, not the clock's.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from certbody.documents.glyphs import shown

_HOME = Path(str(files("certbody.documents"))) / "templates"


@cache
def _fonts() -> typst.Fonts:
    """Return the two fonts of the papers, read once; those of the machine play no part."""
    home = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[home])


def pdf(template: str, data: Mapping[str, object], *, at: datetime | None = None) -> bytes:
    """Return the paper as PDF/A-3b, dated ``at`` (an aware time; without one, the epoch).

    Raises ``LookupError`` for a template that is not there. Each paper has its own compiler: one
    that is at work refuses a second thread.
    """
    path = _HOME / f"{template}.typ"
    if not path.is_file():
        raise LookupError(f"no template '{template}'")
    told = json.dumps(shown(data), ensure_ascii=False, default=str)
    compiler = typst.Compiler(str(path), root=str(_HOME), font_paths=_fonts())
    made = compiler.compile(
        sys_inputs={"data": told},
        format="pdf",
        pdf_standards=["a-3b"],
        timestamp=0 if at is None else int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"'{template}' made no single document")
    return made
