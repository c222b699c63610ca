"""Clauses as people print them, and which of them lie where."""

import pytest

from certbody.rules.terms import Clause
from certbody.traceability.places import Place, places_cited, places_named

ISO = "ISO/IEC 17065:2012"
LAW = "某某条例"


def named(text: str) -> list[tuple[str, ...]]:
    return [place.parts for place in places_named(text, [ISO, LAW])]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2 适用范围", ["2"]),
        ("6.2(2)B", ["6", "2", "2", "b"]),
        ("6.2（2）B", ["6", "2", "2", "b"]),
        ("11.3.2 暂停(4)", ["11", "3", "2", "暂停", "4"]),
        ("附件一 三.1", ["附件", "1", "3", "1"]),
        ("附件一", ["附件", "1"]),
        ("表1", ["表", "1"]),
        ("第二十六条", ["26"]),
        ("第十条", ["10"]),
        ("Art. 23", ["23"]),
    ],
)
def test_one_place(text, parts):
    assert named(text) == [tuple(parts)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("7.1.2, 附件一 一", ["7 1 2", "附件 1 1"]),
        ("6.1(1)-(2)", ["6 1 1", "6 1 2"]),
        ("5.2 9)-11)", ["5 2 9", "5 2 10", "5 2 11"]),
        ("附件一 三.2-3", ["附件 1 3 2", "附件 1 3 3"]),
        ("4.3-4.4", ["4 3", "4 4"]),
        ("11.3.2 撤销(1)-(2)", ["11 3 2 撤销 1", "11 3 2 撤销 2"]),
        ("13, version table", ["13", "version table"]),
        ("-", []),
    ],
)
def test_several_places_and_ranges(text, places):
    assert [" ".join(parts) for parts in named(text)] == places


@pytest.mark.parametrize("text", ["6.1(1)-B", "1-4.2", "5-6.1(2)"])
def test_a_range_whose_ends_do_not_belong_together(text):
    with pytest.raises(ValueError, match="no range of places"):
        named(text)


def test_a_document_may_be_named_by_the_end_of_its_title():
    assert places_named("6.1; 条例 Art. 14, 38", [LAW], ISO) == [
        Place(ISO, ("6", "1")),
        Place(LAW, ("14",)),
        Place(LAW, ("38",)),
    ]


def test_a_document_without_a_number_means_all_of_it():
    assert places_named(f"7.4.1; {ISO} scoring", [ISO]) == [
        Place("", ("7", "4", "1")),
        Place(ISO, ()),
    ]


def test_a_number_is_no_document():
    assert places_named("12", [f"{ISO[:-4]}2012"]) == [Place("", ("12",))]


@pytest.mark.parametrize(
    ("place", "other", "holds"),
    [
        ("6.1", "6.1(1)", True),
        ("6.1", "6.1", True),
        ("6.1", "6.10", False),
        ("6.1(1)", "6.1", False),
        ("附件一 一", "附件一 一.4", True),
        ("附件一 一", "附件二 一", False),
    ],
)
def test_below(place, other, holds):
    (outer,) = places_named(place, [])
    (inner,) = places_cited(Clause(other))
    assert outer.holds(inner) is holds


def test_the_same_number_in_another_document_is_another_place():
    (own,) = places_named("7.1", [])
    (cited,) = places_cited(Clause("7.1", ISO))
    assert not own.holds(cited)


def test_a_row_may_cite_any_text():
    assert places_cited(Clause("A-B")) == [Place("", ("a", "b"))]
