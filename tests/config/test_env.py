"""Settings from the environment: a text that does not fit stops the program with a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from certbody.config import env


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("YES", True), ("1", True), ("no", False), ("0", False)]
)
def test_a_switch_is_read(monkeypatch, text, value):
    monkeypatch.setenv("CERTBODY_X", text)
    assert env.flag("CERTBODY_X", default=not value) is value


def test_without_a_variable_the_default_counts(monkeypatch):
    monkeypatch.delenv("CERTBODY_X", raising=False)
    assert env.flag("CERTBODY_X", default=True) is True
    assert env.text("CERTBODY_X", "a") == "a"
    assert env.names("CERTBODY_X", ("a", "b")) == ["a", "b"]


@pytest.mark.parametrize("text", ["", "ture", "on", "2"])
def test_a_misspelt_switch_is_no_default(monkeypatch, text):
    monkeypatch.setenv("CERTBODY_X", text)
    with pytest.raises(ImproperlyConfigured, match=r"CERTBODY_X .* must be true or false"):
        env.flag("CERTBODY_X", default=False)


def test_names_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("CERTBODY_X", " a.example , b.example,")
    assert env.names("CERTBODY_X", ()) == ["a.example", "b.example"]


@pytest.mark.parametrize("text", ["", " , "])
def test_empty_texts_are_faults(monkeypatch, text):
    monkeypatch.setenv("CERTBODY_X", text)
    with pytest.raises(ImproperlyConfigured, match="CERTBODY_X"):
        env.names("CERTBODY_X", ("a",))
    monkeypatch.setenv("CERTBODY_X", " ")
    with pytest.raises(ImproperlyConfigured, match="must be some text"):
        env.text("CERTBODY_X", "a")


def test_a_directory_may_be_missing_but_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("CERTBODY_X", str(tmp_path / "later"))
    assert env.directory("CERTBODY_X", "data") == Path(tmp_path / "later").resolve()

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CERTBODY_X", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="must be a directory"):
        env.directory("CERTBODY_X", "data")


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://post.example", env.MailServer("post.example", 25, "", "", "")),
        ("smtps://post.example", env.MailServer("post.example", 465, "", "", "tls")),
        (
            "smtp+starttls://me%40x:a%3Ab@post.example:2525",
            env.MailServer("post.example", 2525, "me@x", "a:b", "starttls"),
        ),
    ],
)
def test_a_mail_server_is_one_url(monkeypatch, text, server):
    monkeypatch.setenv("CERTBODY_X", text)
    assert env.mail_server("CERTBODY_X") == server


@pytest.mark.parametrize(
    "text",
    ["", "post.example", "http://h", "smtp://", "smtp://h:x", "smtp://h:99999", "smtp://h/a"],
)
def test_what_is_no_mail_server_is_told_without_its_password(monkeypatch, text):
    monkeypatch.setenv("CERTBODY_X", text.replace("//h", "//me:secret@h"))
    with pytest.raises(ImproperlyConfigured, match=r"CERTBODY_X .* must be smtp") as told:
        env.mail_server("CERTBODY_X")
    assert "me:secret@h" not in str(told.value)
