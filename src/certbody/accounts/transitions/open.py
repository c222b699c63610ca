"""Open an account, for oneself as an applicant or for somebody by an administrator."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account, Grant
from certbody.accounts.roles import Right, Role
from certbody.records.writing import in_both, record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def sign_up(*, login: str, name: str, email: str, password: str, at: datetime) -> Account:
    """Open an applicant's own account, with the role of a client."""
    account = _opened(login, name, email, password)
    _granted(account, [Role.CLIENT], account, at)
    return account


@transaction.atomic
def open_account(  # the person's particulars, who opens it, and when
    *,
    login: str,
    name: str,
    email: str,
    password: str | None,
    roles: Iterable[Role],
    by: Account | None,
    at: datetime,
) -> Account:
    """Open an account with roles; ``by`` is None only for the first one of an installation."""
    if by is None and Account.objects.exists():
        raise Refused([Refusal("first_account_exists", None, {})])
    if by is not None and not by.has(Right.ACCOUNT_MANAGE):
        raise Refused([Refusal("right_missing", None, {"right": Right.ACCOUNT_MANAGE})])
    account = _opened(login, name, email, password)
    _granted(account, roles, by or account, at)
    return account


def _opened(login: str, name: str, email: str, password: str | None) -> Account:
    account = Account(login=login, name=name.strip(), email=Account.objects.normalize_email(email))
    account.set_password(password)
    problems = [*_about_password(account, password), *_about_account(account)]
    if problems:
        raise BadInput(problems)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:  # somebody took login or e-mail since we looked
        raise BadInput(_about_account(account)) from error
    return account


def _about_password(account: Account, password: str | None) -> list[Problem]:
    try:
        if password is not None:
            validate_password(password, account)
    except ValidationError as error:
        return [Problem("password", "not_valid", {"why": str(one)}) for one in error.messages]
    return []


def _about_account(account: Account) -> list[Problem]:
    try:
        account.full_clean()
    except ValidationError as error:
        return [
            Problem("email" if field == "__all__" else field, "not_valid", {"why": str(one)})
            for field, messages in error.message_dict.items()
            for one in messages
        ]
    return []


def _granted(account: Account, roles: Iterable[Role], by: Account, at: datetime) -> None:
    told = {"login": account.login, "name": account.name}
    record("account.opened", stream=account.stream, by=by, at=at, **told)
    day = localdate(at)
    for role in roles:
        Grant.objects.create(account=account, role=role, since=day)
        code = str(role)
        record(
            "account.role_granted",
            stream=account.stream,
            by=by,
            at=at,
            login=account.login,
            role=in_both(Role(code).label),
            code=code,
            since=day.isoformat(),
        )
