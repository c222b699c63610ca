"""One's own standing: what one undertakes by signature, and what is recorded of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.personnel.forms import SignForm
from certbody.personnel.models import Undertaking
from certbody.personnel.transitions.undertakings import end_undertaking, sign_undertaking
from certbody.web.acts import UNPROCESSABLE, Tried, tried


@require_http_methods(["GET", "HEAD", "POST"])
def undertakings(request: HttpRequest) -> HttpResponse:
    """Show one's undertakings and qualifications; sign one, or say that it holds no more."""
    by, at, act = person(request), timezone.now(), request.POST.get("act")
    form = SignForm(request.POST if act == "sign" else None)
    outcome: Tried[Undertaking] = Tried()
    if form.is_bound and form.is_valid():
        outcome = tried(lambda: sign_undertaking(**form.cleaned_data, by=by, at=at))
        for field, errors in outcome.errors.items():
            form.add_error(field, list(errors))
    elif act == "end":
        chosen = request.POST.get("undertaking", "")
        if not chosen.isdecimal():
            raise Http404
        try:
            outcome = tried(lambda: end_undertaking(undertaking=int(chosen), by=by, at=at))
        except Undertaking.DoesNotExist as error:
            raise Http404 from error
    if outcome.result is not None:
        messages.success(request, _("Your declaration is recorded."))
        return redirect("undertakings")
    signed = list(by.undertakings.all())
    in_force = {one.kind for one in signed if one.ended_on is None}
    page = {
        "signed": signed,
        "unsigned": [one for one in Undertaking.Kind if one not in in_force],
        "may_end": Undertaking.Kind.ONE_BODY,
        "held": by.qualifications.all(),
        "form": form,
        "tried": outcome,
        "name": by.name,
        "today": localdate(at),
    }
    status = UNPROCESSABLE if form.errors else outcome.status
    return render(request, "personnel/undertakings.html", page, status=status)
