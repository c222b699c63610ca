"""Letting programs in: a token in the header ``Authorization: Bearer …``, for one scope."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from certbody.accounts.models import Account, ApiToken
from certbody.accounts.scopes import SCOPES
from certbody.accounts.transitions.tokens import digest_of
from certbody.api.problems import ScopeMissingError

_USED_NOTED_EVERY = timedelta(minutes=1)


class TokenAuth(HttpBearer):
    """Asks for a token with a scope; gives the account that the token acts for.

    A token that is unknown, ended or of a closed account is answered 401, one without the scope
    403. What the account itself may not do, the token may not either.
    """

    def __init__(self, scope: str) -> None:
        if scope not in SCOPES:
            raise ValueError(f"no scope '{scope}'")
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """Return the account; None for a token that opens nothing."""
        now = timezone.now()
        found = ApiToken.objects.select_related("account").filter(digest=digest_of(token)).first()
        if found is None or not found.opens(now):
            return None
        if self.scope not in found.scopes:
            raise ScopeMissingError(self.scope)
        if found.used_at is None or now - found.used_at > _USED_NOTED_EVERY:
            ApiToken.objects.filter(pk=found.pk).update(used_at=now)
        request.token = found  # type: ignore[attr-defined]  # what the token may, see callers
        return found.account
