"""Open a case: a client's application begins as a draft. ISO/IEC 17065:2012, 7.2."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.editions import book_for
from certbody.cases.models import Activity, Case, State
from certbody.cases.moving import LIFECYCLE
from certbody.cases.numbers import next_number
from certbody.cases.selectors import clients_visible_to
from certbody.records.writing import record
from certbody.rulebooks.library import NotThere, book_of, current_edition
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def open_case(*, client: int, scheme: str, activity: str, by: Account, at: datetime) -> Case:
    """Open a draft under the edition of the scheme that is current.

    Raises ``BadInput`` for an unknown scheme or activity, ``Client.DoesNotExist`` for a client
    the person does not act for, and ``Refused`` where a case of that scheme is under way.
    """
    day = localdate(at)
    if not by.has(Right.APPLICATION_APPLY):
        raise Refused([Refusal("right_missing", None, {"right": Right.APPLICATION_APPLY})])
    problems = _unknown(scheme, activity)
    if problems:
        raise BadInput(problems)
    owner = clients_visible_to(by, day).select_for_update(of=("self",)).get(pk=client)
    running = owner.cases.filter(scheme=scheme, state__in=UNDER_WAY).first()
    if running is not None:
        raise Refused([Refusal("case_under_way", None, {"number": running.number})])
    case = Case.objects.create(
        number=f"{day:%Y}-{next_number(f'case:{day:%Y}'):04}",
        client=owner,
        scheme=scheme,
        edition=current_edition(scheme),
        activity=activity,
        state=State.DRAFT,
        opened_by=by,
        opened_at=at,
        moved_at=at,
    )
    title = book_of(scheme, case.edition).listed.scheme
    words = {"zh": title.zh, "en": title.en}
    facts = {"client": owner.name, "scheme": words}
    clause = _clause_of_start(case)
    record("case.opened", stream=case.stream, by=by, at=at, clause=clause, **facts)
    return case


def _clause_of_start(case: Case) -> str:
    """Return where the rulebook says that an application begins, if it says so."""
    lifecycle = book_for(case).edition.of_kind("lifecycles").get(LIFECYCLE)
    arrows = lifecycle.arrows if lifecycle else ()
    return next((str(one.clause) for one in arrows if one.id == "start"), "")


UNDER_WAY = [
    state
    for state in State.values
    if state not in {State.DECLINED, State.WITHDRAWN_BY_CLIENT, State.GRANTED, State.REFUSED}
]


def _unknown(scheme: str, activity: str) -> list[Problem]:
    problems = []
    try:
        book_of(scheme, current_edition(scheme))
    except NotThere:
        problems.append(Problem("scheme", "unknown_scheme", {"name": scheme}))
    if activity not in Activity.values:
        told = {"name": "activity", "value": activity, "allowed": list(Activity.values)}
        problems.append(Problem("activity", "not_a_choice", told))
    return problems
