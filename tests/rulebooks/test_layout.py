"""A rulebook in reading order: what stands at a clause, what is only mentioned there."""

import pytest

from certbody.rulebooks.layout import Entry, Layout, layout_of
from certbody.rulebooks.places import places_of, slug
from certbody.rulebooks.telling.rows import mentioned
from tests.rulebooks.shelf import NAMES, rulebook


def layout(name: str) -> Layout:
    edition = rulebook(name).edition
    return layout_of(edition, places_of(edition))


def entry(place: str) -> Entry:
    return next(one for one in layout("teahouse/1").clauses if one.place == place)


@pytest.mark.parametrize("name", NAMES)
def test_every_section_and_reading_stands_in_one_place(name):
    found = layout(name)

    entries = [*found.clauses, *found.unlisted]
    entries += [one for elsewhere in found.elsewhere for one in elsewhere.entries]
    placed = [one.name for here in entries for one in here.sections]
    assert sorted(placed) == sorted(found.sections)
    readings = [name for here in entries for name, _ in here.readings]
    assert sorted(readings) == sorted(rulebook(name).edition.readings)


@pytest.mark.parametrize("name", NAMES)
def test_every_anchor_is_one_place(name):
    anchors = list(places_of(rulebook(name).edition).anchors.values())

    assert len(anchors) == len(set(anchors))


def test_clauses_nest_by_their_numbers():
    depths = {one.place: one.depth for one in layout("teahouse/1").clauses}

    assert (depths["2"], depths["2.1"], depths["2.1(3)"]) == (0, 1, 2)
    assert entry("2").heads
    assert not entry("5").heads


def test_a_section_stands_at_its_clause_and_is_mentioned_at_those_of_its_rows():
    assert [one.name for one in entry("2.1").sections] == ["who_may_apply"]
    mentions = {one.placed.name: mentioned(one) for one in entry("2.1(2)").mentioned}
    assert mentions == {"who_may_apply": "经营满半年"}


def test_rules_on_other_documents_come_last_by_document():
    found = layout("teahouse/1").elsewhere

    assert [one.document for one in found] == ["T/TEA 1-2025", "茶叶法", "ISO/IEC 17065:2012"]
    assert [one.place for one in found[1].entries] == ["茶叶法 第八条", "茶叶法 第二十条"]


def test_a_rulebook_without_clauses_is_laid_out_by_what_its_rows_cite():
    edition = rulebook("teahouse/1").edition
    subjects = {
        name: subject.model_copy(update={"clauses": ()})
        for name, subject in edition.subjects.items()
    }
    bare = type(edition)(edition.scheme, edition.info, subjects)
    found = layout_of(bare, places_of(bare))

    assert not found.clauses
    assert "3.1" in [one.place for one in found.unlisted]


@pytest.mark.parametrize(
    ("place", "expected"),
    [("6.1(1)", "6.1-1"), ("附件一 一.3", "附件一-一.3"), ("5.2 1)", "5.2-1"), ("()", "x")],
)
def test_slugs_are_stable(place, expected):
    assert slug(place) == expected
