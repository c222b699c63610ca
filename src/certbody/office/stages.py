"""The stages of a case on the board, and what lists and board narrow cases by."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case, State

# Every state but a draft, which is the client's alone, in the order a case passes through them.
STAGES: Sequence[tuple[str | Promise, Sequence[State]]] = (
    (_("Application"), (State.SUBMITTED, State.SUPPLEMENT_ASKED, State.DEFERRED)),
    (_("Contract"), (State.ACCEPTED, State.CONTRACTED)),
    (_("Audit"), (State.PLANNED, State.AUDITED, State.STOPPED)),
    (_("Report, review, decision"), (State.REPORTED, State.RETURNED, State.REVIEWED)),
    (
        _("Over"),
        (State.GRANTED, State.REFUSED, State.DECLINED, State.WITHDRAWN_BY_CLIENT),
    ),
)


def late_on(day: date) -> Q:
    """Return the condition on cases whose next step was due before a day."""
    return Q(due_on__lt=day)


def narrowed(cases: QuerySet[Case], search: Form) -> QuerySet[Case]:
    """Return the cases of the scheme and of the activity that are asked for."""
    asked = search.cleaned_data if search.is_valid() else {}
    for name in ("scheme", "activity"):
        if asked.get(name):
            cases = cases.filter(**{name: asked[name]})
    return cases
