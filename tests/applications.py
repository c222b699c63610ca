"""Applications of the tests, brought as far as a test needs them, by the transitions themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.application import rulebook
from certbody.application.models import Application
from certbody.application.transitions.answer import answer
from certbody.application.transitions.attach import attach, leave_out
from certbody.application.transitions.begin import begin
from certbody.application.transitions.describe import describe
from certbody.application.transitions.determine import determine
from certbody.application.transitions.reply import accept
from certbody.application.transitions.review import Finding, review
from certbody.application.transitions.submit import submit
from certbody.clients.models import Client, Site
from tests.people import NOON, open_account, organisation_of

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# Answers to the rulebooks' own questions with which an ordinary company may apply.
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "ecpsc": {
        "legal_status": "true",
        "offering": "goods",
        "licences_complete": "true",
        "declaration_signed": "true",
        "system_documented": "true",
        "system_since": "2026-01-05",
        "licences_needed": "false",
        "outsourced": "false",
        "other_certificates": "false",
    },
    "ccai": {
        "organisation": ["manufacturer"],
        "activities": ["goods_after_sales"],
        "legal_status_evidenced": "true",
        "separate_provider": "false",
        "system_in_use": "true",
        "dishonesty_list": "false",
    },
}
CONFIRMED: Mapping[str, Mapping[str, Any]] = {"ecpsc": {}, "ccai": {"declaration_checked": "true"}}


@dataclass(slots=True)
class Play:
    """The people of one application, and its case."""

    scheme: str
    applicant: Account
    reviewer: Account
    head: Account
    client: Client
    number: str = ""

    @property
    def application(self) -> Application:
        """The application as it stands now."""
        return Application.objects.select_related("case__client").get(case__number=self.number)

    @property
    def state(self) -> str:
        """The state of the case now."""
        return str(self.application.case.state)


def play(scheme: str, *, sites: int = 1) -> Play:
    """Bring the people and an organisation with its sites together; nothing is applied for yet."""
    applicant = open_account("applicant", Role.CLIENT)
    client = organisation_of(applicant)
    for number in range(1, sites + 1):
        Site.objects.create(
            client=client,
            number=number,
            name=f"门店 {number}",
            address=f"杭州市文三路 {number} 号",
            service_content="家电维修",
            head_office=number == 1,
        )
    reviewer = open_account("reviewer", Role.APPLICATION_REVIEWER)
    head = open_account("head", Role.DECISION_MAKER)
    return Play(scheme, applicant, reviewer, head, client)


def begun(scheme: str, at: datetime = NOON, *, sites: int = 1) -> Play:
    """An application that has only been begun."""
    one = play(scheme, sites=sites)
    application = begin(
        client=one.client.pk, scheme=scheme, activity="initial", by=one.applicant, at=at
    )
    one.number = application.case.number
    return one


def filled(scheme: str, at: datetime = NOON, *, sites: int = 1) -> Play:
    """An application with all that is needed, not submitted."""
    one = begun(scheme, at, sites=sites)
    by, number = one.applicant, one.number
    elements = [item.id for item in rulebook.items(one.application, rulebook.SCOPE)]
    describe(
        number=number,
        scope_text="家用电器的配送、安装、维修",
        scope=dict.fromkeys(elements, "杭州市"),
        people=120,
        by=by,
        at=at,
    )
    answer(number=number, answers=ANSWERS[scheme], by=by, at=at)
    for item in rulebook.items(one.application, rulebook.DOCUMENTS):
        if item.may_be_left_out == "never" or (
            item.left_out_when is not None
            and sites > 1
            and "sites" in item.left_out_when.facts_named()
        ):
            attach(
                number=number,
                item=item.id,
                upload=BytesIO(PDF),
                name=f"{item.id}.pdf",
                by=by,
                at=at,
            )
        else:
            leave_out(number=number, item=item.id, reason="不适用", by=by, at=at)
    return one


def submitted(scheme: str, at: datetime = NOON, *, sites: int = 1) -> Play:
    """An application under review."""
    one = filled(scheme, at, sites=sites)
    submit(number=one.number, declared_by="王磊", by=one.applicant, at=at)
    return one


def reviewed(scheme: str, at: datetime = NOON, *, sites: int = 1) -> Play:
    """An application whose review is signed and whose audit time is determined."""
    one = submitted(scheme, at, sites=sites)
    questions = [item.id for item in rulebook.items(one.application, rulebook.QUESTIONS)]
    findings = {name: Finding(met=True, finding="资料充分") for name in questions}
    review(number=one.number, findings=findings, by=one.reviewer, at=at)
    determine(number=one.number, given={}, by=one.reviewer, at=at)
    return one


def accepted(scheme: str, at: datetime = NOON, *, sites: int = 1) -> Play:
    """An accepted application."""
    one = reviewed(scheme, at, sites=sites)
    accept(number=one.number, confirmed=CONFIRMED[scheme], by=one.reviewer, at=at)
    return one
