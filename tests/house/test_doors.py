"""The table of every address and the right it needs, tried both ways for every role."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from certbody.accounts.models import Grant
from certbody.accounts.roles import RIGHTS, Role
from certbody.accounts.scopes import SCOPES
from certbody.accounts.transitions.tokens import make_token
from certbody.notices.models import Notice
from certbody.web.doors import BY_TOKEN, Door, door_of
from tests.applications import PDF, accepted
from tests.people import NOON, open_account

TABLE = yaml.safe_load((Path(__file__).parent / "doors.yaml").read_text(encoding="utf-8"))
SAY = "a new address takes a row in tests/house/doors.yaml: its name, and its door as in urls.py"
SIGN_IN = "/sign-in/"
pytestmark = pytest.mark.django_db


def patterns(
    found: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, address)
        else:
            yield address, one


def own() -> dict[str, URLPattern]:
    """Every address of the screens by its name; the API asks for tokens, see tests/api."""
    found = patterns(get_resolver().url_patterns)
    return {str(one.name): one for address, one in found if not of_api(address)}


def of_api(address: str) -> bool:
    return address.lstrip("^").startswith("api/")


def as_in_table(door: Door | None) -> object:
    if door is None:
        return "closed"
    if not door.signed_in:
        return "public"
    return [str(right) for right in door.rights] or "signed_in"


def test_every_address_is_in_the_table_with_the_door_it_has():
    assert {name: as_in_table(door_of(one.callback)) for name, one in own().items()} == TABLE, SAY


def test_every_address_of_the_api_asks_for_a_token_itself():
    api = [
        one for address, one in patterns(get_resolver().url_patterns) if address.startswith("api/")
    ]
    assert api
    assert {door_of(one.callback) for one in api} == {BY_TOKEN}


@pytest.fixture
def world():
    """A case with a letter and a file, and somebody of every role."""
    play = accepted("ecpsc")
    people = {str(role): open_account(f"{role}1".replace("_", "-"), role) for role in Role}
    now = timezone.now()
    token, _text = make_token(
        name="x", scopes=SCOPES, ends_at=now + timedelta(days=1), by=people["client"], at=now
    )
    samples = {
        "number": play.number,
        "scheme": "ecpsc",
        "edition": "A-0",
        "name": "man-days",
        "login": "applicant",
        "pk": play.client.pk,
        "uidb36": "1",
        "key": "set-password",
    }
    return people, samples, Notice.objects.get().number, token.pk


def address_of(name: str, one: URLPattern, world) -> str:
    _people, samples, notice, token = world
    wanted = {key: samples.get(key, "1") for key in one.pattern.converters}
    if name == "notice":
        wanted["number"] = notice
    if name == "end_my_token":
        wanted["pk"] = token
    if name in {"rulebook", "process", "calculators_of", "calculator"}:
        wanted["number"] = "A-0"
    if name == "account_reset_password_from_key":
        wanted = {"uidb36": "1", "key": "set-password"}
    return reverse(name, kwargs=wanted)


def let_in(browser: Browser, address: str) -> bool:
    answer = browser.get(address)
    answer.close()  # a file that is handed out stays open until then
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith(f"{SIGN_IN}?next=")
    return not to_sign_in and answer.status_code != 403


@pytest.mark.requirement("P-O3")
@pytest.mark.parametrize("role", ["", *Role.values])
def test_every_role_comes_in_where_the_table_says_and_nowhere_else(world, role):
    browser = Browser(raise_request_exception=True)
    rights: set[str] = set()
    if role:
        account = world[0][role]
        browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        rights = {str(right) for right in RIGHTS[role]}
    for name, one in own().items():
        door = TABLE[name]
        expected = (
            door == "public"
            or (door == "signed_in" and bool(role))
            or (isinstance(door, list) and bool(rights & set(door)))
        )
        assert let_in(browser, address_of(name, one, world)) is expected, (
            f"{role or 'nobody'}: {name}"
        )


def test_a_role_that_is_ended_opens_nothing_at_the_next_request(world):
    reviewer = world[0]["application_reviewer"]
    browser = Browser()
    browser.force_login(reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/office/").status_code == 200

    Grant.objects.filter(account=reviewer).update(ended_at=NOON)

    assert browser.get("/office/").status_code == 403


def test_what_is_sent_without_our_own_form_is_refused(world):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(
        world[0]["client"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    sent = {"act": "attach", "item": "6.2-1", "file": BytesIO(PDF)}

    assert browser.post("/me/interests/", sent).status_code == 403
