"""Registering an organisation and changing it: rights, faults, duplicates, two at once."""

import pytest

from certbody.accounts.roles import Role
from certbody.clients.checks import notes_for
from certbody.clients.models import Client, Membership
from certbody.clients.transitions.register import change, register
from certbody.records.reading import events_of, told
from certbody.rules.terms import BadInput, Refused
from certbody.words.rendering import plain_problem, plain_refusal
from tests.clients.making import CODE, particulars
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return open_account("applicant", Role.CLIENT)


@pytest.fixture
def registered(applicant) -> Client:
    return register(particulars=particulars(), by=applicant, at=NOON)


def test_who_registers_acts_for_the_organisation_and_the_log_says_so(applicant, registered):
    assert Membership.objects.get().account == applicant
    (event,) = told(events_of(registered.stream), "zh")
    assert event.sentence == f"Applicant登记了组织 福州海风家电有限公司（{CODE}）"


@pytest.mark.requirement("P-A2")
def test_the_same_code_is_registered_once_however_it_is_typed(registered):
    other = open_account("other", Role.CLIENT)
    with pytest.raises(Refused) as refused:
        register(
            particulars=particulars(credit_code=" 91350100 m000100y43", name="别的名字"),
            by=other,
            at=NOON,
        )
    (reason,) = refused.value.refusals
    assert reason.code == "client_known"
    for language in ("zh", "en"):
        message = str(plain_refusal(reason, language)["message"])
        assert CODE in message
        assert registered.name not in message  # enough to know one's own, not another's
    assert Client.objects.count() == 1


@pytest.mark.usefixtures("registered")
def test_one_s_own_organisation_is_found_not_registered_again(applicant):
    with pytest.raises(Refused) as refused:
        register(particulars=particulars(), by=applicant, at=NOON)
    assert [one.code for one in refused.value.refusals] == ["client_is_yours"]


@pytest.mark.usefixtures("registered")
@pytest.mark.requirement("P-A2")
@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("福州海风家电有限责任公司", True),
        ("福州海风家电（集团）有限公司", True),
        ("福州海峰家电有限公司", False),
        ("福州海风家用电器有限公司", False),
        ("杭州远帆电器有限公司", False),
    ],
)
def test_a_name_like_another_is_told_not_refused(name, alike):
    other = open_account("other", Role.CLIENT)
    made = register(
        particulars=particulars(credit_code="91110000MAT00086X0", name=name), by=other, at=NOON
    )
    assert ("name_like_another" in [note.code for note in notes_for(made)]) is alike


def test_a_region_left_blank_is_that_of_the_code(registered):
    assert registered.region == "350100"
    assert notes_for(registered) == []


def test_every_fault_is_told_at_once_in_both_languages(applicant):
    faulty = particulars(
        credit_code="9135O100M000100Y43",
        name=" ",
        region="3501",
        email="nobody",
        people=0,
        postcode="35000",
        industry="ABC",
        contact="x" * 81,
        phone="1\x00",
    )
    with pytest.raises(BadInput) as bad:
        register(particulars=faulty, by=applicant, at=NOON)
    assert {(one.where, one.code) for one in bad.value.problems} == {
        ("credit_code", "code_character"),
        ("name", "missing_input"),
        ("region", "region_six_digits"),
        ("email", "email_not_valid"),
        ("people", "below_least"),
        ("postcode", "postcode_six_digits"),
        ("industry", "industry_code"),
        ("contact", "text_too_long"),
        ("phone", "unprintable"),
    }
    for problem in bad.value.problems:
        assert plain_problem(problem, "zh")["message"] != plain_problem(problem, "en")["message"]
    assert not Client.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLIENT])
def test_nobody_else_registers(role):
    with pytest.raises(Refused) as refused:
        register(particulars=particulars(), by=open_account("somebody", role), at=NOON)
    assert [one.code for one in refused.value.refusals] == ["right_missing"]


def test_a_change_is_written_down_with_what_it_was(applicant, registered):
    after = change(
        client=registered.pk,
        particulars=particulars(people=40),
        by=applicant,
        at=NOON,
        seen=registered.revision,
    )
    assert (after.people, after.revision) == (40, 2)
    event = next(told(events_of(registered.stream), "en"))
    assert event.what == "client.changed"


def test_nothing_changed_is_nothing_written(applicant, registered):
    change(client=registered.pk, particulars=particulars(), by=applicant, at=NOON)
    assert events_of(registered.stream).count() == 1


def test_a_record_changed_meanwhile_is_not_overwritten(applicant, registered):
    change(client=registered.pk, particulars=particulars(people=40), by=applicant, at=NOON, seen=1)
    with pytest.raises(Refused) as refused:
        change(
            client=registered.pk, particulars=particulars(people=50), by=applicant, at=NOON, seen=1
        )
    assert [one.code for one in refused.value.refusals] == ["register_changed_meanwhile"]
    registered.refresh_from_db()
    assert registered.people == 40


def test_the_code_stays(applicant, registered):
    other = particulars(credit_code="91110000MAT00086X0")
    with pytest.raises(BadInput) as bad:
        change(client=registered.pk, particulars=other, by=applicant, at=NOON)
    assert [(one.where, one.code) for one in bad.value.problems] == [("credit_code", "code_stays")]


@pytest.mark.parametrize("role", [Role.CLIENT, Role.APPLICATION_REVIEWER, Role.QUALITY_MANAGER])
def test_another_s_organisation_is_not_there(registered, role):
    stranger = open_account("stranger", role)
    with pytest.raises(Client.DoesNotExist):
        change(client=registered.pk, particulars=particulars(people=1), by=stranger, at=NOON)
