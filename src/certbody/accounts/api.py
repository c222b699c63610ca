"""Accounts, roles and tokens for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema

from certbody.accounts.callers import caller, scopes_held
from certbody.accounts.models import Account, ApiToken, Grant
from certbody.accounts.roles import Right, Role
from certbody.accounts.tokens import TokenAuth
from certbody.accounts.transitions.open import open_account
from certbody.accounts.transitions.roles import (
    close_account,
    end_role,
    grant_role,
    reopen_account,
)
from certbody.accounts.transitions.tokens import end_token, make_token
from certbody.api.idempotency import once
from certbody.api.moments import Moment
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

reads, writes = TokenAuth("accounts:read"), TokenAuth("accounts:write")
router = Router(tags=["accounts"], auth=reads)


class GrantOut(Schema):
    """A role granted."""

    id: int
    role: str
    since: str
    until: str | None
    ended_at: str | None


class AccountOut(Schema):
    """An account."""

    login: str
    name: str
    email: str
    open: bool
    roles: list[GrantOut]


class AccountsOut(Schema):
    """A page of accounts."""

    items: list[AccountOut]
    next: int | None


class AccountIn(Schema):
    """An account to open; its password is set by its owner."""

    login: str
    name: str
    email: str
    roles: list[Role] = []


class GrantIn(Schema):
    """A role to grant."""

    role: Role
    since: date
    until: date | None = None


class TokenIn(Schema):
    """A token to make."""

    name: str
    scopes: list[str]
    ends_at: Moment


class TokenOut(Schema):
    """A token; ``token`` is its text, told once."""

    id: int
    name: str
    scopes: list[str]
    ends_at: str
    ended_at: str | None
    token: str | None = None


@router.get("/me", response={200: AccountOut, PROBLEMS: ProblemDocument}, summary="Who you are")
def me(request: HttpRequest) -> dict[str, Any]:
    """Return the account that the token acts for."""
    return _told(caller(request))


@router.get("/accounts", response={200: AccountsOut, PROBLEMS: ProblemDocument}, summary="Accounts")
def list_accounts(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """List all accounts, for an administrator."""
    _refuse_without(caller(request))
    return paged(Account.objects.prefetch_related("grants"), after, limit, _told)


@router.post(
    "/accounts",
    auth=writes,
    response={201: AccountOut, PROBLEMS: ProblemDocument},
    summary="Open an account",
)
@once(201)
def open_one(request: HttpRequest, payload: AccountIn) -> dict[str, Any]:
    """Open an account with roles; its owner sets the password by "password forgotten"."""
    account = open_account(
        login=payload.login,
        name=payload.name,
        email=payload.email,
        password=None,
        roles=payload.roles,
        by=caller(request),
        at=timezone.now(),
    )
    return _told(account)


@router.post(
    "/accounts/{login}/roles",
    auth=writes,
    response={201: GrantOut, PROBLEMS: ProblemDocument},
    summary="Grant a role",
)
@once(201)
def grant_one(request: HttpRequest, login: str, payload: GrantIn) -> dict[str, Any]:
    """Grant a role for some time."""
    made = grant_role(
        login=login,
        role=payload.role,
        since=payload.since,
        until=payload.until,
        by=caller(request),
        at=timezone.now(),
    )
    return _grant(made)


@router.post(
    "/roles/{grant}/end",
    auth=writes,
    response={200: GrantOut, PROBLEMS: ProblemDocument},
    summary="End a role",
)
@once()
def end_one(request: HttpRequest, grant: int) -> dict[str, Any]:
    """End a role: it is gone from the next request on."""
    return _grant(end_role(grant=grant, by=caller(request), at=timezone.now()))


@router.post(
    "/accounts/{login}/close",
    auth=writes,
    response={200: AccountOut, PROBLEMS: ProblemDocument},
    summary="Close an account",
)
@once()
def close_one(request: HttpRequest, login: str) -> dict[str, Any]:
    """Close an account."""
    return _told(close_account(login=login, by=caller(request), at=timezone.now()))


@router.post(
    "/accounts/{login}/reopen",
    auth=writes,
    response={200: AccountOut, PROBLEMS: ProblemDocument},
    summary="Open a closed account again",
)
@once()
def reopen_one(request: HttpRequest, login: str) -> dict[str, Any]:
    """Open a closed account again."""
    return _told(reopen_account(login=login, by=caller(request), at=timezone.now()))


@router.post(
    "/me/tokens",
    auth=writes,
    response={201: TokenOut, PROBLEMS: ProblemDocument},
    summary="Make a token",
)
@once(201, unkept=["token"])
def make_one(request: HttpRequest, payload: TokenIn) -> dict[str, Any]:
    """Make a token for the same account with scopes of this one; its text is told once."""
    beyond = sorted(set(payload.scopes) - scopes_held(request))
    if beyond:
        raise BadInput([Problem("scopes", "scopes_beyond_token", {"value": ", ".join(beyond)})])
    made, text = make_token(
        name=payload.name,
        scopes=payload.scopes,
        ends_at=payload.ends_at,
        by=caller(request),
        at=timezone.now(),
    )
    return {**_token(made), "token": text}


@router.post(
    "/tokens/{token}/end",
    auth=writes,
    response={200: TokenOut, PROBLEMS: ProblemDocument},
    summary="Take a token back",
)
@once()
def take_back_one(request: HttpRequest, token: int) -> dict[str, Any]:
    """Take a token back."""
    return _token(end_token(token=token, by=caller(request), at=timezone.now()))


def _told(account: Account) -> dict[str, Any]:
    today = localdate()
    grants = [one for one in account.grants.all() if one.since <= today or one.ended_at is None]
    return {
        "login": account.login,
        "name": account.name,
        "email": account.email,
        "open": account.is_active,
        "roles": [_grant(one) for one in grants],
    }


def _grant(one: Grant) -> dict[str, Any]:
    return {
        "id": one.pk,
        "role": one.role,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }


def _token(one: ApiToken) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "scopes": one.scopes,
        "ends_at": one.ends_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "token": None,
    }


def _refuse_without(by: Account) -> None:
    if not by.has(Right.ACCOUNT_MANAGE):
        raise Refused([Refusal("right_missing", None, {"right": Right.ACCOUNT_MANAGE})])
