"""The same request twice at the same moment, or again after a death, is done once."""

import pytest

TOKEN = "cb_of_a_program"  # noqa: S105  of an installation that lives as long as a test


@pytest.fixture
def two(hand):
    """Two hands, the number of a case that can be submitted, and the request that submits it."""
    one, other = hand(), hand()
    number = one.does("fills", scheme="ecpsc")
    one.does("gets_a_token", token=TOKEN)
    path = f"/cases/{number}/submit"
    return one, other, number, {"token": TOKEN, "path": path, "body": {"declared_by": "王磊"}}


def submissions(hand, number):
    return hand.does("tells", number=number).count("application.submitted")


def test_whoever_comes_second_gets_the_answer_of_the_first(two):
    one, other, number, request = two
    one.begins("calls", **request, key="k", hold=True)
    one.holds()
    other.begins("calls", **request, key="k")  # waits for the first, or is about to begin
    one.goes_on()

    first, second = one.result(), other.result()
    assert first["status"] == 200
    assert first["answer"]["case"]["state"] == "submitted"
    assert second == first
    assert submissions(one, number) == 1
    assert one.does("looks")["faults"] == []


def test_under_keys_of_their_own_the_second_is_refused(two):
    one, other, number, request = two
    one.begins("calls", **request, key="k", hold=True)
    one.holds()
    other.begins("calls", **request, key="l")
    one.goes_on()

    assert one.result()["status"] == 200
    assert other.result()["status"] == 409
    assert submissions(one, number) == 1
    assert one.does("keys") == ["k"]  # what was refused may be sent again under its key


def test_who_died_before_the_commit_has_done_nothing_and_the_key_is_free(two):
    one, other, number, request = two
    one.begins("calls", **request, key="k", hold=True)
    one.holds()
    one.dies()

    assert other.does("keys") == []
    assert submissions(other, number) == 0
    again = other.does("calls", **request, key="k")
    assert again["status"] == 200
    assert other.does("calls", **request, key="k") == again
    assert submissions(other, number) == 1


def test_another_request_under_the_key_is_refused_also_at_the_same_moment(two):
    one, other, number, request = two
    one.begins("calls", **request, key="k", hold=True)
    one.holds()
    other.begins("calls", **{**request, "body": {"declared_by": "李雷"}}, key="k")
    one.goes_on()

    assert one.result()["status"] == 200
    refused = other.result()
    assert (refused["status"], refused["answer"]["code"]) == (422, "key_used_for_another_request")
    assert submissions(one, number) == 1
