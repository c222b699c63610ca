"""Pages are tested on every rulebook: those that ship, and two that no page was made for."""

import pytest

from tests.rulebooks.shelf import ADDED


@pytest.fixture(autouse=True)
def _shelf(monkeypatch, tmp_path):
    monkeypatch.setenv("CERTBODY_SCHEMES", ADDED)
    monkeypatch.setenv("CERTBODY_DATA", str(tmp_path))


@pytest.fixture(params=["zh", "en"])
def language(request, client):
    """Both languages, one after the other."""
    client.cookies["certbody_language"] = request.param
    return request.param
