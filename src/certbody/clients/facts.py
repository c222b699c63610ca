"""What the register says of a client, as the rulebooks' questions name it.

The names are part of the vocabulary in docs/case-vocabulary.md.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from certbody.clients.models import Client, Incident

_LISTED = Q(removed_on__isnull=True)


def facts_of(client: Client, on: date) -> dict[str, Any]:
    """Return the facts of a client on a day: sites that are open, licences, incidents, managers.

    Days are ISO texts; ``licences``, ``incidents``, ``penalties`` and ``service_managers`` are
    lists of rows; ``sites`` is a count.
    """
    incidents = list(client.incidents.filter(_LISTED, date__lte=on))
    return {
        "people": client.people,
        "sites": client.sites.exclude(closed_on__lte=on).count(),
        "licences": [
            {
                "name": one.name,
                "number": one.number or None,
                "held": one.held,
                "no_end": one.no_end,
                "valid_until": one.valid_until.isoformat() if one.valid_until else None,
            }
            for one in client.licences.filter(_LISTED)
        ],
        "incidents": [_told(one) for one in incidents if one.kind != Incident.Kind.PENALTY],
        "penalties": [
            {"day": one.date.isoformat()} for one in incidents if one.kind == Incident.Kind.PENALTY
        ],
        "service_managers": [
            {
                "name": one.name,
                "certificate_number": one.certificate_number,
                "valid_until": one.valid_until.isoformat(),
            }
            for one in client.service_managers.filter(_LISTED)
        ],
    }


def _told(one: Incident) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "kind": one.kind,
        "major": one.major,
        "closed": one.closed,
    }
