"""Signing the demonstration's contracts, with the codes that arrive by mail."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.application.models import Contract, Signature
from certbody.application.transitions.contract import sign
from certbody.demo.cast import organisations
from certbody.notices.codes import issue

_DAY = timedelta(days=1)
_BETWEEN = b"-" * 79  # what Django's file of mails has after each
_CODE = re.compile(r"\b\d{6}\b")


def sign_what_is_drawn_up() -> None:
    """Sign what the stories say is signed, unless it has been."""
    codes = [one.credit_code for one in organisations() if one.story == "contracted"]
    open_ones = Contract.objects.filter(
        superseded_at__isnull=True,
        application__case__client__credit_code__in=codes,
        application__case__state="accepted",
    )
    for contract in open_ones.order_by("drawn_up_at"):
        _signed_by_both(contract)


def _signed_by_both(contract: Contract) -> None:
    client = contract.application.case.client
    applicant = client.memberships.order_by("pk")[0].account
    head = Account.objects.filter(grants__role=Role.DECISION_MAKER).order_by("pk")[0]
    for days, (side, account) in enumerate(
        ((Signature.Side.CLIENT, applicant), (Signature.Side.BODY, head)), start=1
    ):
        if not contract.signatures.filter(side=side).exists():
            _signed(contract, side, account, contract.drawn_up_at + days * _DAY)


def _signed(contract: Contract, side: str, by: Account, at: datetime) -> None:
    before = _sizes()
    issue(by, purpose=f"sign:{contract.number}", about=contract.number, at=at)
    code = _code_since(before)
    number = contract.application.case.number
    sign(number=number, side=side, typed_name=by.name, code=code, by=by, at=at)


def _sizes() -> dict[Path, int]:
    return {path: path.stat().st_size for path in Path(settings.EMAIL_FILE_PATH).glob("*.log")}


def _code_since(before: dict[Path, int]) -> str:
    """Return the code of the mail that has come; a file may hold several, one after another."""
    for path, size in _sizes().items():
        come = path.read_bytes()[before.get(path, 0) : size].strip().removesuffix(_BETWEEN)
        body = message_from_bytes(come, policy=policy.default).get_body() if come else None
        if body is not None and (found := _CODE.search(body.get_content())):
            return found.group()
    raise LookupError(f"no mail with a code has come to {settings.EMAIL_FILE_PATH}")
