"""The demonstration's mail page: one's own mail, and only there."""

import pytest
from django.core.mail import send_mail
from django.test import Client as Browser

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from tests.people import open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings, tmp_path):
    """Two people of whom one's address ends like the other's, each with a mail."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    li, wangli = open_account("li", Role.CLIENT), open_account("wangli", Role.CLIENT)
    for one, text in ((li, "一二三 for li"), (wangli, "四五六 for wangli")):
        send_mail("一次性验证码", text, "body@example.org", [one.email])

    def asked(account: Account):
        browser = Browser()
        browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser.get("/demo/mail/")

    return asked, li, wangli


def test_everybody_reads_their_own_mail_only(asked):
    ask, li, wangli = asked

    assert "一二三 for li" in ask(li).text
    assert "wangli" not in ask(li).text
    assert "四五六 for wangli" in ask(wangli).text


def test_elsewhere_there_is_no_such_page(asked, settings):
    ask, li, _wangli = asked
    settings.DEMO = False

    assert ask(li).status_code == 404
