"""Two editions side by side: what differs is told by a sign, not by colour alone."""

from itertools import permutations

import pytest
from django.utils import translation

from certbody.rulebooks.comparing.pairs import ORDER, compared
from certbody.rulebooks.library import book_of
from certbody.schemes.shapes import KINDS
from tests.rulebooks.shelf import NAMES, Page

OLD, NEW = ("teahouse", "1"), ("teahouse", "2")


def signs() -> dict[str, str]:
    """What differs between the two editions: the sign of each row by its words."""
    return {
        (pair.a or pair.b).words: pair.sign  # type: ignore[union-attr]
        for group in compared(book_of(*OLD), book_of(*NEW))
        for topic in group.topics
        for pair in topic.pairs
        if pair.sign != "="
    }


def test_only_what_was_changed_differs():
    with translation.override("en"):
        assert signs() == {"by seats 1–50": "≠", "reduction": "≠", "list of shops": "−"}


def test_every_kind_is_compared():
    assert set(ORDER) == set(KINDS)


def test_sections_of_one_scheme_are_paired_with_themselves():
    for group in compared(book_of(*OLD), book_of(*OLD)):
        assert not group.only_a
        assert not group.only_b
        assert group.different == 0
        assert all(topic.a.name == topic.b.name for topic in group.topics)


@pytest.mark.parametrize(("a", "b"), list(permutations(NAMES, 2)))
def test_any_two_editions_can_be_compared(client, language, a, b):
    response = client.get("/rulebooks/compare/", {"a": a, "b": b})

    assert response.status_code == 200
    found = Page(response.text)
    assert len(found.ids) == len(set(found.ids))
    assert language


def test_the_page_marks_differences_with_sign_and_word(client):
    found = Page(client.get("/rulebooks/compare/?a=teahouse/1&b=teahouse/2").text)

    changed = next(row for row in found.texts("differs") if "按座位数 1–50" in row)
    assert changed.startswith("≠不同")
    assert "1.5" in changed


def test_what_is_the_same_can_be_left_out(client):
    address = "/rulebooks/compare/?a=teahouse/1&b=teahouse/2"

    assert Page(client.get(address).text).texts("same")
    assert not Page(client.get(f"{address}&only=differences").text).texts("same")


def test_two_editions_to_begin_with(client):
    found = Page(client.get("/rulebooks/compare/").text)

    chosen = [value for _, value, is_chosen in found.inputs if is_chosen]
    assert len(set(chosen)) == 2
    assert set(chosen) <= set(NAMES)
