"""What the tests of the register share: particulars, rows of sites, filled sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from certbody.clients.columns import SITES
from certbody.clients.sheet import SHEET
from certbody.clients.transitions.register import Particulars

CODE = "91350100M000100Y43"
PARTICULARS = Particulars(
    credit_code=CODE,
    name="福州海风家电有限公司",
    address="福州市鼓楼区五四路 8 号",
    legal_representative="林海",
    contact="陈静",
    phone="0591-87650000",
    email="office@example.org",
    people=38,
)
HEADINGS = [f"{one.words.zh} / {one.words.en}{' *' if one.needed else ''}" for one in SITES]


def particulars(**changes: Any) -> Particulars:
    return replace(PARTICULARS, **changes)


def site(number: int = 1, /, **changes: object) -> dict[str, object]:
    """A row of the site list; the first one is the head office."""
    return {
        "name": f"门店 {number}",
        "address": f"福州市五四路 {number} 号",
        "service_content": "家电维修",
        "kind": "own",
        "head_office": "true" if number == 1 else "false",
        "people": str(number),
        "opening_hours": "周一至周五 9:00-18:00",
        **changes,
    }


def sites(number: int) -> list[dict[str, object]]:
    return [site(one) for one in range(1, number + 1)]


def sheet(rows: Sequence[Mapping[str, object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A filled sheet as a person would save it: numbers as numbers, the rest as text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(SHEET)
    for at, heading in enumerate(headings):
        page.write_string(0, at, heading)
    for at, row in enumerate(rows, start=1):
        for column, one in enumerate(SITES):
            value = row.get(one.name, "")
            if one.name in {"number", "people"} and str(value).isdecimal():
                page.write_number(at, column, int(str(value)))
            else:
                page.write(at, column, value)
    book.close()
    return out.getvalue()


def saved(content: bytes, folder: Path) -> Path:
    path = folder / "sites.xlsx"
    path.write_bytes(content)
    return path
