"""What hands can do: transitions, by number and login instead of by object; and looking."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client as Browser
from django.utils import timezone

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.accounts.transitions.tokens import make_token
from certbody.api.models import IdempotencyKey
from certbody.application.models import Application
from certbody.application.transitions.reply import accept, decline
from certbody.application.transitions.submit import submit
from certbody.cases.models import Case
from certbody.cases.transitions.open import open_case
from certbody.clients.transitions.lists import set_sites
from certbody.clients.transitions.register import register
from certbody.records.models import Event, Seal, Unsealed
from certbody.records.verify import verify
from certbody.records.writing import record
from certbody.rules.terms import Refused
from tests.applications import CONFIRMED, filled, reviewed
from tests.clients.making import PARTICULARS, site
from tests.people import NOON, open_account, organisation_of

Hold = Callable[[], None] | None


def outcome(act: str, given: Mapping[str, Any], hold: Hold) -> Any:
    """Do an act; stop before its commit, if asked; return what came of it."""
    try:
        if hold is None:
            return _ACTS[act](**given)
        with transaction.atomic():
            result = _ACTS[act](**given)
            hold()
    except Refused as refused:
        return {"refused": [one.code for one in refused.refusals]}
    return result


def people() -> dict[str, int]:
    """Make an applicant of two organisations and a planner; return the organisations' ids."""
    applicant = open_account("applicant", Role.CLIENT)
    open_account("planner", Role.PLANNER)
    codes = {"one": "91110000MAT00086X0", "two": "91110000MAT00087X8"}
    return {name: organisation_of(applicant, code=code).pk for name, code in codes.items()}


def opens(client: int, scheme: str = "ecpsc") -> str:
    """Open a case."""
    by = Account.objects.get(login="applicant")
    return open_case(client=client, scheme=scheme, activity="initial", by=by, at=NOON).number


def registers(login: str) -> str:
    """Register an organisation, always the same one."""
    account = Account.objects.filter(login=login).first() or open_account(login, Role.CLIENT)
    return register(particulars=PARTICULARS, by=account, at=NOON).credit_code


def lists(client: int, sites: int, seen: int) -> int:
    """Replace the sites of an organisation; return how many there are."""
    by = Account.objects.get(login="applicant")
    rows = [site(number) for number in range(1, sites + 1)]
    return len(set_sites(client=client, rows=rows, by=by, at=NOON, seen=seen))


@transaction.atomic
def notes(number: str, part: str) -> int:
    """Write an event into the chain of a case; return its number there."""
    by = Account.objects.get(login="planner")
    case = Case.objects.select_for_update().get(number=number)
    event = record("case.assigned", stream=case.stream, by=by, at=NOON, person="Xu", part=part)
    return event.number


def fills(scheme: str) -> str:
    """Bring an application so far that it can be submitted."""
    return filled(scheme).number


def gets_reviewed(scheme: str) -> str:
    """Bring an application so far that it can be accepted."""
    return reviewed(scheme).number


def submits(number: str) -> str:
    """Submit an application."""
    by = Account.objects.get(login="applicant")
    return str(submit(number=number, declared_by="王磊", by=by, at=NOON).case.state)


def accepts(number: str, scheme: str) -> str:
    """Accept an application."""
    by = Account.objects.get(login="reviewer")
    return str(accept(number=number, confirmed=CONFIRMED[scheme], by=by, at=NOON).case.state)


def declines(number: str) -> str:
    """Decline an application."""
    by = Account.objects.get(login="reviewer")
    return str(decline(number=number, reason="不在业务范围内", by=by, at=NOON).case.state)


def gets_a_token(token: str) -> None:
    """Make a token for the applicant's program."""
    by, now = Account.objects.get(login="applicant"), timezone.now()
    lasts = now + timedelta(hours=1)
    scopes = ["applications:write"]
    make_token(name="together", scopes=scopes, ends_at=lasts, by=by, at=now, token=token)


def calls(token: str, path: str, body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Send a write to the API under a key; return status and answer."""
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    browser = Browser(SERVER_NAME="localhost", headers=headers)
    answer = browser.post(f"/api/v1{path}", body, content_type="application/json")
    return {"status": answer.status_code, "answer": answer.json()}


def keys() -> list[str]:
    """Return the keys that are kept."""
    return list(IdempotencyKey.objects.values_list("key", flat=True))


def tells(number: str) -> list[str]:
    """Return the kinds of event of a case, in their order."""
    events = Event.objects.filter(stream=Case.objects.get(number=number).stream)
    return list(events.order_by("number").values_list("what", flat=True))


def revision(number: str) -> int:
    """Return how often an application has been saved, with what began it."""
    return Application.objects.get(case__number=number).revision


def makes_it_slow() -> None:
    """Have the database itself stop long within every act, between its event and its commit."""
    for statement in _SLOW[connection.vendor]:
        _sql(statement)


def makes_it_quick() -> None:
    """Take that away again."""
    for statement in _QUICK[connection.vendor]:
        _sql(statement)


def is_in_the_middle() -> bool:
    """Tell whether somebody is held up there."""
    if connection.vendor == "postgresql":
        return bool(_sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
    own = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        own.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    else:
        return False
    finally:
        own.close()


def _sql(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


_COUNT = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000)"
_LONG = f"{_COUNT} SELECT max(n) FROM c"  # noqa: S608  our own words
_BEFORE = "CREATE TRIGGER slow BEFORE INSERT ON records_unsealed"
_SLEEPS = "'BEGIN PERFORM pg_sleep(600); RETURN NEW; END'"
_SLOW = {
    "sqlite": [f"{_BEFORE} BEGIN SELECT ({_LONG}); END"],
    "postgresql": [
        f"CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS {_SLEEPS}",
        f"{_BEFORE} FOR EACH ROW EXECUTE FUNCTION slow()",
    ],
}
_QUICK = {
    "sqlite": ["DROP TRIGGER slow"],
    "postgresql": [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
        "DROP FUNCTION slow() CASCADE",
    ],
}


def looks() -> dict[str, Any]:
    """Count what is there, and verify the log."""
    return {
        "cases": Case.objects.count(),
        "events": Event.objects.count(),
        "unsealed": Unsealed.objects.count(),
        "seals": Seal.objects.count(),
        "faults": [one.code for one in verify().faults],
    }


_ACTS: Mapping[str, Callable[..., Any]] = {
    "people": people,
    "opens": opens,
    "registers": registers,
    "lists": lists,
    "notes": notes,
    "fills": fills,
    "gets_reviewed": gets_reviewed,
    "submits": submits,
    "accepts": accepts,
    "declines": declines,
    "gets_a_token": gets_a_token,
    "calls": calls,
    "keys": keys,
    "tells": tells,
    "revision": revision,
    "makes_it_slow": makes_it_slow,
    "makes_it_quick": makes_it_quick,
    "is_in_the_middle": is_in_the_middle,
    "looks": looks,
}
