"""Draw the certification agreement up, and sign it by both sides. ISO/IEC 17065:2012, 4.1.2."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.contracting import content, fees, to_draw_up, to_sign
from certbody.application.editing import opened
from certbody.application.models import Application, Contract, Signature
from certbody.application.papers import contract_paper
from certbody.cases.gates import unmet
from certbody.cases.moving import move
from certbody.cases.numbers import next_number
from certbody.files.storing import store
from certbody.notices.codes import check
from certbody.notices.sending import send
from certbody.records.digests import canonical, digest
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_RIGHTS = {
    Signature.Side.CLIENT: Right.APPLICATION_APPLY,
    Signature.Side.BODY: Right.CONTRACT_SIGN_FOR_BODY,
}


@transaction.atomic
def draw_up(
    *,
    number: str,
    prices: Mapping[str, object],
    obligations: Sequence[str],
    by: Account,
    at: datetime,
) -> Contract:
    """Draw a contract up; one that nobody has signed yet is superseded by it."""
    application = opened(number, by, at, Right.CONTRACT_DRAW_UP)
    day = localdate(at)
    _refuse_unknown(application, obligations)
    refusals = unmet(to_draw_up(application, day))
    earlier = application.contracts.filter(superseded_at__isnull=True).first()
    if earlier is not None and earlier.signatures.exists():
        refusals.append(Refusal("contract_signed_already", None, {"number": earlier.number}))
    if refusals:
        raise Refused(refusals)
    answer = fees(application, prices, day)
    text = content(application, obligations, answer)
    return _kept(application, text, earlier, by, at)


@transaction.atomic
def sign(
    *, number: str, side: str, typed_name: str, code: str, by: Account, at: datetime
) -> Signature:
    """Sign the contract in force for one side; the second signature concludes it.

    ``code`` is the one-time code sent to the person who signs. Raises ``BadInput`` for a name
    that is not the person's own or a code that does not hold.
    """
    which = _side(side)
    application = opened(number, by, at, _RIGHTS[which])
    contract = application.contracts.filter(superseded_at__isnull=True).first()
    if contract is None:
        raise Refused([Refusal("no_contract_yet", None, {"number": number})])
    contract.application = application
    _refuse_other_name(typed_name, by)
    signed = set(contract.signatures.values_list("side", flat=True))
    refusals = _against(contract, which, signed, at)
    if refusals:
        raise Refused(refusals)
    check(by, purpose=f"sign:{contract.number}", code=code, at=at)
    signature = Signature.objects.create(
        contract=contract, side=which, account=by, typed_name=typed_name.strip(), at=at
    )
    record(
        "contract.signed",
        stream=application.case.stream,
        by=by,
        at=at,
        number=contract.number,
        side={"zh": _SIDES[which][0], "en": _SIDES[which][1]},
        digest=contract.digest,
        typed_name=signature.typed_name,
    )
    if {*signed, which} == set(Signature.Side.values):
        move(
            application.case,
            "sign_contract",
            by=by,
            at=at,
            what="contract.concluded",
            number=contract.number,
        )
    return signature


def _kept(
    application: Application,
    text: dict[str, object],
    earlier: Contract | None,
    by: Account,
    at: datetime,
) -> Contract:
    case = application.case
    if earlier is not None:
        earlier.superseded_at = at
        earlier.save(update_fields=["superseded_at"])
    version = (application.contracts.aggregate(last=Max("version"))["last"] or 0) + 1
    series = f"contract:{localdate(at):%Y}"
    number = f"HT-{localdate(at):%Y}-{next_number(series):04}"
    paper = contract_paper(number, text, at)
    file = store(paper, name=f"{number}.pdf", client=case.client, case=case, by=by, at=at)
    contract = Contract.objects.create(
        application=application,
        number=number,
        version=version,
        content=text,
        digest=digest(canonical(text)),
        file=file,
        drawn_up_by=by,
        drawn_up_at=at,
    )
    record(
        "contract.drawn_up",
        stream=case.stream,
        by=by,
        at=at,
        number=number,
        digest=contract.digest,
        sha256=file.sha256,
    )
    send("contract_ready", case=case, by=by, at=at, facts={"number": number})
    return contract


def _against(contract: Contract, side: str, signed: set[str], at: datetime) -> list[Refusal]:
    """Return what stands against this signature: the other side's may still be missing."""
    refusals = []
    if side in signed:
        refusals.append(Refusal("signed_already", None, {"number": contract.number}))
    both = set(Signature.Side.values)
    return refusals + unmet(to_sign(contract, both, localdate(at)))


def _side(side: str) -> Signature.Side:
    if side not in Signature.Side.values:
        facts = {"name": "side", "value": side, "allowed": list(Signature.Side.values)}
        raise BadInput([Problem("side", "not_a_choice", facts)])
    return Signature.Side(side)


def _refuse_other_name(typed_name: str, by: Account) -> None:
    if typed_name.strip() != by.name:
        raise BadInput([Problem("typed_name", "name_differs", {"what": by.name})])


def _refuse_unknown(application: Application, obligations: Sequence[str]) -> None:
    known = [item.id for item in rulebook.items(application, rulebook.OBLIGATIONS)]
    unknown = [name for name in obligations if name not in known]
    if unknown:
        facts = {"name": "obligations", "value": ", ".join(unknown), "allowed": known}
        raise BadInput([Problem("obligations", "not_a_choice", facts)])


_SIDES = {
    Signature.Side.CLIENT: ("委托人", "the client"),
    Signature.Side.BODY: ("认证机构", "the certification body"),
}
