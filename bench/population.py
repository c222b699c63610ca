"""Cases in any number, and what is done with them while the clock runs."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.test import Client as Browser
from django.utils import timezone

from certbody.accounts.models import Account, Grant
from certbody.accounts.roles import Role
from certbody.application.models import Application
from certbody.application.transitions.describe import describe
from certbody.cases.models import Case, Counter, State
from certbody.clients.models import Client, Membership
from certbody.demo.codes import credit_code
from certbody.records.sealing import seal
from certbody.records.writing import record
from certbody.rulebooks.library import current_edition

Work = tuple[str, Callable[[], object], Callable[[], object]]

PEOPLE = {"applicant": Role.CLIENT, "reviewer": Role.APPLICATION_REVIEWER}
SINCE = date(2026, 1, 5)
STATES = ("submitted", "submitted", "supplement_asked", "accepted", "contracted", "declined")
SCHEMES = ("ecpsc", "ccai")
EVENTS = 4  # a third of what a case has when its contract is signed: a bench should not take hours


def grow_to(size: int) -> None:
    """Add clients, each with a case, an application and its events, until there are so many."""
    people = {login: _person(login, role) for login, role in PEOPLE.items()}
    there = Case.objects.count()
    with transaction.atomic():
        for serial in range(there + 1, size + 1):
            _case(serial, people["applicant"])
    seal()


def works() -> Iterator[Work]:
    """Return what is measured: its name, the work, and the floor beside it."""
    reviewer, applicant = _signed_in("reviewer"), Account.objects.get(login="applicant")
    number = Case.objects.filter(state="submitted").order_by("-pk")[0].number
    draft = Case.objects.filter(state=State.DRAFT).order_by("-pk")[0].number
    client = _signed_in("applicant")

    def page(path: str) -> Callable[[], object]:
        return lambda: _got(reviewer, path)

    yield "worklist", page("/office/"), page("/floor/")
    yield "case page", page(f"/office/cases/{number}/"), page("/floor/")
    yield "list of cases", page("/office/cases/"), page("/floor/")
    yield "one save (transition)", lambda: _described(draft, applicant), _inserted
    yield "one save (page)", lambda: _sent(client, f"/portal/cases/{draft}/scope/"), _inserted


def _person(login: str, role: Role) -> Account:
    account = Account.objects.filter(login=login).first()
    if account is None:
        email = f"{login}@example.org"
        account = Account.objects.open(login=login, name=login, email=email, password=None)
        Grant.objects.create(account=account, role=role, since=SINCE)
    return account


def _case(serial: int, by: Account) -> None:
    now = timezone.now()
    client = Client.objects.create(
        credit_code=credit_code("330106", serial),
        name=f"示例服务有限公司 {serial}",
        address="杭州市西湖区文三路 1 号",
        region="330106",
        legal_representative="王磊",
        contact="王磊",
        phone="0571-88880000",
        email="office@example.org",
        people=120,
    )
    state = State.DRAFT if serial % 50 == 1 else STATES[serial % len(STATES)]
    if state == State.DRAFT:
        Membership.objects.create(client=client, account=by, since=SINCE)
    scheme = SCHEMES[serial % len(SCHEMES)]
    case = Case.objects.create(
        number=f"2026-{serial:05}",
        client=client,
        scheme=scheme,
        edition=current_edition(scheme),
        activity="initial",
        state=state,
        opened_by=by,
        opened_at=now,
        moved_at=now,
        submitted_on=None if state == State.DRAFT else SINCE,
    )
    Application.objects.create(case=case, scope_text="家用电器的配送、安装、维修", people=120)
    for _ in range(EVENTS):
        record("application.scope_described", stream=case.stream, by=by, at=now)


def _signed_in(login: str) -> Browser:
    browser = Browser()
    browser.force_login(Account.objects.get(login=login), settings.AUTHENTICATION_BACKENDS[0])
    return browser


def _got(browser: Browser, path: str) -> None:
    response = browser.get(path)
    if response.status_code != 200:  # noqa: PLR2004  HTTP's own number
        raise RuntimeError(f"{path}: {response.status_code}")


def _sent(browser: Browser, path: str) -> None:
    response = browser.post(path, {"scope_text": str(uuid4()), "people": "120"})
    if response.status_code != 302:  # noqa: PLR2004  HTTP's own number
        raise RuntimeError(f"{path}: {response.status_code}")


def _described(number: str, by: Account) -> None:
    describe(number=number, scope_text=str(uuid4()), scope={}, people=120, by=by, at=timezone.now())


def _inserted() -> None:
    Counter.objects.create(series=str(uuid4()))
