"""``certbody criteria …``: the body's licensed criteria, by Excel in and out."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from certbody.cli.output import emit, spoken
from certbody.rules.criteria import CriteriaSet
from certbody.rules.terms import Note
from certbody.schemes.catalogue import directory_of, rulebook
from certbody.schemes.loader import Rulebook, load
from certbody.sheets import export, fits, read, template, write_licensed
from certbody.words import Language, said, sentence
from certbody.words.rendering import plain_note

Sets = Mapping[str, CriteriaSet]
DONE = {
    "template": {"zh": "空白模板", "en": "template"},
    "export": {"zh": "已导出", "en": "exported"},
    "import": {"zh": "已导入", "en": "imported"},
    "checked": {"zh": "检查通过，未导入", "en": "checked, not imported"},
}
SCHEME = click.argument("scheme", metavar="SCHEME[/EDITION]")
FILE = click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
SET = click.option("--set", "only", metavar="NAME", help="Only this set of criteria.")
OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace FILE.xlsx if it exists.")


@click.group()
def criteria() -> None:
    """Criteria by Excel: a template to fill in, import with checks, export.

    A workbook holds one sheet for each set of criteria of the edition, named like the set,
    and a sheet of instructions; --set takes a single set. What is imported is kept in the
    body's data directory (CERTBODY_DATA) and takes the place of the shipped sample.
    """


@criteria.command("template")
@SCHEME
@FILE
@SET
@OVERWRITE
@spoken
def template_(
    scheme: str, file: Path, only: str | None, *, overwrite: bool, as_json: bool, lang: Language
) -> None:
    """Write a workbook to fill in: headings, lists to choose from, instructions."""
    book = load(directory_of(scheme))
    sets = _sets(book, only)
    template(sets, file, overwrite=overwrite)
    _report(book, "template", _rows(sets, lang), file=file, as_json=as_json, lang=lang)


@criteria.command("export")
@SCHEME
@FILE
@SET
@OVERWRITE
@spoken
def export_(
    scheme: str, file: Path, only: str | None, *, overwrite: bool, as_json: bool, lang: Language
) -> None:
    """Write the criteria in force, imported or shipped, as a workbook."""
    book = rulebook(scheme)
    sets = _sets(book, only)
    export(sets, file, overwrite=overwrite)
    notes = _sample_notes(sets, "sample_criteria")
    _report(book, "export", _rows(sets, lang), notes, file=file, as_json=as_json, lang=lang)


@criteria.command("import")
@SCHEME
@FILE
@SET
@click.option("--dry-run", is_flag=True, help="Check the workbook and import nothing.")
@spoken
def import_(
    scheme: str, file: Path, only: str | None, *, dry_run: bool, as_json: bool, lang: Language
) -> None:
    """Read a workbook; import it only if no row of any sheet is faulty."""
    directory = directory_of(scheme)
    book = load(directory)
    sets = read(file, _sets(book, only))
    fits(sets, directory)
    kept = {} if dry_run else {n: write_licensed(one, n, directory) for n, one in sets.items()}
    rows = [{**row, "kept": str(kept[row["name"]]) if kept else None} for row in _rows(sets, lang)]
    done = "checked" if dry_run else "import"
    notes = _sample_notes(sets, "imported_as_sample")
    _report(book, done, rows, notes, file=file, as_json=as_json, lang=lang)


def _sets(book: Rulebook, only: str | None) -> Sets:
    """Return the edition's sets, or the one that is wanted."""
    sets: Sets = book.edition.of_kind("criteria")
    if not sets:
        raise click.UsageError(f"{book.name} has no criteria")
    if only is None:
        return sets
    if only not in sets:
        raise click.UsageError(f"{book.name} has no set '{only}'; sets: {', '.join(sets)}")
    return {only: sets[only]}


def _rows(sets: Sets, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": said(one.words, lang),
            "criteria": str(len(one.leaves())),
            "sample": one.sample,
        }
        for name, one in sets.items()
    ]


def _sample_notes(sets: Sets, code: str) -> list[Note]:
    return [Note(code, {"what": one.words}, one.clause) for one in sets.values() if one.sample]


def _report(
    book: Rulebook,
    done: str,
    rows: list[dict[str, Any]],
    notes: list[Note] | None = None,
    *,
    file: Path,
    as_json: bool,
    lang: Language,
) -> None:
    payload = {
        "scheme": book.edition.scheme.code,
        "edition": book.edition.info.edition,
        "value": str(sum(int(row["criteria"]) for row in rows)),
        "unit": "criterion",
        "steps": [],
        "refusals": [],
        "warnings": [plain_note(note, lang) for note in notes or ()],
        "file": str(file),
        "sets": rows,
    }
    emit(payload, "\n".join(_lines(payload, DONE[done][lang], lang)), as_json=as_json)


def _lines(payload: Mapping[str, Any], done: str, lang: Language) -> Iterator[str]:
    yield f"{done} · {payload['scheme']}/{payload['edition']} · {payload['file']}"
    unit = sentence("unit:criterion", {}, lang)
    for row in payload["sets"]:
        kept = f"  → {row['kept']}" if row.get("kept") else ""
        yield f"  {row['name']}: {row['criteria']} {unit}  {row['title']}{kept}"
    yield from (f"  ! {note['message']}" for note in payload["warnings"])
