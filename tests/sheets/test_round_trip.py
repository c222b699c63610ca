"""What is exported comes back the same: shipped sets, and any set at all."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from certbody.schemes.catalogue import listed
from certbody.schemes.loader import load
from certbody.sheets import export, read
from certbody.sheets.writing import in_excel
from tests.sheets.books import LIKE, reception
from tests.sheets.sets import criteria_sets


@pytest.mark.parametrize(
    "edition", list(listed()), ids=lambda one: f"{one.scheme.code}/{one.edition}"
)
def test_shipped_sets_come_back_the_same_still_marked_as_samples(edition, tmp_path):
    sets = load(edition.path).edition.of_kind("criteria")
    export(sets, tmp_path / "out.xlsx")

    assert read(tmp_path / "out.xlsx", sets) == sets


@given(criteria_sets())
@settings(max_examples=60)
def test_any_set_comes_back_the_same(tmp_path_factory, criteria):
    path = tmp_path_factory.mktemp("sets") / "out.xlsx"
    export({"any": criteria}, path)

    assert read(path, {"any": criteria}) == {"any": criteria}


def test_names_that_excel_does_not_allow_still_find_their_sheet(tmp_path):
    sets = {"a/b": reception(), "x" * 60 + "1": reception(), "x" * 60 + "2": reception()}
    export(sets, tmp_path / "out.xlsx")

    assert read(tmp_path / "out.xlsx", sets) == sets


@pytest.mark.parametrize(
    ("figure", "held"),
    [("5/2", True), ("1/3", False), ("1/1000", True), ("1234567890123456", False)],
)
def test_what_excel_cannot_hold_is_written_as_text(figure, held):
    assert in_excel(Fraction(figure)) is held


def test_one_set_of_several_can_be_taken(tmp_path):
    sets = {**LIKE, "farewell": reception(zh="送别", en="Farewell")}
    export(sets, tmp_path / "out.xlsx")
    export({"farewell": sets["farewell"]}, tmp_path / "one.xlsx")

    assert read(tmp_path / "one.xlsx", sets) == {"farewell": sets["farewell"]}
