"""Whatever an address carries: a message or a page that says so, never a fault of the program."""

from urllib.parse import quote

import pytest

from certbody.rulebooks.calculable import asked_most
from certbody.rulebooks.forms.specs import specs_of
from certbody.rulebooks.library import readable
from tests.rulebooks.shelf import NAMES

SCRIPT = "<script>alert(1)</script>\"'><svg onload=alert(2)>"
TEXTS = (
    SCRIPT,
    "x" * 20_000,
    "9" * 41,
    "1000000000000",
    "-1",
    "1.5",
    "1/0",
    "nan",
    "1e9999",
    "３０%",
    "95",
    "2024-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-01-31T09:00:00+25:00",
    "\x00",
    "\ud7ff\u202e",
    "{{ 7*7 }}",
    "%(what)s {name}",
    " ",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_calculator_stumbles(client, name, text):
    book = next(one for one in readable() if one.name == name)
    for calculator in asked_most(book):
        query = {"ask": "1", "with": text, "rest": text}
        for spec in specs_of(calculator):
            query[spec.parameter] = text
            query |= {f"{spec.parameter}.1.{column.name}": text for column in spec.columns}
        response = client.get(f"/rulebooks/{name}/calculators/{calculator.name}/", query)

        assert response.status_code == 200, calculator.name
        assert "<script>alert" not in response.text
        assert "<svg onload" not in response.text


@pytest.mark.parametrize("address", ["/rulebooks/teahouse/1/?find=", "/?lang="])
def test_text_is_shown_as_text(client, address):
    assert SCRIPT not in client.get(address + quote(SCRIPT)).text


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/rulebooks/nobody/1/",
        "/rulebooks/teahouse/9/",
        "/rulebooks/teahouse/9/process/",
        "/rulebooks/teahouse/9/calculators/brewing_days/",
        "/rulebooks/teahouse/1/calculators/nothing/",
        "/rulebooks/teahouse/1/calculators/cups/",
        "/rulebooks/nobody/",
        "/rulebooks/../../etc/passwd",
        "/rulebooks/%2e%2e/%2e%2e/",
        "/rulebooks/teahouse/%00/",
        "/rulebooks/compare/?a=teahouse/9",
        "/rulebooks/compare/?b=" + quote(SCRIPT),
        "/rulebooks/" + "x" * 5000 + "/1/",
    ],
)
def test_what_does_not_exist_gets_a_page_in_the_look(client, path, language):
    response = client.get(path)

    assert response.status_code == 404
    assert 'class="masthead"' in response.text
    assert ("There is no such page" if language == "en" else "没有这个页面") in response.text


def test_far_too_many_fields_are_a_bad_request(client):
    address = "/rulebooks/teahouse/1/calculators/brewing_days/?" + "&".join(
        f"a{number}=1" for number in range(10_002)
    )
    response = client.get(address)

    assert response.status_code == 400
    assert "无法识别该地址" in response.text


def test_rows_without_end_are_cut(client):
    query = {f"rooms.{number}.area": "1" for number in range(2_000)}
    response = client.get("/rulebooks/teahouse/1/calculators/brewing_days/", {"seats": 1, **query})

    assert response.status_code == 200
    assert response.text.count('name="rooms.') < 400


@pytest.mark.parametrize("path", ["/", "/rulebooks/teahouse/1/", "/calculators/"])
def test_pages_are_only_read(client, path):
    assert client.post(path).status_code in {403, 405}
    assert client.head(path).status_code == 200
