"""Mail: a short word that something waits in the portal; what it is stands only there."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.clients.selectors import members_of
from certbody.notices.models import Notice

_log = logging.getLogger(__name__)


def tell_members(notice: int) -> None:
    """Tell everybody who acts for the client that a letter waits."""
    found = Notice.objects.select_related("case__client").get(pk=notice)
    day = localdate(found.sent_at)
    subject = f"{found.subject['zh']} · {found.subject['en']} · {found.number}"
    text = (
        f"{found.case.client.name}：\n\n"
        f"案卷 {found.case.number} 有一封新的通知：{found.subject['zh']}（{found.number}）。"
        "请登录系统阅读。\n\n"
        f"In case {found.case.number} a letter waits for you: {found.subject['en']} "
        f"({found.number}). Please sign in to read it.\n"
    )
    for account in members_of(found.case.client, day):
        mail_to(account, subject, text)


def mail_to(account: Account, subject: str, text: str) -> None:
    """Send one mail to one person; a server that does not take it is logged, not raised.

    The letter waits in the portal whether or not the mail arrives, and others have theirs to get.
    """
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [account.email])
    except OSError:  # smtplib's errors are of this kind as well
        _log.exception("mail to account %s was not taken", account.pk)
