"""Reading a letter; and, in a demonstration, one's own mail."""

import email
import email.policy
from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.notices.models import Notice
from certbody.notices.selectors import notices_visible_to
from certbody.notices.transitions.open import open_notice

_MAILS_SHOWN = 20
_RULE = b"-" * 79 + b"\n"  # what Django writes behind each mail of a file


@require_safe
def notice_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a letter; the client's first look at it is its delivery."""
    by = person(request)
    try:
        found = _read(by, number, looked=request.method == "GET")
    except Notice.DoesNotExist as error:
        raise Http404 from error
    office = by.has(Right.OFFICE_ENTER)
    base = "web/office.html" if office else "web/portal.html"
    page = {"notice": found, "case": found.case, "office": office, "base": base}
    return render(request, "notices/notice.html", page)


def _read(by: Account, number: str, *, looked: bool) -> Notice:
    """Return a letter; who asks for the head of its page only has not seen it."""
    now = timezone.now()
    if looked:
        return open_notice(number=number, by=by, at=now)
    return notices_visible_to(by, localdate(now)).get(number=number)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as the demonstration shows it."""

    subject: str
    day: str
    text: str


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show a person's own mail where there is no mail server: in a demonstration only."""
    if not settings.DEMO or not isinstance(request.user, Account):
        raise Http404
    home = Path(settings.EMAIL_FILE_PATH)
    files = sorted(home.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    mails = [mail for path in files for mail in _mails(path, request.user.email)]
    return render(request, "notices/mail.html", {"mails": mails[:_MAILS_SHOWN]})


def _mails(path: Path, address: str) -> list[Mail]:
    """Return the mails of one file that went to an address, the newest first."""
    found = []
    for raw in path.read_bytes().split(_RULE):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        to = {one.lower() for _name, one in getaddresses([str(message.get("To", ""))])}
        body = message.get_body(("plain",))
        if body is not None and address.lower() in to:
            content = str(body.get_content())
            found.append(Mail(str(message["Subject"]), str(message["Date"]), content))
    return found[::-1]
