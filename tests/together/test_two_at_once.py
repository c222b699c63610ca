"""Two people act at once: one of them does it, the other is told, and nothing is done twice."""

import pytest

REFUSED = {"refused": ["case_under_way"]}


@pytest.fixture
def two(hand):
    """Two hands, and the ids of two organisations."""
    one, other = hand(), hand()
    return one, other, one.does("people")


def test_a_double_click_opens_one_case(two):
    one, other, clients = two
    one.begins("opens", client=clients["one"], hold=True)
    one.holds()
    other.begins("opens", client=clients["one"])  # waits for the first, or is about to begin
    one.goes_on()

    assert one.result() == "2026-0001"
    assert other.result() == REFUSED
    there = one.does("looks")
    assert (there["cases"], there["events"], there["faults"]) == (1, 1, [])


def test_whoever_comes_first_it_is_one(two):
    one, other, clients = two
    for scheme in ("ecpsc", "ccai"):
        one.begins("opens", client=clients["two"], scheme=scheme)
        other.begins("opens", client=clients["two"], scheme=scheme)
        answers = [one.result(), other.result()]
        assert answers.count(REFUSED) == 1
    there = one.does("looks")
    assert (there["cases"], there["events"], there["faults"]) == (2, 2, [])


def test_events_of_one_case_queue_up_without_a_gap(two):
    one, other, clients = two
    number = one.does("opens", client=clients["one"])
    numbers = []
    for part in range(10):
        one.begins("notes", number=number, part=f"a{part}")
        other.begins("notes", number=number, part=f"b{part}")
        numbers += [one.result(), other.result()]

    assert sorted(numbers) == list(range(2, 22))
    there = one.does("looks")
    assert (there["events"], there["unsealed"], there["faults"]) == (21, 0, [])


def test_cases_do_not_wait_for_each_other(two, writers_wait):
    one, other, clients = two
    first = one.does("opens", client=clients["one"])
    second = one.does("opens", client=clients["two"])
    one.begins("notes", number=first, part="leader", hold=True)
    one.holds()
    other.begins("notes", number=second, part="leader")
    if not writers_wait:
        assert other.result() == 2  # while the first is still open
        assert other.does("looks")["unsealed"] == 0
    one.goes_on()
    if writers_wait:
        assert other.result() == 2  # late, but not refused
    assert one.result() == 2
    there = one.does("looks")
    assert (there["events"], there["unsealed"], there["faults"]) == (4, 0, [])


def test_who_dies_in_the_middle_leaves_nothing_and_stops_nobody(two):
    one, other, clients = two
    one.begins("opens", client=clients["one"], hold=True)
    one.holds()
    one.dies()

    assert other.does("looks")["cases"] == 0
    assert other.does("opens", client=clients["one"]) == "2026-0001"
    there = other.does("looks")
    assert (there["cases"], there["events"], there["faults"]) == (1, 1, [])


def test_two_clicks_on_submit_submit_once(hand):
    one, other = hand(), hand()
    number = one.does("fills", scheme="ecpsc")
    one.begins("submits", number=number, hold=True)
    one.holds()
    other.begins("submits", number=number)
    one.goes_on()

    assert one.result() == "submitted"
    assert "not_to_be_changed" in other.result()["refused"]
    assert one.does("tells", number=number).count("application.submitted") == 1
    assert one.does("looks")["faults"] == []


def test_two_reviewers_decide_and_the_first_one_stands(hand):
    one, other = hand(), hand()
    number = one.does("gets_reviewed", scheme="ccai")
    one.begins("accepts", number=number, scheme="ccai", hold=True)
    one.holds()
    other.begins("declines", number=number)
    one.goes_on()

    assert one.result() == "accepted"
    assert other.result()["refused"]
    told = one.does("tells", number=number)
    assert told.count("application.accepted") == 1
    assert "application.declined" not in told
    assert one.does("looks")["faults"] == []


def test_who_dies_while_accepting_leaves_no_trace_of_it(hand):
    one, other = hand(), hand()
    number = one.does("gets_reviewed", scheme="ecpsc")
    before = one.does("looks")
    one.begins("accepts", number=number, scheme="ecpsc", hold=True)
    one.holds()
    one.dies()

    assert other.does("looks") == before
    assert other.does("accepts", number=number, scheme="ecpsc") == "accepted"
    assert other.does("tells", number=number).count("application.accepted") == 1
    assert other.does("looks")["faults"] == []
