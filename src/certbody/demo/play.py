"""What happens to one invented client, act by act: each act is a transition at a moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from certbody.accounts.models import Account
from certbody.accounts.transitions.open import sign_up
from certbody.application import rulebook
from certbody.application.models import Application
from certbody.application.transitions.answer import answer
from certbody.application.transitions.attach import attach, leave_out
from certbody.application.transitions.begin import begin
from certbody.application.transitions.contract import draw_up
from certbody.application.transitions.describe import describe
from certbody.application.transitions.determine import determine
from certbody.application.transitions.reply import accept, decline, defer
from certbody.application.transitions.review import Finding, review
from certbody.application.transitions.submit import submit
from certbody.application.transitions.supplement import (
    Wanted,
    answer_supplement,
    ask_supplement,
    settle_supplement,
)
from certbody.application.transitions.withdraw import withdraw
from certbody.clients.models import Client
from certbody.clients.transitions.lists import set_licences, set_sites
from certbody.clients.transitions.register import Particulars, register
from certbody.demo.cast import Organisation, answers
from certbody.demo.paper import paper
from certbody.demo.secrets import password
from certbody.rules.checklists import Item


@dataclass(slots=True)
class Play:
    """One client with one application, as far as it has come."""

    organisation: Organisation
    scheme: str
    reviewer: Account
    registered: dict[str, Client] = field(default_factory=dict)
    number: str = ""

    @property
    def applicant(self) -> Account:
        """The person who applies, with the roles of now."""
        return Account.objects.get(login=self.organisation.login)

    @property
    def application(self) -> Application:
        """The application as it stands now."""
        return Application.objects.select_related("case__client").get(case__number=self.number)

    @property
    def given(self) -> Mapping[str, Mapping[str, object]]:
        """What is answered under the rulebook of this application."""
        return answers()[self.scheme]


Act = Callable[[Play, datetime], object]


def signs_up(play: Play, at: datetime) -> None:
    """The person opens an account."""
    one = play.organisation
    sign_up(
        login=one.login, name=one.applicant, email=one.email, password=password(one.login), at=at
    )


def registers(play: Play, at: datetime) -> None:
    """The person registers the organisation."""
    one, place = play.organisation, play.organisation.place
    particulars = Particulars(
        credit_code=one.credit_code,
        name=one.name,
        address=one.sites[0].address,
        region=place.code,
        legal_representative=one.representative,
        contact=one.applicant,
        phone=one.phone,
        email=one.email,
        people=one.people,
        postcode=place.post,
        industry=one.trade.industry,
    )
    play.registered["client"] = register(particulars=particulars, by=play.applicant, at=at)


def lists_sites(play: Play, at: datetime) -> None:
    """The person lists the places, and the business licence."""
    client, by = play.registered["client"].pk, play.applicant
    rows = [
        {
            "name": one.name,
            "address": one.address,
            "service_content": play.organisation.trade.service,
            "kind": one.kind,
            "head_office": "true" if place == 0 else "false",
            "people": str(one.people),
            "opening_hours": "周一至周日 9:00-18:00",
        }
        for place, one in enumerate(play.organisation.sites)
    ]
    set_sites(client=client, rows=rows, by=by, at=at)
    licence = {"name": "营业执照", "number": play.organisation.credit_code, "no_end": "true"}
    set_licences(client=client, rows=[licence], by=by, at=at)


def begins(play: Play, at: datetime) -> None:
    """The person begins an application."""
    client = play.registered["client"].pk
    made = begin(client=client, scheme=play.scheme, activity="initial", by=play.applicant, at=at)
    play.number = made.case.number


def describes(play: Play, at: datetime) -> None:
    """The person describes the scope."""
    one = play.organisation
    elements = rulebook.items(play.application, rulebook.SCOPE)
    describe(
        number=play.number,
        scope_text=one.trade.scope,
        scope={item.id: f"{one.trade.service}（{one.place.zh}）" for item in elements},
        people=one.people,
        by=play.applicant,
        at=at,
    )


def answers_questions(play: Play, at: datetime) -> None:
    """The person answers what the rulebook asks of the organisation."""
    answer(number=play.number, answers=play.given["applying"], by=play.applicant, at=at)


def hands_in_half(play: Play, at: datetime) -> None:
    """The person hands in the first documents and stops."""
    items = rulebook.items(play.application, rulebook.DOCUMENTS)
    for item in items[: len(items) // 2]:
        _hands_in(play, item, at)


def hands_in_all(play: Play, at: datetime) -> None:
    """The person hands in every document, or says why one does not apply."""
    for item in rulebook.items(play.application, rulebook.DOCUMENTS):
        _hands_in(play, item, at)


def submits(play: Play, at: datetime) -> None:
    """The person submits, or hands in again what was asked for."""
    submit(
        number=play.number, declared_by=play.organisation.representative, by=play.applicant, at=at
    )


def asks_for_more(play: Play, at: datetime) -> None:
    """The reviewer asks for a better document and for an explanation."""
    first = rulebook.items(play.application, rulebook.DOCUMENTS)[0]
    wanted = [
        Wanted("请补充加盖公章的清晰扫描件，原件右下角无法辨认。", first.id),
        Wanted("请说明各场所售后服务人员的构成，以及与申请书中人数的差异。"),
    ]
    ask_supplement(number=play.number, wanted=wanted, by=play.reviewer, at=at)


def answers_what_was_asked(play: Play, at: datetime) -> None:
    """The person answers each thing that was asked for."""
    for thread in play.application.supplements.all():
        answer_supplement(
            number=play.number,
            supplement=thread.pk,
            text="已按要求补充，请审阅。",
            by=play.applicant,
            at=at,
        )


def settles(play: Play, at: datetime) -> None:
    """The reviewer settles what was asked for."""
    for thread in play.application.supplements.all():
        settle_supplement(number=play.number, supplement=thread.pk, by=play.reviewer, at=at)


def reviews(play: Play, at: datetime) -> None:
    """The reviewer signs the review and determines the audit time."""
    questions = rulebook.items(play.application, rulebook.QUESTIONS)
    findings = {item.id: Finding(met=True, finding="资料齐全，符合要求。") for item in questions}
    review(number=play.number, findings=findings, by=play.reviewer, at=at)
    determine(number=play.number, given={}, by=play.reviewer, at=at)


def accepts(play: Play, at: datetime) -> None:
    """The reviewer accepts the application."""
    accept(number=play.number, confirmed=play.given["confirmed"], by=play.reviewer, at=at)


def defers(play: Play, at: datetime) -> None:
    """The reviewer defers the application."""
    reason = "申请的加盟店正在变更经营主体，待变更登记完成后继续受理。"
    defer(number=play.number, reason=reason, by=play.reviewer, at=at)


def declines(play: Play, at: datetime) -> None:
    """The reviewer declines the application."""
    reason = "申请范围内的服务由境外关联公司提供，不在本机构的业务范围内。"
    decline(number=play.number, reason=reason, by=play.reviewer, at=at)


def withdraws(play: Play, at: datetime) -> None:
    """The person withdraws the application."""
    reason = "公司正在重组，暂缓认证。"
    withdraw(number=play.number, reason=reason, by=play.applicant, at=at)


def draws_up(play: Play, at: datetime) -> None:
    """The reviewer draws the contract up."""
    obligations = [item.id for item in rulebook.items(play.application, rulebook.OBLIGATIONS)]
    prices = play.given["prices"]
    draw_up(number=play.number, prices=prices, obligations=obligations, by=play.reviewer, at=at)


def _hands_in(play: Play, item: Item, at: datetime) -> None:
    number, by = play.number, play.applicant
    sites = len(play.organisation.sites)
    depends = item.left_out_when.facts_named() if item.left_out_when is not None else ()
    if item.may_be_left_out == "never" or (sites > 1 and "sites" in depends):
        upload = BytesIO(paper(item.id))
        attach(number=number, item=item.id, upload=upload, name=f"{item.zh}.pdf", by=by, at=at)
    else:
        leave_out(number=number, item=item.id, reason="本组织不涉及", by=by, at=at)
