"""Two people at the register at once: an organisation once, a list saved over by nobody unseen."""

import pytest

from tests.clients.making import CODE


@pytest.fixture
def two(hand):
    """Two hands, and the ids of two organisations."""
    one, other = hand(), hand()
    return one, other, one.does("people")


def test_an_organisation_is_registered_once(two):
    one, other, _ = two
    one.begins("registers", login="first", hold=True)
    one.holds()
    other.begins("registers", login="second")
    one.goes_on()

    assert one.result() == CODE
    assert other.result() == {"refused": ["client_known"]}
    there = one.does("looks")
    assert (there["events"], there["faults"]) == (1, [])


def test_who_saves_a_list_over_another_s_is_told(two):
    one, other, clients = two
    one.begins("lists", client=clients["one"], sites=3, seen=1)
    other.begins("lists", client=clients["one"], sites=2, seen=1)
    answers = [one.result(), other.result()]

    assert answers.count({"refused": ["register_changed_meanwhile"]}) == 1
    there = one.does("looks")
    assert (there["events"], there["faults"]) == (1, [])
