"""How the cells of a workbook look."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format

BASE = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
TEXT = {**BASE, "num_format": "@", "text_wrap": True}  # so that Excel makes no date of 5.1.1
HEADING = {"bold": True, "bg_color": "#EEF2F6"}


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self.text = workbook.add_format(TEXT)
        self.number = workbook.add_format(BASE)
        self.title = workbook.add_format({**BASE, "bold": True, "font_size": 14})
        self.header = workbook.add_format(
            {
                **TEXT,
                "bold": True,
                "bg_color": "#1F3A5F",
                "font_color": "#FFFFFF",
                "valign": "vcenter",
            }
        )
        self._heading_text = workbook.add_format({**TEXT, **HEADING})
        self._heading_number = workbook.add_format({**BASE, **HEADING})

    def words(self, *, heading: bool) -> Format:
        """Return the format of text."""
        return self._heading_text if heading else self.text

    def figure(self, *, heading: bool) -> Format:
        """Return the format of figures."""
        return self._heading_number if heading else self.number
