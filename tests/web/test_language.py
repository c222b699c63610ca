"""Chinese first, English by the switch, and the switch loses nothing of the address."""

import pytest
from django.test import RequestFactory

from certbody.web.language import switched


def language_of(response):
    return response.headers["Content-Language"]


def test_chinese_comes_first_whatever_the_browser_prefers(client):
    response = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})

    assert language_of(response) == "zh-hans"
    assert '<html lang="zh-Hans">' in response.text


def test_the_switch_is_remembered(client):
    assert language_of(client.get("/?lang=en")) == "en"
    assert '<html lang="en">' in client.get("/").text
    assert language_of(client.get("/?lang=zh")) == "zh-hans"
    assert language_of(client.get("/")) == "zh-hans"


@pytest.mark.parametrize("wrong", ["de", "zh-TW", "", "<b>", "en "])
def test_another_language_is_no_switch(client, wrong):
    response = client.get("/", {"lang": wrong})

    assert language_of(response) == "zh-hans"
    assert not response.cookies


def test_a_broken_cookie_is_chinese(client):
    client.cookies["certbody_language"] = "klingon"

    assert language_of(client.get("/")) == "zh-hans"


def test_the_switch_keeps_everything_else():
    request = RequestFactory().get("/calculators/?a=1&b=%E8%8C%B6&b=2&lang=zh")

    assert switched(request, "en") == "/calculators/?a=1&b=%E8%8C%B6&b=2&lang=en"


def test_pages_differ_by_cookie(client):
    assert "Cookie" in client.get("/").headers["Vary"]
