"""``certbody scheme …``: read, check, begin, publish and compare editions of rulebooks."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from certbody.calendars import CHINA, today
from certbody.cli.output import BAD_INPUT, emit, fail, spoken
from certbody.schemes.asking import Circumstances
from certbody.schemes.catalogue import directory_of, listed, rulebook
from certbody.schemes.check import Checked, check, open_parts
from certbody.schemes.diff import Difference, differences
from certbody.schemes.faults import Faults
from certbody.schemes.loader import Rulebook, load, read_scheme
from certbody.schemes.mutate import Mutant, mutants
from certbody.schemes.published import publish as record
from certbody.schemes.shapes import OpenPart
from certbody.schemes.skeleton import write_skeleton
from certbody.words import Language, said

AROUND = Circumstances(CHINA)  # examples ask for no particular day


@click.group()
def scheme() -> None:
    """Rulebooks: list, show, check, begin, publish, compare."""


@scheme.command("list")
@spoken
def list_(*, as_json: bool, lang: Language) -> None:
    """Every edition that can be asked."""
    rows = [
        {
            "scheme": one.scheme.code,
            "edition": one.edition,
            "name": one.scheme.zh if lang == "zh" else one.scheme.en,
            "owner": said(one.scheme.owner.words, lang),
            "current": one.edition == one.scheme.current,
            "published": one.published,
        }
        for one in listed()
    ]
    text = "\n".join(f"{row['scheme']}/{row['edition']}\t{row['name']}" for row in rows)
    emit(rows, text, as_json=as_json)


@scheme.command()
@click.argument("name", metavar="SCHEME[/EDITION]")
@spoken
def show(name: str, *, as_json: bool, lang: Language) -> None:
    """What an edition holds: its sections, their inputs, readings and open parts."""
    book = rulebook(name)
    payload = _shown(book, lang)
    emit(payload, "\n".join(_show_lines(payload)), as_json=as_json)


def _shown(book: Rulebook, lang: Language) -> dict[str, Any]:
    edition = book.edition
    info = edition.info
    return {
        "scheme": edition.scheme.code,
        "edition": info.edition,
        "name": info.zh if lang == "zh" else info.en,
        "owner": said(info.owner.words, lang),
        "effective": info.effective.isoformat(),
        "published": book.published,
        "documents": {key: d.zh if lang == "zh" else d.en for key, d in info.documents.items()},
        "sections": [
            {
                "name": own,
                "kind": kind,
                "title": said(section.words, lang),
                "clause": str(section.clause),
                "inputs": {
                    key: {"name": said(one.words, lang), "type": one.type}
                    for key, one in getattr(section, "inputs", {}).items()
                },
            }
            for subject in edition.subjects.values()
            for kind, own, section in subject.sections()
        ],
        "readings": {
            key: {
                "clause": str(one.clause),
                "question": said(one.question.words, lang),
                "choice": said(one.choice.words, lang),
                "status": one.status,
                "options": list(one.options),
                "chosen": one.chosen,
            }
            for key, one in edition.readings.items()
        },
        "open": [_open_text(part, lang) for part in open_parts(edition)],
        "clauses": len(edition.clauses),
    }


def _open_text(part: OpenPart | str, lang: Language) -> str:
    return part if isinstance(part, str) else f"{part.what}: {said(part.words, lang)}"


def _show_lines(payload: dict[str, Any]) -> Iterator[str]:
    yield f"{payload['scheme']}/{payload['edition']}  {payload['name']}  ({payload['owner']})"
    for section in payload["sections"]:
        yield f"  {section['kind']:<12} {section['name']:<28} {section['title']}"
    yield f"  {len(payload['readings'])} readings, {payload['clauses']} clauses"
    yield from (f"  open: {part}" for part in payload["open"])


@scheme.command("check")
@click.argument("directory", metavar="DIR")
@click.option("--mutate", is_flag=True, help="Change every figure; the examples must notice.")
@spoken
def check_(directory: str, *, mutate: bool, as_json: bool, lang: Language) -> None:
    """Load an edition, run its examples, account for every clause, list what is open."""
    path = directory_of(directory)
    try:
        found = check(path, AROUND)
        tried = list(mutants(load(path), AROUND)) if mutate else []
    except Faults as faults:
        fail(faults, as_json=as_json, lang=lang)
    missed = [mutant for mutant, noticed in tried if not noticed]
    payload = {
        "scheme": read_scheme(path).code,
        "edition": path.resolve().name,
        "ok": not found.faults and not missed,
        "faults": [{"place": fault.place, "message": fault.message} for fault in found.faults],
        "open": [_open_text(part, lang) for part in found.open_parts],
        "sections": found.sections,
        "examples": found.examples,
        "clauses": found.clauses,
        "readings": found.readings,
        "mutants": len(tried) if mutate else None,
        "unnoticed": [str(mutant) for mutant in missed],
    }
    emit(payload, "\n".join(_check_lines(found, len(tried), missed, lang)), as_json=as_json)
    sys.exit(0 if payload["ok"] else BAD_INPUT)


def _check_lines(found: Checked, tried: int, missed: list[Mutant], lang: Language) -> Iterator[str]:
    yield from (f"✕ {fault}" for fault in found.faults)
    yield from (f"○ open: {_open_text(part, lang)}" for part in found.open_parts)
    yield from (f"✕ no example notices {mutant}" for mutant in missed)
    yield (
        f"{found.sections} sections, {found.examples} examples, {found.clauses} clauses, "
        f"{found.readings} readings: {len(found.faults)} faults"
    )
    if tried:
        yield f"{tried} changes tried, {tried - len(missed)} noticed"


@scheme.command()
@click.argument("code", metavar="SCHEME")
@click.argument("edition")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default="schemes")
@spoken
def new(code: str, edition: str, into: Path, *, as_json: bool, lang: Language) -> None:
    """Begin an edition: copy a commented skeleton to fill in."""
    written = write_skeleton(into, code, edition)
    told = "已建立" if lang == "zh" else "made"
    emit(
        {"scheme": code, "edition": edition, "files": [str(path) for path in written]},
        "\n".join(f"{told} {path}" for path in written),
        as_json=as_json,
    )


@scheme.command()
@click.argument("directory", metavar="DIR")
@click.option("--approved-by", required=True, help="another person than the author")
@click.option("--on", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="today if left out")
@spoken
def publish(
    directory: str, approved_by: str, on: datetime | None, *, as_json: bool, lang: Language
) -> None:
    """Freeze an edition by the hash of each file; from then on any change is a fault."""
    path = directory_of(directory)
    found = check(path, AROUND)
    if found.faults:
        raise Faults(found.faults)
    day = on.date() if on else today()
    author = load(path).edition.info.author
    number = record(path, author=author, approver=approved_by, on=day)
    told = f"已发布，{number} 个文件" if lang == "zh" else f"published, {number} files"
    payload = {"scheme": read_scheme(path).code, "edition": path.resolve().name, "files": number}
    emit(payload, told, as_json=as_json)


@scheme.command()
@click.argument("old")
@click.argument("new")
@click.option("--words", is_flag=True, help="Also where only the wording differs.")
@spoken
def diff(old: str, new: str, *, words: bool, as_json: bool, lang: Language) -> None:  # noqa: ARG001  texts are the rulebooks'
    """Where two editions differ, place by place."""
    found = [d for d in differences(rulebook(old), rulebook(new)) if words or not d.wording]
    rows = [
        {
            "sign": d.sign,
            "file": d.file,
            "place": d.place,
            "clause": d.clause,
            "was": d.was,
            "now": d.now,
        }
        for d in found
    ]
    emit(rows, "\n".join(_diff_line(d) for d in found), as_json=as_json)


def _diff_line(one: Difference) -> str:
    cite = f"  [{one.clause}]" if one.clause else ""
    change = " → ".join("—" if text is None else text for text in (one.was, one.now))
    return f"{one.sign} {one.file}: {one.place}: {change}{cite}"
