"""The body's licensed copy: kept where the edition looks for it, readable, and whole."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from certbody.rules.criteria import CriteriaSet
from certbody.rules.terms import BadInput
from certbody.schemes import catalogue
from certbody.schemes.catalogue import directory_of, licensed_criteria, rulebook
from certbody.schemes.loader import load
from certbody.schemes.validation import shaped
from certbody.schemes.yaml_files import read_file
from certbody.sheets import fits, write_licensed
from certbody.sheets.plain_yaml import yaml_of
from tests.sheets.books import faults_of
from tests.sheets.sets import criteria_sets


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("CERTBODY_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def licensed(name, **changed):
    """A shipped set as if it were the body's own."""
    sets = load(directory_of(name)).edition.of_kind("criteria")
    return {key: one.model_copy(update={"sample": False, **changed}) for key, one in sets.items()}


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_the_licensed_copy_takes_the_place_of_the_sample(scheme, data):
    sets = licensed(scheme, zh="正版准则", en="Licensed criteria")
    directory = directory_of(scheme)

    kept = [write_licensed(one, name, directory) for name, one in sets.items()]

    assert [path.parent for path in kept] == [data / "criteria" / scheme / directory.name] * len(
        sets
    )
    assert rulebook(scheme).edition.of_kind("criteria") == sets
    assert [one.name for one in kept[0].parent.iterdir()] == sorted(one.name for one in kept)


def test_the_next_import_replaces_the_last():
    directory = directory_of("ecpsc")
    ((name, one),) = licensed("ecpsc").items()
    for title in ("第一次", "第二次"):
        write_licensed(one.model_copy(update={"zh": title}), name, directory)

    assert licensed_criteria(directory)[name].zh == "第二次"


@given(criteria_sets())
@settings(max_examples=100)
def test_any_set_is_kept_and_read_again(tmp_path_factory, criteria):
    path = tmp_path_factory.mktemp("kept") / "any.yaml"
    path.write_text(yaml_of(criteria), encoding="utf-8")

    assert shaped(CriteriaSet, read_file(path)) == criteria


def test_it_is_written_for_people():
    (one,) = licensed("ecpsc").values()
    lines = yaml_of(one).splitlines()

    assert '          - {id: 5.1.1.2, points: 1.5, clause: "GB/T 27922-2011: 5.1.1",' in lines
    assert "             zh: 最高管理层中有一人分管售后服务，任命文件可查," in lines
    assert not any("\\u" in line for line in lines)
    assert max(map(len, lines)) < 160


def test_a_set_with_which_the_rulebook_would_not_load_is_refused(monkeypatch, tmp_path):
    home = tmp_path / "shelf" / "guests" / "1"
    home.mkdir(parents=True)
    (home.parent / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    for name, content in (("edition", EDITION), ("scoring", SCORING)):
        (home / f"{name}.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(catalogue, "shipped_root", lambda: tmp_path / "shelf")
    (one,) = load(home).edition.of_kind("criteria").values()
    other = one.tree[0].model_copy(update={"id": "X"})

    fits({"welcome": one}, home)
    with pytest.raises(BadInput) as bad:
        fits({"welcome": one.model_copy(update={"tree": (other,)})}, home)

    ((where, message),) = faults_of(bad.value)
    assert where == "welcome"
    assert message.startswith("does not fit the rulebook: ")
    assert "'A'" in message


def test_a_set_too_large_to_be_read_again_is_refused():
    ((name, one),) = licensed("ecpsc").items()
    leaf = one.leaves()[0]
    long = tuple(leaf.model_copy(update={"id": f"n{n}", "zh": "长" * 1900}) for n in range(400))

    with pytest.raises(BadInput) as bad:
        write_licensed(one.model_copy(update={"tree": long}), name, directory_of("ecpsc"))

    assert faults_of(bad.value) == [
        (name, "more than 1 MB of content cannot be kept; shorten the texts")
    ]


def test_a_directory_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "data").write_text("a file where a directory should be")
    ((name, one),) = licensed("ecpsc").items()

    with pytest.raises(BadInput) as bad:
        write_licensed(one, name, directory_of("ecpsc"))

    ((where, message),) = faults_of(bad.value)
    assert Path(where).name == f"{name}.yaml"
    assert message.startswith("cannot be written: ")


SCHEME = """
code: guests
zh: 接待
en: Guests
owner: {zh: 甲, en: A}
type: "6"
current: "1"
"""
EDITION = """
subject: edition
zh: 版本
en: Edition
edition:
  clause: "1"
  zh: 接待
  en: Guests
  edition: "1"
  owner: {zh: 甲, en: A}
  effective: 2026-01-01
  author: 甲
  checked: 2026-01-01
"""
SCORING = """
subject: scoring
zh: 评分
en: Scoring
criteria:
  welcome:
    clause: "2"
    zh: 接待
    en: Welcome
    tree: [{id: A, clause: "2", zh: 问候, en: Hello, points: 1}]
scoring:
  score:
    clause: "3"
    zh: 得分
    en: Score
    unit: point
    full: 100
    components: [{id: all, clause: "3", zh: 全部, en: All, criteria: welcome, under: [A]}]
    exclusions: true
    samples: proportional
    rounding: exact
"""
