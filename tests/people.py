"""People of the tests, named by their roles, and what they need to act."""

from datetime import UTC, date, datetime

from django.test import Client as Browser

from certbody.accounts.models import Account, Grant
from certbody.accounts.roles import Role
from certbody.clients.models import Client, Membership

LONG_AGO = date(2020, 1, 1)
NOON = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai
PASSWORD = "correct horse battery"  # noqa: S105  of accounts that live as long as a test
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_CODE = "91110000MAT00086X0"


def open_account(login: str, *roles: Role) -> Account:
    """Make an account with roles that have been in force for long."""
    account = Account.objects.open(
        login=login, name=login.title(), email=f"{login}@example.org", password=PASSWORD
    )
    for role in roles:
        Grant.objects.create(account=account, role=role, since=LONG_AGO)
    return account


def browser_of(account: Account) -> Browser:
    """Return a browser in which somebody is signed in."""
    browser = Browser()
    browser.force_login(account, backend=_BACKEND)
    return browser


def organisation_of(
    *members: Account, code: str = _CODE, name: str = "杭州远帆电器服务有限公司"
) -> Client:
    """Make an organisation with its members."""
    client = Client.objects.create(
        credit_code=code,
        name=name,
        address="杭州市西湖区文三路 1 号",
        region="330106",
        legal_representative="王磊",
        contact="王磊",
        phone="0571-88880000",
        email="office@example.org",
        people=420,
    )
    for account in members:
        Membership.objects.create(client=client, account=account, since=LONG_AGO)
    return client
