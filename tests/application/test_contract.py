"""The contract: drawn up with fees and obligations, signed by both sides, never by one alone."""

import re
from functools import partial

import pytest
from django.core import mail

from certbody.application.transitions.contract import draw_up, sign
from certbody.notices.codes import issue
from certbody.records.models import Event
from certbody.rules.terms import BadInput, Refused
from tests.applications import accepted, reviewed
from tests.people import NOON

pytestmark = pytest.mark.django_db
PRICES = {
    "ecpsc": {"day_rate": "3000", "application_fee": "1000", "certificate_fee": "2000"},
    "ccai": {"man_day_rate": "3000", "application_fee": "1000", "certificate_fee": "2000"},
}
SCHEMES = ["ecpsc", "ccai"]


def drawn_up(play, *, without=()):
    from certbody.application import rulebook  # noqa: PLC0415  after Django is set up

    items = rulebook.items(play.application, rulebook.OBLIGATIONS)
    obligations = [item.id for item in items if item.id not in without]
    prices = PRICES[play.scheme]
    return draw_up(
        number=play.number, prices=prices, obligations=obligations, by=play.reviewer, at=NOON
    )


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Mail goes out when the transaction is over."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def signed(play, contract, by, side, sent):
    with sent():
        issue(by, purpose=f"sign:{contract.number}", about=contract.number, at=NOON)
    (code,) = set(re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body)))
    return sign(number=play.number, side=side, typed_name=by.name, code=code, by=by, at=NOON)


@pytest.mark.requirement("E-6.4.2", "C-5.4")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_sides_sign_and_the_case_is_contracted(scheme, sent):
    play = accepted(scheme)
    contract = drawn_up(play)
    signed(play, contract, play.applicant, "client", sent)
    assert play.state == "accepted"
    signed(play, contract, play.head, "body", sent)

    assert play.state == "contracted"
    whats = list(
        Event.objects.filter(stream=play.application.case.stream).values_list("what", flat=True)
    )
    assert whats.count("contract.signed") == 2
    assert whats.count("contract.concluded") == 1


@pytest.mark.requirement("E-6.4.2")
def test_the_fees_are_those_of_the_rulebook_for_the_time_determined():
    play = accepted("ecpsc")

    contract = drawn_up(play)

    assert contract.content["fees"]["zh"]["value"] == "12000"
    assert contract.content["man_days"]["zh"]["value"] == "3"


@pytest.mark.requirement("P-G1")
def test_a_missing_obligation_blocks_signing_with_its_clause():
    play = accepted("ccai")
    contract = drawn_up(play, without=["complaints_record"])

    with pytest.raises(Refused) as refused:
        sign(
            number=play.number,
            side="client",
            typed_name=play.applicant.name,
            code="000000",
            by=play.applicant,
            at=NOON,
        )

    assert "obligation_missing" in [one.code for one in refused.value.refusals]
    assert not contract.signatures.exists()


def test_a_wrong_code_or_another_name_signs_nothing():
    play = accepted("ecpsc")
    contract = drawn_up(play)
    issue(play.applicant, purpose=f"sign:{contract.number}", about=contract.number, at=NOON)
    attempt = partial(sign, number=play.number, side="client", by=play.applicant, at=NOON)

    with pytest.raises(BadInput):
        attempt(typed_name=play.applicant.name, code="12345")
    with pytest.raises(BadInput):
        attempt(typed_name="别人", code="123456")

    assert not contract.signatures.exists()


def test_the_client_cannot_sign_for_the_body():
    play = accepted("ecpsc")
    drawn_up(play)

    with pytest.raises(Refused) as refused:
        sign(
            number=play.number,
            side="body",
            typed_name=play.applicant.name,
            code="1",
            by=play.applicant,
            at=NOON,
        )

    assert [one.code for one in refused.value.refusals] == ["right_missing"]


def test_before_acceptance_there_is_no_contract():
    play = reviewed("ecpsc")

    with pytest.raises(Refused) as refused:
        drawn_up(play)

    assert "status_does_not_allow" in [one.code for one in refused.value.refusals]


def test_a_contract_drawn_up_again_supersedes_the_unsigned_one():
    play = accepted("ecpsc")
    first = drawn_up(play)
    second = drawn_up(play)

    first.refresh_from_db()
    assert first.superseded_at is not None
    assert (second.version, second.superseded_at) == (2, None)
