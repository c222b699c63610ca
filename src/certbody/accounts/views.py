"""Signing up, one's own account, and the accounts of all for the administrator."""

from datetime import timedelta

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.core.paginator import Paginator
from django.db.models import Exists, Manager, OuterRef, Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certbody.accounts.callers import person
from certbody.accounts.forms import GrantForm, OpenForm, SearchForm, SignUpForm, TokenForm
from certbody.accounts.models import Account, ApiToken, Grant
from certbody.accounts.roles import Right, Role
from certbody.accounts.transitions.open import open_account, sign_up
from certbody.accounts.transitions.roles import (
    close_account,
    end_role,
    grant_role,
    reopen_account,
)
from certbody.accounts.transitions.tokens import end_token, make_token
from certbody.web.acts import UNPROCESSABLE, Tried, tried
from certbody.web.errors import too_many

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_A_PAGE = 25


@require_safe
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send everybody to where their work is."""
    by = person(request)
    if by.has(Right.OFFICE_ENTER):
        return redirect("accounts" if by.roles == {Role.ADMINISTRATOR} else "worklist")
    return redirect("portal" if by.has(Right.PORTAL_ENTER) else "home")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest) -> HttpResponse:
    """Open an applicant's account and sign it in."""
    if request.user.is_authenticated:
        return redirect("after_sign_in")
    if not consume(request, action="signup"):
        return too_many(request)
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        outcome = tried(lambda: sign_up(**form.cleaned_data, at=timezone.now()))
        if outcome.done and outcome.result is not None:
            start_session(request, outcome.result, backend=_BACKEND)
            messages.success(request, _("Your account is open. Next, register your organisation."))
            return redirect("portal")
        _into(form, outcome)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "accounts/sign_up.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Show one's roles, second factor and tokens; make a token."""
    by = person(request)
    may_make = by.has(Right.TOKEN_MANAGE)
    form = TokenForm(request.POST or None) if may_make else None
    made = ""
    if form is not None and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        outcome = tried(
            lambda: make_token(
                name=data["name"],
                scopes=data["scopes"],
                ends_at=now + timedelta(days=data["days"]),
                by=by,
                at=now,
            )
        )
        if outcome.done and outcome.result is not None:
            made, form = outcome.result[1], TokenForm()
        else:
            _into(form, outcome)
    page = {
        "account": by,
        "grants": Grant.in_force(localdate()).filter(account=by),
        "tokens": by.tokens.order_by("-made_at"),
        "form": form,
        "made": made,
        "base": _base(by),
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "accounts/mine.html", page, status=status)


@require_POST
def end_my_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of one's tokens back."""
    try:
        end_token(token=pk, by=person(request), at=timezone.now())
    except ApiToken.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The token no longer opens anything."))
    return redirect("my_account")


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """Show all accounts; open one."""
    by = person(request)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        roles = [Role(role) for role in data.pop("roles")]
        outcome = tried(
            lambda: open_account(**data, password=None, roles=roles, by=by, at=timezone.now())
        )
        if outcome.done and outcome.result is not None:
            messages.success(
                request, _("The account is open; its password is set by “password forgotten”.")
            )
            return redirect("account", outcome.result.login)
        _into(form, outcome)
    search = SearchForm(request.GET)
    found = Paginator(_found(search), _A_PAGE).get_page(request.GET.get("page"))
    page = {"accounts": found, "search": search, "form": form}
    return render(request, "accounts/list.html", page, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, login: str) -> HttpResponse:
    """Show one account; grant and end roles, close and reopen it."""
    found = Account.objects.filter(login=login).first()
    if found is None:
        raise Http404
    form = GrantForm(
        request.POST if request.POST.get("act") == "grant" else None, initial={"since": localdate()}
    )
    outcome: Tried[object] = Tried()
    if request.method == "POST":
        outcome = _done(request, found, form)
        if outcome.done and not form.errors:
            return redirect("account", login)
        _into(form, outcome)
    page = {
        "found": found,
        "grants": found.grants.order_by("-since"),
        "tokens": found.tokens.order_by("-made_at"),
        "form": form,
        "tried": outcome,
        "today": localdate(),
    }
    status = UNPROCESSABLE if form.errors else outcome.status
    return render(request, "accounts/account.html", page, status=status)


def _done(request: HttpRequest, found: Account, form: Form) -> Tried[object]:
    by, at, act = person(request), timezone.now(), request.POST.get("act")
    if act == "grant":
        if not form.is_valid():
            return Tried()
        data = form.cleaned_data
        return tried(lambda: grant_role(login=found.login, **data, by=by, at=at))
    if act == "end":
        grant = _chosen(found.grants, request.POST.get("grant"))
        return tried(lambda: end_role(grant=grant, by=by, at=at))
    if act == "end_token":
        token = _chosen(found.tokens, request.POST.get("token"))
        return tried(lambda: end_token(token=token, by=by, at=at))
    if act == "close":
        return tried(lambda: close_account(login=found.login, by=by, at=at))
    if act == "reopen":
        return tried(lambda: reopen_account(login=found.login, by=by, at=at))
    raise Http404


def _chosen(own: Manager[Grant] | Manager[ApiToken], number: str | None) -> int:
    """Give the number of a row that is this account's; else there is no such page."""
    if number is None or not number.isdecimal() or not own.filter(pk=int(number)).exists():
        raise Http404
    return int(number)


def _found(search: SearchForm) -> QuerySet[Account]:
    asked = search.cleaned_data if search.is_valid() else {}
    found = Account.objects.order_by("login").prefetch_related("grants")
    if asked.get("q"):
        words = asked["q"]
        found = found.filter(
            Q(login__icontains=words) | Q(name__icontains=words) | Q(email__icontains=words)
        )
    if asked.get("state"):
        found = found.filter(is_active=asked["state"] == "open")
    if asked.get("role"):
        in_force = Grant.in_force(localdate()).filter(account=OuterRef("pk"), role=asked["role"])
        found = found.filter(Exists(in_force))
    return found


def _into(
    form: Form | None, outcome: Tried[object] | Tried[Account] | Tried[tuple[ApiToken, str]]
) -> None:
    """Put what an act said into the form: by field, the rest above it."""
    if form is None:
        return
    for field, errors in outcome.errors.items():
        for message in errors:
            form.add_error(field if field in form.fields else None, message)
    for refusal in outcome.refusals:
        form.add_error(None, str(refusal["message"]))


def _base(by: Account) -> str:
    return "web/office.html" if by.has(Right.OFFICE_ENTER) else "web/portal.html"
