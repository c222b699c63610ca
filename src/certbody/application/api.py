"""Applications, their review and the contract for programs: the other door of every transition."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import File, Form, Router, UploadedFile

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.application import schemas as told
from certbody.application.conditions import to_accept, to_submit
from certbody.application.models import Application, Contract
from certbody.application.transitions.answer import answer
from certbody.application.transitions.attach import attach, leave_out, take_back
from certbody.application.transitions.begin import begin
from certbody.application.transitions.contract import draw_up, sign
from certbody.application.transitions.describe import describe
from certbody.application.transitions.determine import determine
from certbody.application.transitions.reply import accept, decline, defer, resume
from certbody.application.transitions.review import Finding, review
from certbody.application.transitions.submit import submit
from certbody.application.transitions.supplement import (
    Wanted,
    answer_supplement,
    ask_supplement,
    settle_supplement,
)
from certbody.application.transitions.withdraw import withdraw
from certbody.cases.gates import Condition
from certbody.cases.selectors import visible_to
from certbody.notices.codes import issue

Answered = dict[str, Any]

reads, writes = TokenAuth("applications:read"), TokenAuth("applications:write")
reads_contracts, writes_contracts = TokenAuth("contracts:read"), TokenAuth("contracts:write")
router = Router(tags=["applications"], auth=reads)
ONE = {200: told.ApplicationOut, PROBLEMS: ProblemDocument}
NEW = {201: told.ApplicationOut, PROBLEMS: ProblemDocument}
_CASE = "/cases/{number}"


@router.post("/applications", auth=writes, response=NEW, summary="Begin an application")
@once(201)
def begin_one(request: HttpRequest, payload: told.BeginIn) -> Answered:
    """Begin a draft for an organisation that the account acts for."""
    made = begin(
        client=payload.organisation,
        scheme=payload.scheme,
        activity=payload.activity,
        by=caller(request),
        at=timezone.now(),
    )
    return told.application_told(made)


@router.get(f"{_CASE}/application", response=ONE, summary="The application of a case")
def one_application(request: HttpRequest, number: str) -> Answered:
    """Return an application as it stands."""
    return told.application_told(_application(request, number))


@router.get(
    f"{_CASE}/gates/submit",
    response={200: told.GateOut, PROBLEMS: ProblemDocument},
    summary="What is missing before it is submitted",
)
def gate_of_submission(request: HttpRequest, number: str) -> Answered:
    """Return every condition of the submission, met or not."""
    return _gate(to_submit(_application(request, number), localdate()))


@router.get(
    f"{_CASE}/gates/accept",
    response={200: told.GateOut, PROBLEMS: ProblemDocument},
    summary="What is missing before it is accepted",
)
def gate_of_acceptance(request: HttpRequest, number: str) -> Answered:
    """Return every condition of the acceptance, met or not; nothing confirmed in person."""
    return _gate(to_accept(_application(request, number), {}, localdate()))


@router.put(f"{_CASE}/scope", auth=writes, response=ONE, summary="Describe the scope")
@once()
def describe_one(request: HttpRequest, number: str, payload: told.ScopeIn) -> Answered:
    """Say what is to be certified."""
    by, at = caller(request), timezone.now()
    return told.application_told(describe(number=number, **payload.dict(), by=by, at=at))


@router.put(
    f"{_CASE}/answers", auth=writes, response=ONE, summary="Answer the rulebook's questions"
)
@once()
def answer_one(request: HttpRequest, number: str, payload: told.AnswersIn) -> Answered:
    """Answer the questions on eligibility."""
    by, at = caller(request), timezone.now()
    return told.application_told(answer(number=number, **payload.dict(), by=by, at=at))


@router.post(
    f"{_CASE}/documents",
    auth=writes,
    response={201: told.DocumentOut, PROBLEMS: ProblemDocument},
    summary="Hand in a document",
)
@once(201)
def attach_one(
    request: HttpRequest, number: str, item: Form[str], file: File[UploadedFile]
) -> Answered:
    """Hand in a file for an item of the rulebook's list."""
    by, at = caller(request), timezone.now()
    made = attach(number=number, item=item, upload=file, name=file.name or "", by=by, at=at)
    return {"id": made.pk, "item": made.item, "file": made.file_id, "name": made.file.name}


