"""What the certification agreement carries. ISO/IEC 17065:2012, 4.1.2, 4.5.1, 4.6.

The content is fixed when the contract is drawn up: what both sides read and sign is the same
text, whose digest stands in the log. Words are in both languages.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from certbody.application import rulebook
from certbody.application.conditions import PLACES
from certbody.application.models import Application, Contract
from certbody.calendars import CHINA
from certbody.cases.editions import book_for
from certbody.cases.gates import Condition, as_words, judged
from certbody.cases.moving import refusals_to_act
from certbody.documents.body import body
from certbody.rules.facts import Input
from certbody.rules.numbers import in_figures, number_from
from certbody.rules.terms import Answer, Refusal, Words
from certbody.schemes.asking import Circumstances
from certbody.schemes.questions import answered
from certbody.words import plain

Content = dict[str, Any]

# What anybody may look up once a certificate is issued: the client is told beforehand (4.5.1).
PUBLIC = (
    Words("获证组织名称、统一社会信用代码和地址", "Name, credit code and address of the holder"),
    Words("认证范围、场所、依据和等级", "Scope, sites, basis and grade of the certification"),
    Words(
        "证书编号、日期和状态及其变化",
        "Number, dates and status of the certificate, with its changes",
    ),
)


def fees(application: Application, given: Mapping[str, object], on: date) -> Answer | None:
    """Work the agreed fees out: prices as entered, man-days as determined.

    None where the rulebook has no schedule of fees: the contract then states none.
    """
    found = rulebook.sum_for(application, rulebook.FEES)
    if found is None:
        return None
    name, section = found
    known = rulebook.known_for(application, section.inputs, on)
    facts = {**given, **known, **_man_days(application, section.inputs)}
    around = Circumstances(CHINA, on)
    return answered(book_for(application.case).rulebook, name, facts, around)


def fee_questions(application: Application, on: date) -> dict[str, Input]:
    """Return what has to be entered for the fees: prices, mostly."""
    found = rulebook.sum_for(application, rulebook.FEES)
    inputs = found[1].inputs if found else {}
    known = _man_days(application, inputs)
    asked = rulebook.asked_of(application, inputs, on)
    return {name: one for name, one in asked.items() if name not in known}


def _man_days(application: Application, inputs: Mapping[str, Input]) -> rulebook.Given:
    """Return the audit time to be charged: on site and, where it was given, document review."""
    last = application.determinations.first()
    if last is None or "man_days" not in inputs:
        return {}
    parts = last.answer_zh.get("parts", {})
    total = last.answer_zh["value"]
    review = parts.get("document_review")
    return {"man_days": total if review is None else added(total, review)}


def added(one: str, other: str) -> str:
    """Add two exact numbers written as text."""
    return in_figures(number_from(one) + number_from(other))


def content(application: Application, obligations: Sequence[str], answer: Answer | None) -> Content:
    """Return what the contract says."""
    case = application.case
    book = book_for(case)
    client = case.client
    days = application.determinations.first()
    sites = client.sites.filter(closed_on__isnull=True)
    return {
        "body": body(),
        "client": {
            "name": client.name,
            "credit_code": client.credit_code,
            "address": client.address,
            "legal_representative": client.legal_representative,
            "contact": client.contact,
            "phone": client.phone,
        },
        "case": case.number,
        "scheme": {"zh": book.listed.scheme.zh, "en": book.listed.scheme.en},
        "rulebook": {
            "zh": book.edition.info.zh,
            "en": book.edition.info.en,
            "edition": case.edition,
        },
        "basis": [
            {"name": name, "zh": one.zh, "en": one.en}
            for name, one in book.edition.info.documents.items()
            if one.basis
        ],
        "scope": application.scope_text,
        "scope_elements": [
            {"zh": item.zh, "en": item.en, "text": application.scope[item.id]}
            for item in rulebook.items(application, rulebook.SCOPE)
            if item.id in application.scope
        ],
        "people": application.people,
        "sites": [{"name": one.name, "address": one.address} for one in sites],
        "man_days": {"zh": days.answer_zh, "en": days.answer_en} if days else None,
        "fees": {"zh": plain(answer, "zh"), "en": plain(answer, "en")} if answer else None,
        "obligations": [
            {"id": item.id, "zh": item.zh, "en": item.en, "clause": str(item.clause)}
            for item in rulebook.items(application, rulebook.OBLIGATIONS)
            if item.id in obligations
        ],
        "public": [{"zh": one.zh, "en": one.en} for one in PUBLIC],
    }


def to_draw_up(application: Application, on: date) -> list[Condition]:
    """Return what must be true before a contract is drawn up."""
    return [
        Condition(as_words(one), one.clause, "case", one)
        for one in refusals_to_act(application.case, "sign_contract", on)
    ]


def to_sign(contract: Contract, sides: set[str], on: date) -> list[Condition]:
    """Return what must be true for these sides to have signed."""
    application = contract.application
    missing = _missing(contract)
    found = [*to_draw_up(application, on), *missing]
    section = rulebook.requirements(application, rulebook.SIGNING)
    if section is None:
        return found
    given = {
        "accepted": application.case.state == "accepted",
        "obligations_missing": len(missing),
        "signed_by_client": "client" in sides,
        "signed_by_body": "body" in sides,
    }
    return [*found, *judged(application.case, rulebook.SIGNING, given, on, PLACES)]


def _missing(contract: Contract) -> list[Condition]:
    """Return each obligation that the contract does not carry."""
    carried = {one["id"] for one in contract.content["obligations"]}
    return [
        Condition(
            item.words,
            item.clause,
            "contract",
            Refusal("obligation_missing", item.clause, {"what": item.words}),
        )
        for item in rulebook.items(contract.application, rulebook.OBLIGATIONS)
        if item.id not in carried
    ]
