"""Make a token for programs, and take it back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from certbody.accounts.models import Account, ApiToken
from certbody.accounts.roles import Right
from certbody.accounts.scopes import SCOPES
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_LONGEST = timedelta(days=366)
_SHOWN = 10


@transaction.atomic
def make_token(
    *,
    name: str,
    scopes: Collection[str],
    ends_at: datetime,
    by: Account,
    at: datetime,
    token: str | None = None,
) -> tuple[ApiToken, str]:
    """Make a token for one's own account; return it with its text, which is never shown again.

    ``token`` gives the text itself: for a demonstration, whose tokens are printed at each start.
    """
    if not by.has(Right.TOKEN_MANAGE):
        raise Refused([Refusal("right_missing", None, {"right": Right.TOKEN_MANAGE})])
    problems = []
    if not name.strip():
        problems.append(Problem("name", "missing_input", {"name": "name", "what": "name"}))
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        facts: dict[str, object] = {
            "name": "scopes",
            "value": ", ".join(unknown) or "—",
            "allowed": list(SCOPES),
        }
        problems.append(Problem("scopes", "not_a_choice", facts))
    if not at < ends_at <= at + _LONGEST:
        problems.append(Problem("ends_at", "token_too_long", {"days": _LONGEST.days}))
    if problems:
        raise BadInput(problems)
    text = token or f"cb_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        account=by,
        name=name.strip(),
        digest=digest_of(text),
        start=text[:_SHOWN],
        scopes=sorted(scopes),
        made_at=at,
        ends_at=ends_at,
    )
    told = {"login": by.login, "name": made.name}
    record("account.token_made", stream=by.stream, by=by, at=at, scopes=made.scopes, **told)
    return made, text


@transaction.atomic
def end_token(*, token: int, by: Account, at: datetime) -> ApiToken:
    """Take a token back; its owner may, and an administrator."""
    tokens = ApiToken.objects.select_for_update(of=("self",)).select_related("account")
    own = tokens if by.has(Right.ACCOUNT_MANAGE) else tokens.filter(account=by)
    found = own.get(pk=token)
    if found.ended_at is None:
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        told = {"login": found.account.login, "name": found.name}
        record("account.token_ended", stream=found.account.stream, by=by, at=at, **told)
    return found


def digest_of(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()
