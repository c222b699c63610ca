"""Rulebooks are loaded once, again when a file changes, and shown as faulty when they are."""

import shutil

import pytest

from certbody.rulebooks.library import NotThere, book_of
from certbody.schemes.faults import Faults
from tests.rulebooks.shelf import DIRECTORIES


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A copy of a scheme that a test may change."""
    home = tmp_path / "schemes" / "own"
    shutil.copytree(DIRECTORIES["teahouse/1"].parent, home)
    text = (home / "scheme.yaml").read_text(encoding="utf-8")
    (home / "scheme.yaml").write_text(text.replace("code: teahouse", "code: own"), "utf-8")
    monkeypatch.setenv("CERTBODY_SCHEMES", str(home.parent))
    return home / "1"


@pytest.mark.usefixtures("own")
def test_a_rulebook_is_loaded_once():
    assert book_of("own", "1") is book_of("own", "1")


def test_a_changed_file_is_read_again(own, client):
    book_of("own", "1")
    file = own / "audit.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("审查人日", "到店人日"), "utf-8")

    assert "到店人日" in client.get("/rulebooks/own/1/").text


@pytest.mark.usefixtures("own")
def test_licensed_criteria_take_the_place_of_samples(tmp_path, client):
    assert "示例准则" in client.get("/rulebooks/own/1/").text

    home = tmp_path / "criteria" / "own" / "1"
    home.mkdir(parents=True)
    (home / "cups.yaml").write_text(
        'clause: "3.3"\nzh: 正版指标\nen: licensed\ntree:\n'
        '  - {id: tea, clause: "3.3", zh: 茶, en: tea, points: 60, parts: '
        '[{id: tea-water, clause: "3.3", zh: 水, en: water, points: 60}]}\n'
        '  - {id: house, clause: "3.3", zh: 馆, en: house, points: 40}\n',
        "utf-8",
    )

    text = client.get("/rulebooks/own/1/").text
    assert "正版指标" in text
    assert "示例准则" not in text


def test_a_faulty_rulebook_says_what_is_wrong_and_stops_no_other(own, client):
    (own / "audit.yaml").write_text("subject: audit\nzh: 审\nen: a\nwrong: 1\n", "utf-8")

    page = client.get("/rulebooks/own/1/")
    assert page.status_code == 503
    assert "audit.yaml" in page.text
    assert str(own) not in page.text, "a visitor learns nothing of the server's directories"
    first = client.get("/")
    assert first.status_code == 200
    assert "暂不可用" in first.text
    with pytest.raises(Faults):
        book_of("own", "1")


def test_a_faulty_scheme_file_is_told_too(own, client):
    (own.parent / "scheme.yaml").write_text("code: own\n", "utf-8")

    for address in ("/", "/calculators/", "/rulebooks/compare/", "/rulebooks/own/"):
        assert client.get(address).status_code == 503


@pytest.mark.parametrize("name", [("nobody", "1"), ("teahouse", "9"), ("teahouse", ".."), ("", "")])
def test_what_is_not_there_is_not_there(name):
    with pytest.raises(NotThere):
        book_of(*name)
