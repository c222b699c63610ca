"""Who acts: the person before a screen, the account behind a token."""

from django.http import Http404, HttpRequest

from certbody.accounts.models import Account, ApiToken


def person(request: HttpRequest) -> Account:
    """Return who is signed in; the doors let nobody else come here."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def caller(request: HttpRequest) -> Account:
    """Return the account that a token acts for; ``TokenAuth`` has put it there."""
    account = getattr(request, "auth", None)
    if not isinstance(account, Account):
        raise TypeError("this operation asks for no token")
    return account


def scopes_held(request: HttpRequest) -> frozenset[str]:
    """Return what the token that calls may be used for."""
    token = getattr(request, "token", None)
    if not isinstance(token, ApiToken):
        raise TypeError("this operation asks for no token")
    return frozenset(token.scopes)