@router.post(
    f"{_CASE}/documents/{{document}}/take-back",
    auth=writes,
    response=ONE,
    summary="Take a document back",
)
@once()
def take_back_one(request: HttpRequest, number: str, document: int) -> Answered:
    """Take a document back; its file stays in the record."""
    take_back(number=number, document=document, by=caller(request), at=timezone.now())
    return told.application_told(_application(request, number))


@router.put(
    f"{_CASE}/left-out/{{item}}",
    auth=writes,
    response=ONE,
    summary="Say why an item does not apply",
)
@once()
def leave_out_one(
    request: HttpRequest, number: str, item: str, payload: told.LeftOutIn
) -> Answered:
    """Give the reason that takes the place of a document."""
    leave_out(
        number=number, item=item, reason=payload.reason, by=caller(request), at=timezone.now()
    )
    return told.application_told(_application(request, number))


@router.post(f"{_CASE}/submit", auth=writes, response=ONE, summary="Submit, or hand in again")
@once()
def submit_one(request: HttpRequest, number: str, payload: told.SubmitIn) -> Answered:
    """Submit the application."""
    by, at = caller(request), timezone.now()
    return told.application_told(
        submit(number=number, declared_by=payload.declared_by, by=by, at=at)
    )


@router.post(f"{_CASE}/withdraw", auth=writes, response=ONE, summary="Withdraw the application")
@once()
def withdraw_one(request: HttpRequest, number: str, payload: told.ReasonIn) -> Answered:
    """Withdraw before the decision."""
    by, at = caller(request), timezone.now()
    return told.application_told(withdraw(number=number, reason=payload.reason, by=by, at=at))


THREADS = {200: told.ThreadsOut, PROBLEMS: ProblemDocument}


@router.get(f"{_CASE}/supplements", response=THREADS, summary="What the client was asked for")
def list_supplements(request: HttpRequest, number: str) -> Answered:
    """Return every thread."""
    return told.threads_told(_application(request, number))


@router.post(
    f"{_CASE}/supplements", auth=writes, response=THREADS, summary="Ask the client for more"
)
@once()
def ask_one(request: HttpRequest, number: str, payload: told.SupplementIn) -> Answered:
    """Ask for more, in writing."""
    wanted = [Wanted(one.text, one.item) for one in payload.wanted]
    ask_supplement(number=number, wanted=wanted, by=caller(request), at=timezone.now())
    return told.threads_told(_application(request, number))


@router.post(
    f"{_CASE}/supplements/{{supplement}}/answer",
    auth=writes,
    response=THREADS,
    summary="Answer what was asked",
)
@once()
def answer_supplement_one(
    request: HttpRequest, number: str, supplement: int, payload: told.ReasonIn
) -> Answered:
    """Answer in words."""
    by, at = caller(request), timezone.now()
    answer_supplement(number=number, supplement=supplement, text=payload.reason, by=by, at=at)
    return told.threads_told(_application(request, number))


@router.post(
    f"{_CASE}/supplements/{{supplement}}/settle",
    auth=writes,
    response=THREADS,
    summary="Settle what was asked",
)
@once()
def settle_one(request: HttpRequest, number: str, supplement: int) -> Answered:
    """Say that it is settled."""
    settle_supplement(number=number, supplement=supplement, by=caller(request), at=timezone.now())
    return told.threads_told(_application(request, number))


@router.post(
    f"{_CASE}/review",
    auth=writes,
    response={201: told.ReviewOut, PROBLEMS: ProblemDocument},
    summary="Sign a review",
)
@once(201)
def review_one(request: HttpRequest, number: str, payload: told.ReviewIn) -> Answered:
    """Sign a review; a later one supersedes it."""
    findings = {name: Finding(**one.dict()) for name, one in payload.findings.items()}
    signed = review(number=number, findings=findings, by=caller(request), at=timezone.now())
    at = signed.signed_at.isoformat()
    return {"number": signed.number, "reviewer": signed.reviewer_name, "signed_at": at}


