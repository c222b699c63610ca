"""Replace a list of the register: sites, licences, incidents, service managers. All or nothing.

A row that is no longer listed is ended, not lost: a case may have looked at it. A list that says
what is there already changes nothing and writes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.clients.columns import INCIDENTS, LICENCES, MANAGERS, SITES, Columns
from certbody.clients.differences import Differences, differences, told, with_numbers
from certbody.clients.models import Client, Incident, Licence, ServiceManager, Site
from certbody.clients.opening import opened
from certbody.clients.rows import (
    Row,
    incidents_from,
    key_of_incident,
    key_of_licence,
    key_of_manager,
    key_of_site,
    licences_from,
    managers_from,
    sites_from,
)
from certbody.records.writing import record

M = TypeVar("M", Site, Licence, Incident, ServiceManager)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[M]):
    """How one list is read, compared and told."""

    model: type[M]
    columns: Columns
    read: Callable[[Sequence[Row]], list[M]]
    key: Callable[[M], tuple[object, ...]]
    ended: str
    event: str
    counted: str


_SITES = _Kind(
    Site,
    SITES,
    sites_from,
    lambda one: (one.number,) if one.number else (key_of_site(one), None),
    "closed_on",
    "client.sites_changed",
    "sites",
)
_LICENCES = _Kind(
    Licence,
    LICENCES,
    licences_from,
    key_of_licence,
    "removed_on",
    "client.licences_changed",
    "licences",
)
_INCIDENTS = _Kind(
    Incident,
    INCIDENTS,
    incidents_from,
    key_of_incident,
    "removed_on",
    "client.incidents_changed",
    "incidents",
)
_MANAGERS = _Kind(
    ServiceManager,
    MANAGERS,
    managers_from,
    key_of_manager,
    "removed_on",
    "client.managers_changed",
    "managers",
)


@transaction.atomic
def set_sites(
    *, client: int, rows: Sequence[Row], by: Account, at: datetime, seen: int | None = None
) -> list[Site]:
    """Replace the sites. A site that stays keeps its number, also under another name.

    Raises ``BadInput`` with row and column of every fault, and then nothing is changed.
    """
    found = opened(client, by, at, seen)
    wanted = sites_from(rows)
    changes = _site_changes(found, wanted)
    last = max((one.number for one in found.sites.all()), default=0)
    for number, one in enumerate(changes.added, start=last + 1):
        one.number = number
    if changes.any:
        found.sites.filter(head_office=True).update(head_office=False)  # one at a time
    _put(found, changes, _SITES, len(wanted), by, at)
    return wanted


def what_changes(client: Client, wanted: Sequence[Site]) -> Differences[Site]:
    """Return what a site list would change, and change nothing: the dry run of ``set_sites``."""
    return _site_changes(client, list(wanted))


@transaction.atomic
def set_licences(
    *, client: int, rows: Sequence[Row], by: Account, at: datetime, seen: int | None = None
) -> list[Licence]:
    """Replace the licences and permits."""
    return _replaced(_LICENCES, client, rows, by, at, seen)


@transaction.atomic
def set_incidents(
    *, client: int, rows: Sequence[Row], by: Account, at: datetime, seen: int | None = None
) -> list[Incident]:
    """Replace accidents, offences and penalties."""
    return _replaced(_INCIDENTS, client, rows, by, at, seen)


@transaction.atomic
def set_managers(
    *, client: int, rows: Sequence[Row], by: Account, at: datetime, seen: int | None = None
) -> list[ServiceManager]:
    """Replace the certified service managers."""
    return _replaced(_MANAGERS, client, rows, by, at, seen)


def _site_changes(client: Client, wanted: list[Site]) -> Differences[Site]:
    there = list(client.sites.all())
    with_numbers(there, wanted)
    return differences(there, wanted, _SITES.key, SITES, "closed_on")


def _replaced(
    kind: _Kind[M],
    client: int,
    rows: Sequence[Row],
    by: Account,
    at: datetime,
    seen: int | None,
) -> list[M]:
    found = opened(client, by, at, seen)
    wanted = kind.read(rows)
    there = kind.model.objects.filter(client=found)
    changes = differences(there, wanted, kind.key, kind.columns, kind.ended)
    _put(found, changes, kind, len(wanted), by, at)
    return wanted


def _put(
    client: Client,
    changes: Differences[M],
    kind: _Kind[M],
    number: int,
    by: Account,
    at: datetime,
) -> None:
    """Write what changes, count the revision up, and write down what it was and is."""
    if not changes.any:
        return
    for one in changes.gone:
        setattr(one, kind.ended, localdate(at))
    kind.model.objects.bulk_update(changes.gone, [kind.ended])
    kept = [after for _before, after in changes.changed] + changes.same
    kind.model.objects.bulk_update(kept, [*(c.name for c in kind.columns), kind.ended])
    for one in changes.added:
        one.client = client
    kind.model.objects.bulk_create(changes.added)
    client.revision += 1
    client.save(update_fields=["revision"])
    facts: dict[str, Any] = {
        kind.counted: number,
        "added": [told(one, kind.columns) for one in changes.added],
        "changed": [
            {"was": told(before, kind.columns), "is": told(one, kind.columns)}
            for before, one in changes.changed
        ],
        "gone": [told(one, kind.columns) for one in changes.gone],
    }
    record(kind.event, stream=client.stream, by=by, at=at, **facts)
