"""One-time codes: for one person and purpose, for ten minutes, five tries, once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction

from certbody.accounts.roles import Role
from certbody.notices.codes import check, issue
from certbody.notices.models import OneTimeCode
from certbody.rules.terms import BadInput, Refused
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db
PURPOSE = "sign:HT-1"


@pytest.fixture
def person():
    return open_account("applicant", Role.CLIENT)


@pytest.fixture
def sent(person, django_capture_on_commit_callbacks):
    """Have a code sent, and read it in the mail."""
    cache.clear()

    def sent(purpose=PURPOSE, at=NOON, by=person) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            issue(by, purpose=purpose, about="HT-1", at=at)
        assert mail.outbox[-1].to == [by.email]
        (code,) = {one[0] for one in re.finditer(r"\b\d{6}\b", str(mail.outbox[-1].body))}
        return code

    return sent


def refused(person, code, at=NOON, purpose=PURPOSE) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadInput) as said:
        check(person, purpose=purpose, code=code, at=at)
    (problem,) = said.value.problems
    assert problem.where == "code"
    return problem.code, dict(problem.facts)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_opens_once(person, sent):
    code = sent()

    check(person, purpose=PURPOSE, code=f" {code} ", at=NOON)

    assert refused(person, code)[0] == "code_lapsed"


def test_only_its_digest_is_kept(sent):
    code = sent()

    assert code not in OneTimeCode.objects.get().digest


def test_it_holds_for_ten_minutes_and_not_a_moment_longer(person, sent):
    code = sent()

    assert refused(person, code, NOON + timedelta(minutes=10))[0] == "code_lapsed"
    check(person, purpose=PURPOSE, code=code, at=NOON + timedelta(minutes=9, seconds=59))


def test_after_five_wrong_ones_the_right_one_does_not_help(person, sent):
    code = sent()

    said = [refused(person, other_than(code)) for _try in range(5)]

    assert [facts["left"] for _code, facts in said] == [4, 3, 2, 1, 0]
    assert refused(person, code)[0] == "code_lapsed"


def test_tries_count_though_the_act_that_asked_is_undone(person, sent):
    code = sent()
    for _try in range(5):
        with pytest.raises(BadInput), transaction.atomic():
            check(person, purpose=PURPOSE, code=other_than(code), at=NOON)

    assert refused(person, code)[0] == "code_lapsed"


def test_the_fifth_try_may_be_the_right_one(person, sent):
    code = sent()
    for _try in range(4):
        refused(person, other_than(code))

    check(person, purpose=PURPOSE, code=code, at=NOON)


def test_it_is_for_one_purpose_and_one_person(person, sent):
    code = sent()
    other = open_account("other", Role.CLIENT)

    assert refused(person, code, purpose="sign:HT-2")[0] == "code_lapsed"
    assert refused(other, code)[0] == "code_lapsed"


def test_a_new_one_ends_the_old_one_but_not_within_half_a_minute(person, sent):
    first = sent()
    with pytest.raises(Refused) as said:
        issue(person, purpose=PURPOSE, about="HT-1", at=NOON + timedelta(seconds=29))
    assert [one.code for one in said.value.refusals] == ["code_just_sent"]

    second = sent(at=NOON + timedelta(seconds=30))

    if first != second:  # one in a million is the same
        assert refused(person, first, NOON + timedelta(minutes=1))[0] == "code_wrong"
    check(person, purpose=PURPOSE, code=second, at=NOON + timedelta(minutes=1))


@pytest.mark.parametrize("typed", ["", "      ", "１２３４５６", "abcdef", "1" * 5000, "\0"])
def test_whatever_is_typed_is_only_wrong(person, sent, typed):
    if typed.strip() != sent():
        assert refused(person, typed)[0] == "code_wrong"
