"""A case as programs read it."""

from typing import Any

from certbody.cases.models import Case


def case_told(case: Case) -> dict[str, Any]:
    """Return a case as plain data."""
    return {
        "number": case.number,
        "client": {"id": case.client_id, "name": case.client.name},
        "scheme": case.scheme,
        "edition": case.edition,
        "activity": case.activity,
        "state": case.state,
        "submitted_on": case.submitted_on.isoformat() if case.submitted_on else None,
        "moved_at": case.moved_at.isoformat(),
    }
