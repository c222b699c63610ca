"""What somebody has to do now: each kind of task is a condition on cases, with who does it.

A kind names the right of who does it and is one query, whatever the number of cases; which cases a
person may see at all is ``visible_to``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application.models import Contract, Signature, Supplement
from certbody.cases.editions import book_for
from certbody.cases.models import Case, State
from certbody.cases.moving import arrows_from
from certbody.cases.selectors import visible_to
from certbody.planning.models import Team
from certbody.rulebooks.library import Book
from certbody.rules.terms import Clause


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task; ``act`` is the arrow of the rulebook that it leads to."""

    name: str
    what: str | Promise
    right: Right
    state: State
    page: str
    act: str
    condition: Callable[[], Q] = Q


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, for whom, since how many days, by when, where."""

    kind: Kind
    case: Case
    late: bool
    waiting: int

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.kind.page, args=[self.case.number])

    @property
    def book(self) -> Book:
        """The rulebook that asks for it."""
        return book_for(self.case)

    @property
    def clause(self) -> Clause | None:
        """The clause of the act that it leads to; none where the rulebook draws no such arrow."""
        arrows = arrows_from(self.case)
        return next((one.clause for one in arrows if one.id == self.kind.act), None)


def _drawn_up() -> Exists:
    return Exists(
        Contract.objects.filter(application__case=OuterRef("pk"), superseded_at__isnull=True)
    )


def _team_in_force() -> Exists:
    return Exists(Team.in_force().filter(case=OuterRef("pk")))


def _signed_by(side: str) -> Exists:
    return Exists(
        Signature.objects.filter(
            contract__application__case=OuterRef("pk"),
            contract__superseded_at__isnull=True,
            side=side,
        )
    )


def _answered() -> Exists:
    """Whether something that the client sent in answer waits to be looked at."""
    return Exists(
        Supplement.objects.filter(
            application__case=OuterRef("pk"), answered_at__isnull=False, settled_at__isnull=True
        )
    )


KINDS: Sequence[Kind] = (
    Kind(
        "check",
        _("Check what the client has sent"),
        Right.APPLICATION_REVIEW,
        State.SUBMITTED,
        "application_review",
        "accept",
        lambda: Q(_answered()),
    ),
    Kind(
        "review",
        _("Review the application"),
        Right.APPLICATION_REVIEW,
        State.SUBMITTED,
        "application_review",
        "accept",
        lambda: ~Q(_answered()),
    ),
    Kind(
        "resume",
        _("Look again at a deferred application"),
        Right.APPLICATION_REVIEW,
        State.DEFERRED,
        "application_review",
        "resume",
    ),
    Kind(
        "draw_up",
        _("Draw up the contract"),
        Right.CONTRACT_DRAW_UP,
        State.ACCEPTED,
        "application_contract",
        "sign_contract",
        lambda: ~Q(_drawn_up()),
    ),
    Kind(
        "sign",
        _("Sign the contract for the body"),
        Right.CONTRACT_SIGN_FOR_BODY,
        State.ACCEPTED,
        "application_contract",
        "sign_contract",
        lambda: Q(_drawn_up()) & ~Q(_signed_by("body")),
    ),
    Kind(
        "plan",
        _("Plan the audit: programme and team"),
        Right.AUDIT_PLAN,
        State.CONTRACTED,
        "planning",
        "confirm_plan",
        lambda: ~Q(_team_in_force()),
    ),
)


def kinds_for(account: Account) -> list[Kind]:
    """Return the kinds of task that a person does."""
    return [kind for kind in KINDS if account.has(kind.right)]


def cases_to_do(visible: QuerySet[Case], kind: Kind) -> QuerySet[Case]:
    """Return those of the visible cases that make a task of one kind, the most urgent first."""
    found = visible.filter(kind.condition(), state=kind.state)
    # where nothing says by when, a case comes after those that are due, on both engines
    soonest = F("due_on").asc(nulls_last=True)
    return found.select_related("client").order_by(soonest, "moved_at", "pk")


def tasks_in(cases: Iterable[Case], kind: Kind, day: date) -> list[Task]:
    """Return the tasks of one kind that cases make."""
    return [Task(kind, one, _is_late(one, day), _days_since(one, day)) for one in cases]


def tasks_of(account: Account, day: date, most: int) -> list[tuple[Kind, list[Task]]]:
    """Return a person's tasks by kind, the most urgent of each, at most so many."""
    visible = visible_to(account, day)
    return [
        (kind, tasks_in(_soonest(cases_to_do(visible, kind), most), kind, day))
        for kind in kinds_for(account)
    ]


def _soonest(cases: QuerySet[Case], most: int) -> list[Case]:
    """Return the first of the cases to do, in the same order, read along the index.

    With "nulls last" the database would sort all of them to find the first.
    """
    by_due_day = ("due_on", "moved_at", "pk")
    due = list(cases.filter(due_on__isnull=False).order_by(*by_due_day)[:most])
    return due + list(cases.filter(due_on__isnull=True).order_by(*by_due_day)[: most - len(due)])


def tasks_on(case: Case, account: Account, day: date) -> list[Task]:
    """Return what a person has to do in one case that is open to them."""
    kinds = [kind for kind in kinds_for(account) if kind.state == case.state]
    own = [one for one in kinds if Case.objects.filter(one.condition(), pk=case.pk).exists()]
    return [task for kind in own for task in tasks_in([case], kind, day)]


def most_urgent(tasks: Iterable[Task], most: int) -> list[Task]:
    """Return the most urgent of tasks of several kinds: late ones, then due ones, then waiting."""
    return sorted(tasks, key=lambda one: (one.case.due_on or date.max, one.case.moved_at))[:most]


def _days_since(case: Case, day: date) -> int:
    return (day - localdate(case.moved_at)).days


def _is_late(case: Case, day: date) -> bool:
    return case.due_on is not None and case.due_on < day
