"""A calculator's page says what the rulebook answers: the same value, steps and refusals."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils.timezone import localdate

from certbody.calendars import CHINA
from certbody.rulebooks.calculable import calculators_in
from certbody.rulebooks.library import readable
from certbody.rules.terms import BadInput, Refused
from certbody.schemes.asking import Circumstances, ask
from certbody.words import plain
from certbody.words.rendering import plain_refusal
from tests.rulebooks.shelf import NAMES, Page, rulebook

MOST = 6  # examples of one section; the rules themselves are tested elsewhere
RESULTS = {"samples": "n", "failed": "f", "points": "p"}
NOT_IN_THE_FORM = {"spent", "sites_by_name", "earlier"}


def parameters(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A question as the form would put it into an address."""
    return [("ask", "1"), *(pair for name, value in given.items() for pair in one(name, value))]


def one(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if name == "results":
        for criterion, result in value.items():
            yield from result_of(criterion, result)
    elif isinstance(value, Mapping):
        for inner, item in value.items():
            yield from one(f"{name}.{inner}", item)
    elif isinstance(value, list) and not value:
        yield f"{name}.none", "1"
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            if isinstance(item, Mapping):
                yield from one(f"{name}.{number}", item)
            else:
                yield name, text(item)
    else:
        yield name, text(value)


def result_of(criterion: str, result: Any) -> Iterator[tuple[str, str]]:
    if isinstance(result, Mapping):
        for part, value in result.items():
            yield f"{RESULTS[part]}.{criterion}", text(value)
    else:
        yield f"r.{criterion}", text(result)


def text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def can_be_typed(given: Mapping[str, Any]) -> bool:
    """Leave out what no form asks for: results of several sites, time spent, odd shapes."""
    if NOT_IN_THE_FORM & set(given) or isinstance(given.get("sites"), Mapping):
        return False
    return all(typed(value) for value in given.values())


def typed(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(k, str) and typed(v) for k, v in value.items())
    if isinstance(value, list):
        return all(typed(item) for item in value) and value != [{}]
    return isinstance(value, str | bool | int | Decimal | date) and str(value).strip() != ""


def examples(name: str) -> list[tuple[str, dict[str, Any]]]:
    book = rulebook(name)
    known = {
        one.question
        for shelf in readable()
        if shelf.name == name
        for one in calculators_in(shelf)
        if one.kind != "clocks"
    }
    chosen: dict[str, list[dict[str, Any]]] = {}
    for subject in book.edition.subjects.values():
        for example in subject.examples:
            asked = example.ask in known and "clock" not in example.given and not example.under
            if asked and can_be_typed(example.given) and example.bad_input is None:
                chosen.setdefault(example.ask, []).append(example.given)
    return [(section, given) for section, all_ in chosen.items() for given in spread(all_)]


def spread(all_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return all_[:: max(1, len(all_) // MOST)][:MOST]


def shown(value: Any) -> str:
    return {None: "—", True: "是", False: "否"}.get(value, str(value))


@pytest.mark.parametrize("name", NAMES)
def test_pages_answer_as_the_rulebook_does(client, name):
    book = rulebook(name)
    around = Circumstances(CHINA, localdate())
    for section, given in examples(name):
        address = f"/rulebooks/{name}/calculators/{section}/?{urlencode(parameters(given))}"
        page = Page(client.get(address).text)
        where = f"{section} {given}"
        try:
            answer = plain(ask(book, section, given, around), "zh")
        except Refused as refused:
            for refusal in refused.refusals:
                message = str(plain_refusal(refusal, "zh")["message"]).split("（")[0]
                assert any(message in row for row in page.texts("no")), where
            continue
        except BadInput:
            assert page.texts("wrong-list"), where
            continue
        assert_same(page, answer, where)


def assert_same(page: Page, answer: Mapping[str, Any], where: str) -> None:
    steps = [" ".join(step["text"].split()) for step in answer["steps"]]
    told = " ".join(page.texts("why"))
    assert all(step in told for step in steps), where
    values = " ".join(page.texts("value"))
    if isinstance(answer["value"], str):
        assert answer["value"] in values, where
    for result in answer.get("readings", ()):
        assert shown(result["value"]) in page.text, where


@pytest.mark.parametrize("name", NAMES)
def test_most_sections_that_can_be_asked_have_an_example_here(name):
    asked = {section for section, _ in examples(name)}

    assert asked or name == "teahouse/1" or "teahouse" in name or "partial" in name


DAYS = "/rulebooks/teahouse/1/calculators/brewing_days/"
NO_ROOMS = {"rooms.none": "1"}


def test_the_address_fills_the_form(client):
    given = {"seats": "66", "rooms.7.area": "3.5", "activity": "yearly"}
    page = Page(client.get(DAYS, given).text)

    assert ("seats", "66", False) in page.inputs
    assert ("rooms.1.area", "3.5", False) in page.inputs, "rows are numbered anew"
    assert ("activity", "yearly", True) in page.inputs


def test_full_width_digits_are_digits(client):
    page = Page(client.get(DAYS, {"seats": "６６", **NO_ROOMS}).text)

    assert page.texts("value")[0].startswith("2.5")


def test_what_is_wrong_stands_beside_its_field(client):
    text = client.get(DAYS, {"seats": "0", **NO_ROOMS}).text

    page = Page(text)
    assert [link for link in page.links if link.startswith("#field-")] == ["#field-seats"]
    assert "座位数：0 小于 1" in page.texts("err")
    assert 'aria-invalid="true"' in text


def test_a_fault_in_a_row_is_told_in_its_cell(client):
    address = "/rulebooks/teahouse/1/calculators/who_may_apply/"
    page = Page(client.get(address, {"ask": 1, "staff.1.grade": "9", "staff.2.grade": "3"}).text)

    assert any("级别 1" in row for row in page.texts("wrong-list"))
    assert "#field-staff.1.grade" in page.links


def test_an_empty_list_can_be_said_to_be_empty(client):
    given = {"established": "true", "opened": "2020-01-01", "applied": "2026-01-01"}
    address = "/rulebooks/teahouse/1/calculators/who_may_apply/"

    without = Page(client.get(address, {**given, "kind": "hall"}).text)
    none = Page(client.get(address, {**given, "kind": "hall", "staff.none": "1"}).text)
    assert any("茶艺师" in row for row in without.texts("wrong-list"))
    assert none.texts("yes")


def test_a_refusal_names_its_clause_and_links_to_it(client):
    given = {"seats": 66, "reduce": "26%", "reason": "x", **NO_ROOMS}
    page = Page(client.get(DAYS, given).text)

    assert any("减少 26 % 超过允许的 25 %" in row for row in page.texts("no"))
    assert "/rulebooks/teahouse/1/#clause-3.1" in page.links


def test_two_editions_answer_side_by_side(client):
    page = Page(client.get(DAYS, {"seats": "40", "with": "teahouse/2", **NO_ROOMS}).text)

    assert [value.split()[0] for value in page.texts("value")] == ["1", "1.5"]


def test_an_undecided_reading_shows_each_result(client):
    address = "/rulebooks/teahouse/2/calculators/brewing_days/"
    page = Page(client.get(address, {"seats": "250", **NO_ROOMS}).text)

    assert [value.split()[0] for value in page.texts("value")] == ["3", "2.5"]


def test_the_rest_of_the_results_can_be_filled_at_once(client):
    address = "/rulebooks/teahouse/1/calculators/total_score/"
    given = {"rest": "met", "special_deductions": "0", "n.tea-water": "20", "f.tea-water": "5"}
    page = Page(client.get(address, given).text)

    assert page.texts("value")[0].startswith("90")  # 100 - 60 % of 40 × 5/20 ÷ 60


def test_a_result_told_twice_is_refused(client):
    address = "/rulebooks/teahouse/1/calculators/total_score/"
    given = {"rest": "met", "special_deductions": "0", "r.tea-water": "met", "p.tea-water": "3"}

    assert Page(client.get(address, given).text).texts("wrong-list")


def test_dates_are_drawn_and_told(client):
    given = {"decided": "2025-01-31", "visit": ["2026-03-02"], "on": "2026-11-23"}
    response = client.get("/rulebooks/teahouse/1/calculators/the_cycle/", given)

    page = Page(response.text)
    assert page.texts("value")[0].startswith("2028-01-30")
    assert '<circle cx="' in response.text
    assert "迟于期限" in page.text


def test_today_is_offered_as_the_day_to_look_on(client):
    page = Page(client.get("/rulebooks/teahouse/1/calculators/the_cycle/").text)

    assert ("on", localdate().isoformat(), False) in page.inputs


def test_a_clock_counts_working_days_and_says_so(client):
    given = {"clock": "answer", "from": "2026-09-28"}
    page = Page(client.get("/rulebooks/teahouse/1/calculators/the_cycle-clock/", given).text)

    # 1 to 7 October 2026 are holidays, and Saturday 10 October is worked instead
    assert page.texts("value")[0].startswith("2026-10-16")
    assert "中国工作日（含调休）" in page.text
