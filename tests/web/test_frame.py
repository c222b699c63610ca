"""What every page has: its look, safe headers, and error pages that are made the same way."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from certbody.config import urls
from certbody.web.doors import public
from certbody.web.health import healthz

STATIC = Path(finders.find("look/look.css") or "").parent


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(request.path)


def takes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


urlpatterns = [
    path("breaks", public(breaks)),
    path("forbids", forbids),
    path("takes", takes),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.mark.parametrize(
    ("address", "status", "chinese", "english"),
    [
        ("/breaks", 500, "程序出错", "The program made a mistake"),
        ("/forbids", 403, "不允许", "Not allowed"),
        ("/nowhere", 404, "没有这个页面", "There is no such page"),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_faults_have_pages_in_the_look(address, status, chinese, english):
    client = Client(raise_request_exception=False)
    for language, words in (("zh", chinese), ("en", english)):
        response = client.get(address, {"lang": language})
        assert response.status_code == status
        assert words in response.text
        assert 'class="masthead"' in response.text


@override_settings(ROOT_URLCONF=__name__)
def test_a_form_from_elsewhere_is_refused_in_the_look():
    response = Client(enforce_csrf_checks=True).post("/takes", {"a": "1"})

    assert response.status_code == 403
    assert "表单已失效" in response.text


def test_a_host_that_is_not_ours_is_a_bad_request(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "无法识别该地址" in response.text


def test_the_program_tells_that_it_is_up(client):
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert healthz.__doc__


def test_headers_keep_a_page_to_itself(client):
    headers = client.get("/").headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def templates() -> list[Path]:
    found = sorted(STATIC.parents[2].rglob("templates/**/*.html"))
    assert found
    return found


@pytest.mark.parametrize("file", templates(), ids=lambda file: file.name)
def test_templates_hold_no_style_and_no_script(file):
    text = file.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text
    assert "autoescape off" not in text


@pytest.mark.django_db  # closing a response looks at the connection, if an earlier test left one
def test_static_files_are_named_by_their_content(client):
    text = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)

    assert addresses
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{10}$", address)
        response = client.get(address)
        response.close()
        assert response.status_code == 200
        assert "max-age=3600" in response.headers["Cache-Control"]


def test_styles_load_nothing_from_elsewhere():
    for file in STATIC.glob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(" not in text


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_ink_can_be_read_on_every_paper():
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", (STATIC / "look.css").read_text()))

    for ink in ("ink", "ink-2", "link", "seal", "ok", "wait", "off"):
        for paper in ("paper", "sheet"):
            assert contrast(tokens[ink], tokens[paper]) >= 4.5, (ink, paper)
    for tone in ("seal", "ok", "wait", "off", "link"):
        assert contrast(tokens[tone], tokens[f"{tone}-wash"]) >= 4.5, tone
    assert contrast(tokens["edge"], tokens["sheet"]) >= 3, "borders of fields"
