"""Replace the sites by those of a filled Excel sheet. All or nothing; again changes nothing."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from certbody.accounts.models import Account
from certbody.clients.models import Site
from certbody.clients.sheet import read
from certbody.clients.transitions.lists import set_sites
from certbody.rules.terms import BadInput


@transaction.atomic
def import_sites(
    *, client: int, path: Path, by: Account, at: datetime, seen: int | None = None
) -> list[Site]:
    """Replace the sites; faults name the rows of the sheet, as ``sites.5.address``."""
    sheet = read(path)
    try:
        return set_sites(client=client, rows=sheet.rows, by=by, at=at, seen=seen)
    except BadInput as bad:
        raise sheet.placed(bad) from bad
