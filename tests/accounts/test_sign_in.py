"""Signing in: by login or e-mail, with a second factor, not too often, and never to elsewhere."""

import re

import pyotp
import pytest
from django.core.cache import cache
from django.test import Client as Browser

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.accounts.transitions.roles import close_account
from certbody.records.models import Event
from tests.people import NOON, PASSWORD, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Each test begins with no failed sign-ins counted."""
    cache.clear()


@pytest.fixture
def reviewer():
    return open_account("reviewer", Role.APPLICATION_REVIEWER)


def sign_in(browser, login, password=PASSWORD, **query):
    return browser.post("/sign-in/", {"login": login, "password": password}, query_params=query)


@pytest.mark.parametrize("login", ["reviewer", "reviewer@example.org"])
@pytest.mark.usefixtures("reviewer")
def test_by_login_or_by_e_mail(login):
    browser = Browser()

    answer = sign_in(browser, login)

    assert (answer.status_code, answer["Location"]) == (302, "/start/")
    assert browser.get("/start/")["Location"] == "/office/"


@pytest.mark.usefixtures("reviewer")
def test_a_wrong_password_is_told_without_saying_which_was_wrong():
    known, unknown = sign_in(Browser(), "reviewer", "x"), sign_in(Browser(), "nobody", "x")

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert "reviewer" in known.text  # what was typed is still there
    alert = re.compile(r'role="alert">(.*?)</div>', re.DOTALL)
    assert alert.findall(known.text) == alert.findall(unknown.text) != []


@pytest.mark.usefixtures("reviewer")
def test_too_many_failures_close_the_door_for_a_while():
    browser = Browser()
    for _attempt in range(6):
        sign_in(browser, "reviewer", "x")

    right = sign_in(browser, "reviewer")

    assert right.status_code != 302
    assert "_auth_user_id" not in browser.session


@pytest.mark.usefixtures("reviewer")
def test_a_closed_account_does_not_open():
    administrator = open_account("administrator", Role.ADMINISTRATOR)
    signed_in = Browser()
    sign_in(signed_in, "reviewer")
    assert signed_in.get("/office/").status_code == 200

    close_account(login="reviewer", by=administrator, at=NOON)

    assert signed_in.get("/office/").status_code == 302
    browser = Browser()
    sign_in(browser, "reviewer")
    assert browser.get("/office/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
@pytest.mark.usefixtures("reviewer")
def test_nobody_is_led_elsewhere(elsewhere):
    browser = Browser()

    answer = browser.post(
        "/sign-in/", {"login": "reviewer", "password": PASSWORD, "next": elsewhere}
    )

    assert answer["Location"] == "/start/"


@pytest.mark.requirement("P-O3")
@pytest.mark.usefixtures("reviewer")
def test_the_second_factor_is_asked_for_once_it_is_on():
    browser = Browser()
    sign_in(browser, "reviewer")
    assert browser.get("/me/factor/on/")["Location"].startswith("/sign-in/again/")
    browser.post("/sign-in/again/", {"password": PASSWORD})
    page = browser.get("/me/factor/on/")
    (secret,) = re.findall(r"<code>([A-Z2-7]+)</code>", page.text)
    browser.post("/me/factor/on/", {"code": pyotp.TOTP(secret).now()})
    assert "验证器" in browser.get("/me/factor/").text

    again = Browser()
    answer = sign_in(again, "reviewer")
    assert answer["Location"].startswith("/sign-in/factor/")
    assert again.get("/office/").status_code == 302  # not in yet
    recovery = re.findall(r"<li>(\d+)</li>", browser.get("/me/factor/codes/").text)
    again.post("/sign-in/factor/", {"code": recovery[0]})

    assert again.get("/office/").status_code == 200


def test_an_applicant_opens_an_account_and_is_in(client):
    sent = {
        "name": "王磊",
        "email": "wang@example.org",
        "login": "wanglei",
        "password": PASSWORD,
    }

    answer = client.post("/sign-up/", sent)

    assert answer["Location"] == "/portal/"
    account = Account.objects.get(login="wanglei")
    assert account.roles == {Role.CLIENT}
    whats = Event.objects.filter(stream=account.stream).values_list("what", flat=True)
    assert list(whats) == ["account.opened", "account.role_granted"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "kurz"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"login": "Wang Lei"}, "login"),
        ({"login": "reviewer"}, "login"),
        ({"email": "REVIEWER@example.org"}, "email"),
    ],
)
@pytest.mark.usefixtures("reviewer")
def test_what_cannot_be_an_account_is_told_beside_its_field(client, changed, field):
    sent = {"name": "王磊", "email": "w@example.org", "login": "wanglei", "password": PASSWORD}

    answer = client.post("/sign-up/", {**sent, **changed})

    assert answer.status_code == 422
    assert re.search(rf'id_{field}"[^§]*?class="err"', answer.text)
    assert 'value="王磊"' in answer.text
    assert Account.objects.count() == 1