@router.post(
    f"{_CASE}/audit-time",
    auth=writes,
    response={201: told.TimeOut, PROBLEMS: ProblemDocument},
    summary="Determine the audit time",
)
@once(201)
def determine_one(request: HttpRequest, number: str, payload: told.AnswersIn) -> Answered:
    """Work the audit time out and keep it with its steps."""
    made = determine(number=number, given=payload.answers, by=caller(request), at=timezone.now())
    return told.time_told(made, language_of(request))


@router.post(f"{_CASE}/accept", auth=writes, response=ONE, summary="Accept the application")
@once()
def accept_one(request: HttpRequest, number: str, payload: told.AnswersIn) -> Answered:
    """Accept; ``answers`` confirm what the rulebook asks of the reviewer in person."""
    by, at = caller(request), timezone.now()
    return told.application_told(accept(number=number, confirmed=payload.answers, by=by, at=at))


@router.post(f"{_CASE}/defer", auth=writes, response=ONE, summary="Defer the application")
@once()
def defer_one(request: HttpRequest, number: str, payload: told.ReasonIn) -> Answered:
    """Defer with the reason."""
    by, at = caller(request), timezone.now()
    return told.application_told(defer(number=number, reason=payload.reason, by=by, at=at))


@router.post(f"{_CASE}/decline", auth=writes, response=ONE, summary="Decline the application")
@once()
def decline_one(request: HttpRequest, number: str, payload: told.ReasonIn) -> Answered:
    """Decline with the reason."""
    by, at = caller(request), timezone.now()
    return told.application_told(decline(number=number, reason=payload.reason, by=by, at=at))


@router.post(
    f"{_CASE}/resume", auth=writes, response=ONE, summary="Take a deferred application up again"
)
@once()
def resume_one(request: HttpRequest, number: str) -> Answered:
    """Take it up again."""
    return told.application_told(resume(number=number, by=caller(request), at=timezone.now()))


CONTRACT = {200: told.ContractOut, PROBLEMS: ProblemDocument}


@router.get(
    f"{_CASE}/contract", auth=reads_contracts, response=CONTRACT, summary="The contract in force"
)
def one_contract(request: HttpRequest, number: str) -> Answered:
    """Return the contract that is not superseded."""
    return told.contract_told(_contract(request, number))


@router.post(
    f"{_CASE}/contract",
    auth=writes_contracts,
    response={201: told.ContractOut, PROBLEMS: ProblemDocument},
    summary="Draw the contract up",
)
@once(201)
def draw_up_one(request: HttpRequest, number: str, payload: told.PricesIn) -> Answered:
    """Draw a contract up; it supersedes an unsigned one."""
    made = draw_up(number=number, **payload.dict(), by=caller(request), at=timezone.now())
    return told.contract_told(made)


@router.post(
    f"{_CASE}/contract/code",
    auth=writes_contracts,
    response={200: dict[str, str], PROBLEMS: ProblemDocument},
    summary="Have a one-time code sent to sign with",
)
@once()
def send_code(request: HttpRequest, number: str) -> Answered:
    """Send a one-time code to the person whom the token acts for."""
    contract, by = _contract(request, number), caller(request)
    issue(by, purpose=f"sign:{contract.number}", about=contract.number, at=timezone.now())
    return {"sent_to": by.email}


@router.post(
    f"{_CASE}/contract/sign", auth=writes_contracts, response=CONTRACT, summary="Sign the contract"
)
@once()
def sign_one(request: HttpRequest, number: str, payload: told.SignIn) -> Answered:
    """Sign for one side; the second signature concludes the contract."""
    sign(number=number, **payload.dict(), by=caller(request), at=timezone.now())
    return told.contract_told(_contract(request, number))


def _application(request: HttpRequest, number: str) -> Application:
    cases = visible_to(caller(request), localdate()).select_related("client", "application")
    case = cases.get(number=number)
    application: Application = case.application
    application.case = case
    return application


def _contract(request: HttpRequest, number: str) -> Contract:
    contracts = _application(request, number).contracts.filter(superseded_at__isnull=True)
    return contracts.get()


def _gate(conditions: list[Condition]) -> Answered:
    return {
        "conditions": [
            {
                "zh": one.what.zh,
                "en": one.what.en,
                "clause": str(one.clause) if one.clause else None,
                "met": one.met,
                "code": one.refusal.code if one.refusal else None,
            }
            for one in conditions
        ]
    }
