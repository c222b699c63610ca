"""One-time codes: six digits to the person's mailbox, for one purpose, for ten minutes."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction

from certbody.accounts.models import Account
from certbody.notices.mail import mail_to
from certbody.notices.models import OneTimeCode
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_LASTS = timedelta(minutes=10)
_AGAIN_AFTER = timedelta(seconds=30)
_TRIES = 5
_DIGITS = 6


@transaction.atomic
def issue(by: Account, *, purpose: str, about: str, at: datetime) -> OneTimeCode:
    """Send a code; an earlier one for the same purpose ends. Refused within half a minute."""
    own = OneTimeCode.objects.filter(account=by, purpose=purpose, used_at__isnull=True)
    if own.filter(made_at__gt=at - _AGAIN_AFTER).exists():
        raise Refused([Refusal("code_just_sent", None, {"what": by.email})])
    own.delete()
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    made = OneTimeCode.objects.create(
        account=by, purpose=purpose, digest=make_password(code), made_at=at, ends_at=at + _LASTS
    )
    subject = f"一次性验证码 · One-time code · {about}"
    text = (
        f"{about} 的一次性验证码：{code}\n十分钟内有效，请勿告诉他人。\n\n"
        f"Your one-time code for {about}: {code}\nIt holds for ten minutes. Tell nobody.\n"
    )
    transaction.on_commit(lambda: mail_to(by, subject, text), robust=True)
    return made


def check(by: Account, *, purpose: str, code: str, at: datetime) -> None:
    """Use a code up; raise ``BadInput`` at ``code`` for one that does not hold.

    Tries are counted in the cache: the act that a wrong code stops is rolled back, and the count
    must not go with it.
    """
    made = OneTimeCode.objects.filter(account=by, purpose=purpose, used_at__isnull=True).first()
    if made is None or at >= made.ends_at:
        raise BadInput([Problem("code", "code_lapsed", {})])
    key = f"one-time-code:{made.pk}"
    cache.add(key, 0, timeout=int(_LASTS.total_seconds()))
    tries = cache.incr(key)
    if tries > _TRIES:
        raise BadInput([Problem("code", "code_lapsed", {})])
    if not check_password(code.strip(), made.digest):
        raise BadInput([Problem("code", "code_wrong", {"left": _TRIES - tries})])
    OneTimeCode.objects.filter(pk=made.pk).update(used_at=at)
