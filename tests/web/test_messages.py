"""The Chinese of the pages: complete, compiled, and true to the facts each sentence names."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from scripts.messages import (
    CATALOGUE,
    SOURCES,
    apps,
    in_use,
    known,
    mo_bytes,
    po_bytes,
    renewed,
    untranslated,
)

RENEW = "run .venv/bin/python scripts/messages.py and fill in what it names"
FACT = re.compile(r"%\((\w+)\)s")
NAMES = {"English", "%", "ISO/IEC 17067, type %(type)s"}  # the same in every language


@pytest.fixture(scope="module", params=apps())
def app(request):
    return request.param


@pytest.fixture(scope="module")
def catalogue(app):
    return renewed(in_use(app), known(app))


def test_every_message_has_its_chinese(catalogue):
    assert untranslated(catalogue) == [], RENEW


def test_the_catalogue_holds_what_is_in_use_and_nothing_else(app, catalogue):
    assert po_bytes(catalogue) == (SOURCES / app / CATALOGUE).read_bytes(), RENEW


def test_the_compiled_catalogue_is_that_of_the_words(app):
    path = SOURCES / app / CATALOGUE
    with path.open("rb") as file:
        words = read_po(file, locale="zh_Hans")
    compiled = path.with_suffix(".mo")
    assert mo_bytes(words) == compiled.read_bytes(), RENEW
    with compiled.open("rb") as file:
        assert {id_of(one) for one in read_mo(file)} == {id_of(one) for one in words}


def id_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else " | ".join(message.id)


def test_both_languages_name_the_same_facts(catalogue):
    for message in catalogue:
        if message.id:
            english = message.id[-1] if isinstance(message.id, tuple | list) else message.id
            chinese = message.string[0] if isinstance(message.string, tuple) else message.string
            assert set(FACT.findall(english)) == set(FACT.findall(chinese)), english


def test_chinese_is_written_in_chinese(catalogue):
    for message in catalogue:
        words = message.string[0] if isinstance(message.string, tuple) else message.string
        if message.id and message.id not in NAMES:
            assert re.search(r"[\u3001-\u9fff\uff00-\uffef]", words), message.id


def test_the_same_words_have_the_same_chinese_in_every_app():
    """All catalogues are read as one: of two translations whoever is read first would win."""
    chinese: dict[str, dict[str, str]] = {}
    for app in apps():
        for message in known(app):
            if message.id:
                chinese.setdefault(id_of(message), {})[app] = str(message.string)
    assert {words: own for words, own in chinese.items() if len(set(own.values())) > 1} == {}
