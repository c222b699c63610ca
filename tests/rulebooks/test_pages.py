"""Every page of every rulebook, in both languages, from the data alone."""

from urllib.parse import unquote

import pytest
from django.test import override_settings
from django.urls import reverse

from certbody.rulebooks.calculable import calculators_in
from certbody.rulebooks.contents import contents
from certbody.rulebooks.library import Book, readable
from certbody.web.language import active
from tests.rulebooks.shelf import NAMES, Page

MISSING = "⟪nothing⟫"


def book(name: str) -> Book:
    return next(one for one in readable() if one.name == name)


def page(client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.text)


@pytest.fixture
def strict_templates(settings):
    """A name that a template gets wrong shows, instead of vanishing."""
    templates = [{**settings.TEMPLATES[0]}]
    templates[0]["OPTIONS"] = {**templates[0]["OPTIONS"], "string_if_invalid": MISSING}
    with override_settings(TEMPLATES=templates):
        yield


def test_the_first_page_shows_every_rulebook(client, language):
    found = page(client, "/")

    for name in NAMES:
        assert f"/rulebooks/{name}/" in found.links
    assert client.get("/").text.count(f'lang="{"en" if language == "en" else "zh-Hans"}"') >= 1


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("name", NAMES)
def test_a_rulebook_is_read_clause_by_clause(client, language, name):
    found = page(client, f"/rulebooks/{name}/")

    one = book(name)
    assert MISSING not in found.text
    for clause in one.edition.clauses:
        assert one.places.anchor(clause.clause) in found.ids
        assert (clause.en if language == "en" else clause.zh) in found.text
    for section in one.layout.sections:
        assert found.ids.count(f"rule-{section}") == 1


@pytest.mark.parametrize("name", NAMES)
def test_clauses_stand_in_the_order_of_the_source(client, name):
    found = page(client, f"/rulebooks/{name}/")

    one = book(name)
    anchors = [one.places.anchor(clause.clause) for clause in one.edition.clauses]
    assert [place for place in found.ids if place in set(anchors)] == anchors


@pytest.mark.parametrize("name", NAMES)
def test_every_reading_is_told_with_question_choice_and_status(client, language, name):
    found = page(client, f"/rulebooks/{name}/")

    for reading in book(name).edition.readings.values():
        for words in filter(None, (reading.question, reading.choice, reading.reason)):
            assert (words.en if language == "en" else words.zh) in found.text
    if any(r.status == "to_be_confirmed" for r in book(name).edition.readings.values()):
        waiting = "to be confirmed by the scheme owner" if language == "en" else "待方案所有者确认"
        assert waiting in found.text


@pytest.mark.parametrize("name", NAMES)
def test_sample_criteria_are_marked(client, language, name):
    found = page(client, f"/rulebooks/{name}/")

    sample = any(one.sample for one in book(name).edition.of_kind("criteria").values())
    mark = "sample" if language == "en" else "示例"
    assert (mark in " ".join(found.texts("sample"))) is sample


@pytest.mark.parametrize("name", NAMES)
def test_every_link_into_a_rulebook_leads_to_a_place(client, name):
    ids = set(page(client, f"/rulebooks/{name}/").ids)

    for address in pages_of(name):
        found = page(client, address)
        assert len(found.ids) == len(set(found.ids)), f"an id twice on {address}"
        for link in found.links:
            path, mark, place = link.partition("#")
            if mark and path in ("", f"/rulebooks/{name}/"):
                known = ids if path else set(found.ids)
                assert unquote(place) in known, f"{link} on {address}"


def pages_of(name: str) -> list[str]:
    one = book(name)
    calculators = [
        reverse("calculator", args=[one.scheme, one.number, calculator.name]) + "?ask=1"
        for calculator in calculators_in(one)
    ]
    return [f"/rulebooks/{name}/", f"/rulebooks/{name}/process/", *calculators]


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("name", NAMES)
def test_processes_are_drawn_with_every_step_linked_to_its_clause(client, language, name):
    assert language
    found = page(client, f"/rulebooks/{name}/process/")

    one = book(name)
    assert MISSING not in found.text
    for process in one.edition.of_kind("processes").values():
        for step in process.steps:
            anchor = one.places.anchor(step.clause)
            assert f"/rulebooks/{name}/#{anchor}" in found.links


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("name", NAMES)
def test_calculators_open_in_both_languages(client, language, name):
    assert language
    assert MISSING not in page(client, f"/rulebooks/{name}/calculators/").text
    for calculator in calculators_in(book(name)):
        address = f"/rulebooks/{name}/calculators/{calculator.name}/"
        assert MISSING not in page(client, address).text
        assert MISSING not in page(client, f"{address}?ask=1").text


@pytest.mark.parametrize("name", ["ecpsc/A-0", "ccai/2021"])
def test_the_list_of_calculators_begins_with_what_people_ask_most(client, name):
    scheme, number = name.split("/")
    start = f"/rulebooks/{name}/calculators/"
    found = page(client, start)
    shown = [
        link
        for link in found.links
        if link.startswith(start) and link not in (start, f"{start}?lang=en")
    ]

    first, later = (
        reverse("calculator", args=[scheme, number, one]) for one in ("man_days", "fees")
    )
    assert shown.index(first) < shown.index(later)
    assert sorted(set(shown)) == sorted(
        reverse("calculator", args=[scheme, number, one.name]) for one in calculators_in(book(name))
    )


def test_the_contents_can_be_narrowed_without_javascript(client):
    found = page(client, "/rulebooks/teahouse/1/?find=4.1")

    assert [line.place for line in contents(book("teahouse/1"), "4.1")] == ["4.1"]
    assert found.links.count("#clause-4.1") > found.links.count("#clause-4.2")
    assert "clause-4.2" in found.ids, "the text itself stays whole"


def test_a_question_has_an_address_people_can_guess(client):
    assert client.get("/rulebooks/ecpsc/A-0/calculators/man-days/").status_code == 200
    assert client.get("/rulebooks/ecpsc/A-0/calculators/clock/").status_code == 200


def test_a_scheme_without_edition_means_the_current_one(client):
    assert client.get("/rulebooks/teahouse/").headers["Location"] == "/rulebooks/teahouse/1/"
    assert client.get("/rulebooks/").headers["Location"] == "/"


def test_the_language_ends_with_the_request(client):
    client.get("/?lang=en")

    assert active() == "zh"
