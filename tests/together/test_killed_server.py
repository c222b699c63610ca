"""A server that is killed: all of an act or nothing of it, and what was answered is there."""

from collections.abc import Iterator
from random import Random
from threading import Event, Thread

import pytest

from tests.together.web import Browser, Server

pytestmark = pytest.mark.requirement("P-O4")

KILLS = 3


@pytest.fixture
def server(installation) -> Iterator[Server]:
    one = Server(installation)
    yield one
    one.kill()


@pytest.fixture
def browser(server) -> Browser:
    return Browser(server)


def test_what_was_answered_is_there_after_a_kill(hand, server, browser):
    looker = hand()
    number = looker.does("fills", scheme="ecpsc")
    before = looker.does("tells", number=number).count("application.scope_described")
    revision = looker.does("revision", number=number)
    answered = 0
    chance = Random(7)  # noqa: S311  the same moments every time, as far as a machine can
    for kills in range(1, KILLS + 1):
        server.start()
        if kills == 1:
            browser.signs_in("applicant")  # who is signed in stays so, whatever happens
        answered += posted_until_killed(server, browser, number, chance.randrange(3, 12))

        told = looker.does("tells", number=number)
        there = told.count("application.scope_described") - before
        assert answered <= there <= answered + kills
        assert looker.does("revision", number=number) == revision + there
        assert looker.does("looks")["faults"] == []

    server.start()
    assert browser.posts(f"portal/cases/{number}/scope/", scope_text="x", people="7") == 302
    there = looker.does("looks")
    assert (there["unsealed"], there["faults"]) == (0, [])


def posted_until_killed(server: Server, browser: Browser, number: str, after: int) -> int:
    """Send one form after the other; kill the server some answers later, in whatever it does."""
    answers: list[int] = []
    enough = Event()

    def post() -> None:
        while answers[-1:] != [0]:
            text = f"第 {len(answers)} 次填写"
            path = f"portal/cases/{number}/scope/"
            answers.append(browser.posts(path, scope_text=text, people="120"))
            if len(answers) >= after:
                enough.set()

    poster = Thread(target=post)
    poster.start()
    enough.wait(timeout=120)
    server.kill()
    poster.join()
    assert set(answers[:-1]) == {302}
    return len(answers) - 1


def test_a_kill_in_the_middle_of_submitting_leaves_nothing_of_it(hand, server, browser):
    looker = hand()
    number = looker.does("fills", scheme="ccai")
    server.start()
    browser.signs_in("applicant")
    before = looker.does("looks")
    looker.does("makes_it_slow")
    path, form = f"portal/cases/{number}/submit/", {"declared_by": "王磊", "true": "on"}
    poster = Thread(target=lambda: browser.posts(path, **form))
    poster.start()
    while not looker.does("is_in_the_middle"):
        assert poster.is_alive()
    server.kill()
    poster.join()
    looker.does("makes_it_quick")

    assert looker.does("looks") == before
    server.start()
    assert browser.posts(path, **form) == 302
    assert looker.does("tells", number=number).count("application.submitted") == 1
    assert looker.does("looks")["faults"] == []
