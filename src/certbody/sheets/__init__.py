"""Excel in and out: templates, dry runs, errors by row and column."""

from certbody.sheets.licensed import fits, write_licensed
from certbody.sheets.reading import read
from certbody.sheets.writing import export, template

__all__ = ["export", "fits", "read", "template", "write_licensed"]
