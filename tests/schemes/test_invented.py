"""Invented rulebooks: the kinds of rule are general, and each figure is worked out by an example.

No Python knows these rulebooks; that they check out shows that one more needs none.
"""

from pathlib import Path

import pytest

from certbody.calendars import CHINA
from certbody.rules.terms import Refused
from certbody.schemes.asking import Circumstances, ask
from certbody.schemes.check import check
from certbody.schemes.loader import load
from certbody.schemes.mutate import mutants
from certbody.schemes.questions import answered
from certbody.schemes.shapes import KINDS, OpenPart
from certbody.words import plain

HERE = Path(__file__).parent
AROUND = Circumstances(CHINA)
INVENTED = ["lantern", "harbour", "partial"]


def edition(name: str) -> Path:
    return HERE / name / "1"


@pytest.mark.requirement("P-R1")
@pytest.mark.parametrize("name", INVENTED)
def test_it_checks_without_a_line_of_python(name):
    assert [str(fault) for fault in check(edition(name), AROUND).faults] == []


@pytest.mark.requirement("P-R3")
@pytest.mark.parametrize("name", INVENTED)
def test_its_examples_notice_every_change(name):
    missed = [str(mutant) for mutant, seen in mutants(load(edition(name)), AROUND) if not seen]
    assert missed == []


def test_the_lantern_has_every_kind():
    book = load(edition("lantern")).edition
    assert [kind for kind in KINDS if not book.of_kind(kind)] == []


def test_what_is_open_is_listed():
    def names(book: str) -> list[str]:
        found = check(edition(book), AROUND).open_parts
        return [part.what if isinstance(part, OpenPart) else part for part in found]

    assert names("lantern") == ["certificate: reply", "man_days: extension", "sites: L4.3"]
    assert set(names("partial")) >= {
        "grade",
        "fees",
        "man_days: surveillance: rounding",
        "man_days: recertification",
        "man_days: reductions: rounding",
        "clauses",
    }


@pytest.mark.parametrize("name", ["grade", "fees", "eligibility"])
def test_an_open_part_is_refused_by_name(name):
    with pytest.raises(Refused) as refused:
        ask(load(edition("partial")), name, {}, AROUND)
    assert [refusal.code for refusal in refused.value.refusals] == ["open_in_rulebook"]


NIGHT = {"activity": "initial", "people": 60, "complexity": "simple", "night": True}


def test_an_unresolved_reading_shows_each_result():
    answer = plain(ask(load(edition("lantern")), "man_days", NIGHT, AROUND), "en")
    assert answer["value"] is None
    assert [note["code"] for note in answer["warnings"]] == ["readings_unresolved"]
    results = [(one["readings"]["night_share"], one["value"]) for one in answer["readings"]]
    assert results == [("half", "5"), ("third", "4.5")]


def test_an_unresolved_reading_that_changes_nothing_is_not_told():
    given = NIGHT | {"night": False}
    answer = plain(ask(load(edition("lantern")), "man_days", given, AROUND), "en")
    assert (answer["value"], answer["warnings"]) == ("3.5", [])


def test_another_reading_is_shown_beside_the_one_chosen():
    book = load(edition("lantern"))
    given = {"activity": "initial", "people": 501, "complexity": "simple"}
    answer = plain(answered(book, "man_days", given, AROUND), "en")
    other = [note["message"] for note in answer["warnings"] if note["code"] == "other_reading"]
    assert (answer["value"], len(other)) == ("6", 1)
    assert "annex_area" in other[0]
    assert "5.5" in other[0]


def test_a_reading_can_be_chosen_for_one_question():
    book = load(edition("lantern"), override={"night_share": "third"})
    assert plain(ask(book, "man_days", NIGHT, AROUND), "en")["value"] == "4.5"
