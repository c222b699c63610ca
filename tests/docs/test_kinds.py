"""docs/kinds tells the truth: its files load, their examples hold, its tables are the program's."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

import certbody.rules
import certbody.schemes
from certbody.calendars import CHINA
from certbody.rules.operators import LIST_OPERATORS, OPERATORS
from certbody.rules.sums import AMOUNTS
from certbody.rules.terms import BadInput, Cited, Refused, Shape
from certbody.rules.terms import Row as CitedRow
from certbody.rules.terms import Section as TitledSection
from certbody.schemes.asking import Circumstances, ask_edition
from certbody.schemes.check import check
from certbody.schemes.facets import FACETS
from certbody.schemes.loader import load, under
from certbody.schemes.questions import QUESTIONS
from certbody.schemes.shapes import KINDS
from certbody.words import plain
from tests.docs.pages import PAGES, Block, Table, blocks, tables

AROUND = Circumstances(CHINA)
COMMON = {"value", "unit", "steps", "refusals", "warnings"}
BASES = (Cited, CitedRow, TitledSection)


@pytest.fixture(scope="module")
def editions(tmp_path_factory) -> dict[str, Path]:
    """Every file shown, laid beside the scheme and the edition of the first page."""
    shown = blocks()
    scheme = next(block for block in shown if "code" in block.content)
    edition = next(block for block in shown if "edition" in block.content)
    made = {}
    for block in shown:
        home = tmp_path_factory.mktemp("teahouse")
        (home / "scheme.yaml").write_text(scheme.text, encoding="utf-8")
        (home / "1").mkdir()
        (home / "1" / "edition.yaml").write_text(edition.text, encoding="utf-8")
        name = block.content.get("subject")
        if name is not None:
            (home / "1" / f"{name}.yaml").write_text(block.text, encoding="utf-8")
        made[str(block)] = home / "1"
    return made


@pytest.mark.requirement("P-R3")
@pytest.mark.parametrize("block", blocks(), ids=str)
def test_every_file_shown_checks_out(editions, block: Block):
    faults = check(editions[str(block)], AROUND).faults
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("page", [page.stem for page in PAGES if page.stem != "README"])
def test_every_page_shows_several_files_with_examples(page):
    own = [block for block in blocks() if block.page == page]
    assert len(own) >= 2
    assert all(block.content.get("examples") for block in own)


def test_every_kind_has_its_page():
    named = {page.stem for page in PAGES}
    assert set(KINDS) - named == set()


# tables of keys


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


@cache
def shapes() -> Mapping[str, type[Shape]]:
    """Every shape of the program, by name."""
    held = [*modules(certbody.rules), *modules(certbody.schemes)]
    return {
        name: one
        for module in held
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, Shape) and one is not Shape
    }


def told_elsewhere(shape: type[Shape]) -> set[str]:
    """The keys of a shape that another table has: those of every row, section or range."""
    documented = {shapes()[table.about] for table in tables("keys")}
    return {name for base in shape.__mro__[1:] if base in documented for name in base.model_fields}


def keys_of(shape: type[Shape]) -> dict[str, str]:
    """A shape's own keys as YAML writes them, with the names of its fields."""
    left_out = told_elsewhere(shape)
    return {
        field.alias or name: name
        for name, field in shape.model_fields.items()
        if name not in left_out
    }


KEYS = list(tables("keys"))


def about(table: Table) -> str:
    return f"{table.page}-{table.about}"


@pytest.mark.parametrize("table", KEYS, ids=about)
def test_a_table_names_every_key_and_no_other(table: Table):
    assert sorted(table.names) == sorted(keys_of(shapes()[table.about]))


@pytest.mark.parametrize("table", KEYS, ids=about)
def test_a_table_says_what_is_needed(table: Table):
    shape = shapes()[table.about]
    keys = keys_of(shape)
    for row in table.rows:
        needed = {shape.model_fields[keys[name]].is_required() for name in row.names}
        assert needed == {row.cells[1] == "needed"}, row.names


@pytest.mark.parametrize("table", KEYS, ids=about)
def test_a_table_lists_every_value_of_a_closed_list(table: Table):
    shape = shapes()[table.about]
    keys = keys_of(shape)
    for row in table.rows:
        for name in row.names:
            for value in literals(shape.model_fields[keys[name]].annotation):
                shown = str(value).lower() if isinstance(value, bool) else value
                assert f"`{shown}`" in row.cells[2], (name, value)


def literals(annotation: Any) -> Iterator[Any]:
    """Every value of a closed list inside an annotation."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in {tuple, Union}:
        for inner in get_args(annotation):
            yield from literals(inner)


def test_every_shape_with_keys_of_its_own_has_a_table():
    documented = {table.about for table in KEYS}
    lacking = {name for name, shape in shapes().items() if name not in documented}
    assert {name for name in lacking if keys_of(shapes()[name])} == {"Length"}


def test_no_table_is_there_twice():
    names = [table.about for table in KEYS]
    assert sorted(names) == sorted(set(names))


# other tables


def only(kind: str) -> Table:
    (table,) = tables(kind)
    return table


def test_every_test_of_a_condition_is_shown():
    joins = {"all", "any", "not", "some_of", "count", "given"}
    assert sorted(only("conditions").names) == sorted({*OPERATORS, *LIST_OPERATORS, *joins})


def test_every_amount_of_a_line_is_shown():
    assert sorted(only("amounts").names) == sorted(AMOUNTS)


def test_the_commands_ask_the_sections_that_are_shown():
    shown = {
        row.names[0].split()[-1].replace("-", "_"): tuple(
            cell.replace("`", "") for cell in row.cells
        )
        for row in only("questions").rows
    }
    kinds = {name: (own, ", ".join(more) or "–") for name, (own, more) in QUESTIONS.items()}
    assert shown == kinds


def test_every_question_about_the_edition_is_named():
    text = (PAGES[0].parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in FACETS if f"`{name}`" not in text] == []


# answers


def answers(edition: Path, kind: str) -> Iterator[Mapping[str, Any]]:
    """Each answer that the examples of an edition get from sections of a kind."""
    book = load(edition)
    for subject in book.edition.subjects.values():
        for example in subject.examples:
            found = book.edition.find(example.ask)
            if found is None or found[0] != kind:
                continue
            try:
                given = example.given
                asked = under(book, example.under)
                yield plain(ask_edition(asked, example.ask, given, AROUND), "en")
            except (Refused, BadInput):
                continue


@pytest.mark.parametrize("table", list(tables("answer")), ids=about)
def test_a_page_shows_every_key_of_an_answer(editions, table: Table):
    kind = table.about
    own = [editions[str(block)] for block in blocks() if block.page == table.page]
    keys = {key for edition in own for answer in answers(edition, kind) for key in answer}
    assert sorted(keys - COMMON) == sorted(table.names)


def test_every_kind_shows_its_answer():
    assert sorted(table.about for table in tables("answer")) == sorted(KINDS)
