"""What we ask of a client now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certbody.accounts.models import Account
from certbody.cases.models import Case, State
from certbody.cases.selectors import visible_to
from certbody.clients.selectors import open_memberships
from certbody.planning.models import Plan


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, for which case, where."""

    what: str | Promise
    case: Case
    url: str


_TASKS = {
    State.DRAFT: (_("Finish and submit the application"), "application_submit"),
    State.SUPPLEMENT_ASKED: (_("Answer what we ask for"), "application_supplements"),
    State.ACCEPTED: (_("Read and sign the contract"), "application_contract"),
    State.CONTRACTED: (_("Read and confirm the audit plan"), "agreement"),
}


def tasks_of(by: Account, day: date) -> list[Task]:
    """Return what a client's person has to do, the oldest first."""
    mine = open_memberships(by, day).values("client")
    cases = (
        visible_to(by, day)
        .filter(client__in=mine, state__in=list(_TASKS))
        .exclude(state=State.ACCEPTED, application__contracts__signatures__side="client")
    )
    sent = Plan.objects.filter(case=OuterRef("pk"), superseded_at=None, confirmed_at=None)
    waiting = cases.exclude(state=State.ACCEPTED, application__contracts__isnull=True).exclude(
        ~Exists(sent), state=State.CONTRACTED
    )
    return [
        Task(what, case, reverse(page, args=[case.number]))
        for case in waiting.select_related("client").order_by("moved_at").distinct()
        for what, page in [_TASKS[State(case.state)]]
    ]
