"""One's own interests: declare one, declare that it has ended."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.personnel.forms import DeclareForm, EndForm
from certbody.personnel.models import Interest
from certbody.personnel.transitions.interests import declare_interest, end_interest
from certbody.web.acts import UNPROCESSABLE, Tried, tried


@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: HttpRequest) -> HttpResponse:
    """Show one's interests; add to them, or end one."""
    by, at = person(request), timezone.now()
    ending = request.POST.get("act") == "end"
    form = DeclareForm(request.POST if request.method == "POST" and not ending else None)
    end = EndForm(request.POST if ending else None)
    outcome: Tried[Interest] = Tried()
    if ending and end.is_valid():
        try:
            outcome = tried(lambda: end_interest(**end.cleaned_data, by=by, at=at))
        except Interest.DoesNotExist as error:
            raise Http404 from error
    elif form.is_valid():
        outcome = tried(lambda: declare_interest(**form.cleaned_data, by=by, at=at))
        for field, errors in outcome.errors.items():
            form.add_error(field, list(errors))
    if outcome.result is not None:
        messages.success(request, _("Your declaration is recorded."))
        return redirect("interests")
    page = {
        "interests": by.interests.select_related("client").order_by("-since"),
        "form": form,
        "end": end,
        "tried": outcome,
    }
    status = UNPROCESSABLE if form.errors or end.errors else outcome.status
    return render(request, "personnel/interests.html", page, status=status)
