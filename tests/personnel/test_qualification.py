"""Standing on every day of some work, against counting the days one by one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.accounts.roles import Role
from certbody.personnel.models import Interest, Level, Qualification, Undertaking
from certbody.personnel.qualification import Standing, joined, standings
from tests.people import LONG_AGO, NOON, open_account, organisation_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 5, 11), date(2026, 5, 13)
DAY = timedelta(days=1)

stretches = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=8,
)


@pytest.fixture
def auditor():
    return open_account("auditor", Role.AUDITOR)


def holds(account, value, since, until, kind="registration", **more):
    return Qualification.objects.create(
        account=account,
        kind=kind,
        value=value,
        basis="2026-0001",
        since=since,
        until=until,
        recorded_by=account,
        recorded_at=NOON,
        **more,
    )


def on(account, client=None):
    return standings([account.pk], FIRST, LAST, client)[account.pk]


@given(stretches)
def test_joined_stretches_hold_the_same_days_and_do_not_touch(own):
    as_dates = [(FIRST + start * DAY, FIRST + end * DAY) for start, end in own]
    found = joined(as_dates)

    assert days(found) == days(as_dates)
    assert all(one[1] + DAY < after[0] for one, after in pairwise(found))


def days(found):
    return {one[0] + n * DAY for one in found for n in range((one[1] - one[0]).days + 1)}


@pytest.mark.requirement("E-7.1.3a")
@pytest.mark.requirement("P-P1")
@pytest.mark.parametrize(
    ("rows", "level", "registered"),
    [
        ([], "none", False),
        ([("auditor", FIRST, LAST)], "auditor", True),
        ([("auditor", FIRST, LAST - DAY)], "auditor", False),
        ([("auditor", FIRST + DAY, LAST)], "auditor", False),
        ([("auditor", LONG_AGO, FIRST), ("auditor", FIRST + DAY, LAST)], "auditor", True),
        ([("auditor", LONG_AGO, FIRST), ("auditor", LAST, LAST)], "auditor", False),
        ([("auditor", LONG_AGO, FIRST), ("senior", LAST - DAY, LAST)], "auditor", True),
        ([("senior", LONG_AGO, FIRST), ("auditor", LONG_AGO, LAST)], "auditor", True),
        ([("trainee", LONG_AGO, LAST), ("senior", FIRST, FIRST)], "trainee", True),
        ([("senior", LONG_AGO, LAST), ("trainee", LONG_AGO, LAST)], "senior", True),
    ],
)
def test_a_registration_counts_when_it_holds_on_every_day(auditor, rows, level, registered):
    for row in rows:
        holds(auditor, *row)
    found = on(auditor)
    assert (found.level, found.registered) == (level, registered)


registrations = st.lists(
    st.tuples(st.sampled_from(list(Level)), st.integers(-3, 4), st.integers(0, 5)), max_size=4
)


@given(rows=registrations)
def test_the_level_is_the_highest_that_holds_on_each_day(rows):
    account = open_account(f"auditor{Qualification.objects.count()}x", Role.AUDITOR)
    for level, start, length in rows:
        holds(account, level, FIRST + start * DAY, FIRST + (start + length) * DAY)

    def rank_on(day):
        held = [one[0] for one in rows if FIRST + one[1] * DAY <= day <= FIRST + sum(one[1:]) * DAY]
        return max((list(Level).index(Level(one)) for one in held), default=-1)

    least = min(rank_on(FIRST + n * DAY) for n in range(3))
    found = on(account)
    Qualification.objects.all().delete()
    account.grants.all().delete()
    account.delete()
    assert found.registered == (least >= 0)
    if found.registered:
        assert found.level == list(Level)[least]


def test_what_is_taken_away_counts_until_its_last_day(auditor):
    holds(auditor, "senior", LONG_AGO, LAST + DAY, ended_on=FIRST, ended_because="struck off")
    found = on(auditor)
    assert (found.registered, found.registered_until) == (False, FIRST)


def test_codes_and_functions_hold_on_every_day_or_not_at_all(auditor):
    holds(auditor, "SC03", LONG_AGO, None, kind="competence")
    holds(auditor, "SC09", LONG_AGO, FIRST, kind="competence")
    holds(auditor, "audit", LONG_AGO, FIRST, kind="authorisation")
    holds(auditor, "audit", FIRST + DAY, None, kind="authorisation")
    found = on(auditor)
    assert found.competences == {"SC03"}
    assert found.functions == {"audit"}


def test_an_undertaking_counts_from_the_day_of_its_signature(auditor):
    for kind, signed_on in (("law_and_truth", FIRST), ("one_body", FIRST + DAY)):
        Undertaking.objects.create(
            account=auditor, kind=kind, name=auditor.name, signed_at=NOON, signed_on=signed_on
        )
    assert on(auditor).undertaken == {"law_and_truth"}


@pytest.mark.requirement("P-P2")
@pytest.mark.parametrize(
    ("since", "until", "conflict"),
    [
        (LONG_AGO, None, True),
        (LONG_AGO, date(2024, 5, 12), True),
        (LONG_AGO, date(2024, 5, 11), False),
        (LAST, None, True),
        (LAST + DAY, None, False),
    ],
)
def test_an_interest_is_a_conflict_on_the_days_it_bars(auditor, since, until, conflict):
    client = organisation_of()
    Interest.objects.create(
        account=auditor, client=client, kind="consultancy", since=since, until=until
    )
    assert on(auditor, client).conflict is conflict
    assert on(auditor).conflict is False


def test_many_people_take_as_many_queries_as_one(auditor, django_assert_num_queries):
    people = [auditor, *(open_account(f"auditor{n}", Role.AUDITOR) for n in range(20))]
    for one in people:
        holds(one, "auditor", LONG_AGO, LAST)
    client = organisation_of()
    with django_assert_num_queries(3):
        found = standings([one.pk for one in people], FIRST, LAST, client)
    assert all(one.registered for one in found.values())
    with django_assert_num_queries(3):
        assert standings([0], FIRST, LAST, client) == {0: Standing()}


def test_days_in_the_wrong_order_are_no_days(auditor):
    with pytest.raises(ValueError, match="lies before"):
        standings([auditor.pk], LAST, FIRST)
