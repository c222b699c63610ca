"""The contract: drawn up by the office, read and signed by both sides."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certbody.accounts.callers import person
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.contracting import fee_questions, to_draw_up, to_sign
from certbody.application.editing import acts_for
from certbody.application.models import Application, Contract, Signature
from certbody.application.transitions.contract import draw_up, sign
from certbody.application.views.fields import answers, asked_fields
from certbody.application.views.opening import with_application
from certbody.application.views.places import gate
from certbody.cases.editions import book_for
from certbody.notices.codes import issue
from certbody.web.acts import NOTHING, Tried, tried


@with_application
def contract_page(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the contract in force; draw it up, send a code, or sign."""
    outcome: Tried[object] | Tried[None] = NOTHING
    act = request.POST.get("act", "")
    if request.method == "POST":
        outcome = _done(request, application, act)
        if outcome.done:
            return redirect(request.path)
    page = _content(request, application, act, outcome)
    return render(request, "application/contract.html", page, status=outcome.status)


def _content(
    request: HttpRequest, application: Application, act: str, outcome: Tried[object] | Tried[None]
) -> dict[str, object]:
    day, by = localdate(), person(request)
    contract = in_force(application)
    signatures = list(contract.signatures.select_related("account")) if contract else []
    side = side_of(request, application)
    inputs = fee_questions(application, day)
    sent = request.POST if act == "draw_up" else None
    errors = outcome.errors if act == "draw_up" else {}
    both = {one.side for one in signatures} | ({side} if side else set())
    return {
        "case": application.case,
        "application": application,
        "book": book_for(application.case),
        "office": by.has(Right.OFFICE_ENTER),
        "base": "web/office.html" if by.has(Right.OFFICE_ENTER) else "web/portal.html",
        "contract": contract,
        "signatures": signatures,
        "side": side,
        "signed_by_us": any(one.side == side for one in signatures),
        "gate": gate(application, to_sign(contract, both, day), office=by.has(Right.OFFICE_ENTER))
        if contract
        else [],
        "draw_up_gate": gate(application, to_draw_up(application, day), office=True),
        "may_draw_up": by.has(Right.CONTRACT_DRAW_UP)
        and not signatures
        and application.case.state == "accepted",
        "price_fields": asked_fields(inputs, {}, sent, errors),
        "obligations": rulebook.items(application, rulebook.OBLIGATIONS),
        "ticked": request.POST.getlist("obligation") if sent is not None else None,
        "act": act,
        "tried": outcome,
        "sent": request.POST,
    }


def _done(request: HttpRequest, application: Application, act: str) -> Tried[object]:
    number, by, at = application.case.number, person(request), timezone.now()
    if act == "draw_up":
        prices = answers(fee_questions(application, localdate()), request.POST)
        chosen = request.POST.getlist("obligation")
        outcome: Tried[object] = tried(
            lambda: draw_up(number=number, prices=prices, obligations=chosen, by=by, at=at)
        )
        return _said(request, outcome, _("The contract is drawn up; the client has been told."))
    side = side_of(request, application)
    contract = in_force(application)
    if side is None or contract is None:
        raise Http404
    if act == "code":
        outcome = tried(
            lambda: issue(by, purpose=f"sign:{contract.number}", about=contract.number, at=at)
        )
        return _said(request, outcome, _("A one-time code is on its way to your mailbox."))
    if act == "sign":
        typed, code = request.POST.get("typed_name", ""), request.POST.get("code", "")
        outcome = tried(
            lambda: sign(number=number, side=side, typed_name=typed, code=code, by=by, at=at)
        )
        return _said(request, outcome, _("You have signed the contract."))
    raise Http404


def _said(request: HttpRequest, outcome: Tried[object], words: str) -> Tried[object]:
    if outcome.done:
        messages.success(request, words)
    return outcome


def in_force(application: Application) -> Contract | None:
    """Return the contract that is not superseded."""
    return application.contracts.filter(superseded_at__isnull=True).select_related("file").first()


def side_of(request: HttpRequest, application: Application) -> str | None:
    """Return for which side a person signs, if for any."""
    by = person(request)
    if by.has(Right.CONTRACT_SIGN_FOR_BODY):
        return Signature.Side.BODY
    if by.has(Right.APPLICATION_APPLY) and acts_for(by, application.case, localdate()):
        return Signature.Side.CLIENT
    return None
