"""The dry run of an import: what a sheet would change, or everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from certbody.clients.differences import Differences
from certbody.clients.models import Client, Site
from certbody.clients.rows import sites_from
from certbody.clients.sheet import SiteSheet, read
from certbody.clients.transitions.lists import what_changes
from certbody.rules.terms import BadInput


@dataclass(frozen=True, slots=True)
class DryRun:
    """A sheet that could be imported, and what it would change."""

    sheet: SiteSheet
    sites: list[Site]
    changes: Differences[Site]


def dry_run(client: Client, path: Path) -> DryRun:
    """Read a sheet and compare it with what is there; raise ``BadInput`` with every fault."""
    sheet = read(path)
    try:
        sites = sites_from(sheet.rows)
        return DryRun(sheet, sites, what_changes(client, sites))
    except BadInput as bad:
        raise sheet.placed(bad) from bad
