"""Every section of both rulebooks answers, refuses or names the fault, whatever it is asked."""

from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.calendars import CHINA
from certbody.rules.facts import Input
from certbody.rules.terms import Answer, BadInput, Refused
from certbody.schemes.asking import Circumstances, ask
from certbody.schemes.catalogue import rulebook
from certbody.schemes.loader import Rulebook
from certbody.schemes.shapes import KINDS
from certbody.words import LANGUAGES, plain
from certbody.words.rendering import plain_problem, plain_refusal

FIGURES = st.sampled_from(["0", "1", "2.5", "65", "-1", "30%", "19/20", "95", "1/0", "nan", ""])
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(str) | st.sampled_from(["2025-02-29", "x"])
ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | FIGURES | DAYS
VALUES = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "present",
        "not_applicable",
        "choose",
        "criterion",
        "results",
        "earlier",
        "done",
        "start",
        "state",
        "act",
        "clock",
        "from",
        "at",
        "on",
        "spent",
        "reading",
        "sites",
        "bonus",
    ]
)


@cache
def book(scheme: str) -> Rulebook:
    return rulebook(scheme)


def fitting(one: Input) -> st.SearchStrategy[Any]:
    """Values that mostly fit an input's type."""
    match one.type:
        case "choice":
            return st.sampled_from(list(one.of))
        case "yes_no":
            return st.booleans()
        case "date" | "moment":
            return DAYS
        case "list" if one.items:
            inner = {name: fitting(item) for name, item in one.items.items()}
            return st.lists(st.fixed_dictionaries({}, optional=inner), max_size=3)
        case "list":
            return st.lists(st.sampled_from([*one.of, "all", "x"]), max_size=3)
        case "text":
            return st.text(max_size=5)
        case _:
            return FIGURES


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    scheme = draw(st.sampled_from(["ecpsc", "ccai"]))
    edition = book(scheme).edition
    kind = draw(st.sampled_from([one for one in KINDS if edition.of_kind(one)]))
    name, section = draw(st.sampled_from(list(edition.of_kind(kind).items())))
    inputs: dict[str, Input] = getattr(section, "inputs", {})
    given_ = {
        key: draw(fitting(one) | VALUES) for key, one in inputs.items() if draw(st.booleans())
    }
    for key in draw(st.lists(KEYS | st.text(max_size=5), max_size=4)):
        given_[key] = draw(VALUES | st.lists(named_in(section), max_size=5) | named_in(section))
    return scheme, name, given_


def named_in(section: Any) -> st.SearchStrategy[str]:
    """The ids of a section's rows, so that some are right."""
    fields = ("items", "options", "steps", "arrows", "clocks", "tree", "rows")
    rows = [row for one in fields for row in getattr(section, one, ())]
    return st.sampled_from([str(getattr(row, "id", "x")) for row in rows] or ["x"])


@settings(max_examples=400)
@given(questions(), st.sampled_from([None, date(2026, 11, 23), date(2040, 1, 1)]))
def test_no_question_to_any_section_ends_otherwise(question, on):
    scheme, name, given_ = question
    told: list[object] = []
    with suppress(Refused, BadInput):
        told = [ask(book(scheme), name, given_, Circumstances(CHINA, on))]
    assert all(isinstance(one, Answer) for one in told)


@settings(max_examples=200)
@given(questions(), st.sampled_from(LANGUAGES))
def test_every_answer_and_every_no_has_its_words(question, language):
    scheme, name, given_ = question
    try:
        answer = plain(ask(book(scheme), name, given_, Circumstances(CHINA)), language)
        sentences = [one["text"] for one in answer["steps"]]
        sentences += [one["message"] for one in answer["warnings"]]
    except Refused as refused:
        sentences = [plain_refusal(one, language)["message"] for one in refused.refusals]
    except BadInput as bad:
        sentences = [plain_problem(one, language)["message"] for one in bad.problems]
    assert all(sentences)
