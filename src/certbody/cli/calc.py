"""``certbody calc …``: ask a rulebook for a figure, a grade, a date; it answers with clauses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import click

from certbody.calendars import CHINA, today
from certbody.cli.inputs import (
    dated,
    day_of,
    given_only,
    joined,
    option,
    pairs,
    percent,
    read_json,
)
from certbody.cli.output import emit, fail, spoken
from certbody.cli.telling import told
from certbody.rules.terms import BadInput, Note, Refused
from certbody.schemes.asking import Circumstances
from certbody.schemes.catalogue import rulebook
from certbody.schemes.faults import Faults
from certbody.schemes.loader import Rulebook
from certbody.schemes.questions import answered, section_for
from certbody.words import plain

Options = Mapping[str, Any]


@click.group()
def calc() -> None:
    """Compute what a rulebook says, with every step and clause."""


def asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what every question has: the scheme, readings, the day, the language."""
    command = spoken(command)
    command = option(
        "--on", metavar="DATE", help="The day the question is asked for; today if left out."
    )(command)
    command = click.option(
        "--reading", "readings", multiple=True, metavar="ID=OPTION", help="Choose another reading."
    )(command)
    return click.argument("scheme")(command)


def reply(
    scheme: str,
    kind: str,
    facts: Callable[[Rulebook, str], dict[str, Any]],
    options: Options,
    *assumed: str,
) -> None:
    """Put the question, print the answer; every "no" is printed with all its reasons.

    What is ``assumed``, since nobody gave it, is not told to be unused.
    """
    as_json, lang = bool(options["as_json"]), options["lang"]
    book = None
    try:
        book = rulebook(scheme, override=pairs(options["readings"]))
        name = section_for(book, kind)
        answer = answered(book, name, facts(book, name), _around(options["on"]))
    except (Refused, BadInput, Faults) as error:
        code, edition = _named(book)
        fail(error, as_json=as_json, lang=lang, scheme=code, edition=edition)
    unused = [Note("input_not_used", {"name": name}) for name in assumed]
    notes = [note for note in answer.warnings if note not in unused]
    payload = payload_of(book, plain(replace(answer, warnings=notes), lang))
    emit(payload, told(book, name, payload, lang), as_json=as_json)


def payload_of(book: Rulebook, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's object: scheme and edition before the answer."""
    code, edition = _named(book)
    return {"scheme": code, "edition": edition, **answer}


def _named(book: Rulebook | None) -> tuple[str | None, str | None]:
    if book is None:
        return None, None
    return book.edition.scheme.code, book.edition.info.edition


def _around(on: str | None) -> Circumstances:
    return Circumstances(CHINA, today() if on is None else day_of("on", on))


@calc.command("man-days")
@asked
@option("--activity", required=True, help="initial, surveillance, recertification, extension")
@option("--people", metavar="N", help="effective headcount inside the scope")
@option("--sites", metavar="N", help="sites charged for, the first included (1)")
@option("--initial-man-days", metavar="D", help="total of the initial audit")
@option("--reduce", metavar="PERCENT", help="share taken off, in percent")
@option("--add", metavar="D", help="man-days added")
@option("--reason", metavar="TEXT", help="the written reason for a change")
@option("--document-review", metavar="D", help="man-days of the document review")
@click.option("--input", "inputs", multiple=True, metavar="NAME=VALUE", help="any other fact")
def man_days(scheme: str, **options: Any) -> None:
    """Man-days of an audit: the on-site total, its parts and the least allowed."""
    names = ("activity", "people", "sites", "initial_man_days", "add", "reason", "document_review")

    def facts(book: Rulebook, name: str) -> dict[str, Any]:
        given = {one: options[one] for one in names} | {"reduce": percent(options["reduce"])}
        found = book.edition.find(name)
        if given["sites"] is None and found and "sites" in getattr(found[1], "inputs", {}):
            given["sites"] = "1"
        return joined(given_only(given), pairs(options["inputs"]))

    reply(scheme, "man_days", facts, options, *([] if options["sites"] else ["sites"]))


@calc.command()
@asked
@option("--activity", required=True, help="initial, surveillance, recertification, extension")
@option("--sites", required=True, metavar="N", help="sites that may be sampled")
@option("--never-sampled", metavar="N", help="sites of a class that is never sampled")
@option("--conditions", metavar="all|NAME,…", help="sampling conditions shown to hold")
@click.option("--input", "inputs", multiple=True, metavar="NAME=VALUE", help="any other fact")
def sample(scheme: str, **options: Any) -> None:
    """Sites to draw, and sites to visit in all."""

    def facts(_: Rulebook, __: str) -> dict[str, Any]:
        given = {one: options[one] for one in ("activity", "sites", "never_sampled")}
        if options["conditions"]:
            names = [one.strip() for one in options["conditions"].split(",")]
            given["conditions"] = [one for one in names if one]
        return joined(given_only(given), pairs(options["inputs"]))

    reply(scheme, "sample", facts, options)


def _from_file(kind: str, help_text: str) -> None:
    """Add a command that takes its facts from a JSON file."""

    @calc.command(kind, help=help_text)
    @asked
    @click.argument("file")
    def command(scheme: str, file: str, **options: Any) -> None:
        reply(scheme, kind, lambda book, name: facts_in(read_json(file), book, name), options)


for _kind, _help in {
    "score": "Score or conformity rates from the results in FILE.json.",
    "grade": "The grade reached, and what kept it from the next one.",
    "eligibility": "May this organisation apply?",
    "fee": "Fees from the facts in FILE.json.",
}.items():
    _from_file(_kind, _help)


def facts_in(content: dict[str, Any], book: Rulebook, name: str) -> dict[str, Any]:
    """Return the facts in a file; of another command's output only what is asked for."""
    if not {"steps", "refusals", "warnings"} <= set(content):
        return content
    found = book.edition.find(name)
    wanted = {one.partition(".")[0] for one in getattr(found[1], "inputs", {})} if found else set()
    known = {key: value for key, value in content.items() if key in wanted}
    value_name = _VALUES.get(str(content.get("unit")), "")
    if value_name in wanted and value_name not in known:
        known[value_name] = content.get("value")
    return known


_VALUES = {"point": "score", "man-day": "man_days"}  # what a value of that unit is called


@calc.command()
@asked
@option("--decided", required=True, metavar="DATE", help="certification decision")
@option("--issued", metavar="DATE", help="issue of the certificate; as decided if left out")
@option("--audit-ended", metavar="DATE", help="last day of the audit on site")
@click.option("--surveillance", multiple=True, metavar="DATE", help="last day of a surveillance")
@option("--suspended", metavar="DATE", help="first day of a suspension")
@click.option("--event", "events", multiple=True, metavar="NAME=DATE", help="any other event")
@click.option("--input", "inputs", multiple=True, metavar="NAME=VALUE", help="any other fact")
def dates(scheme: str, **options: Any) -> None:
    """Validity, surveillance windows and other dates of a certificate."""

    def facts(_: Rulebook, __: str) -> dict[str, Any]:
        names = ("decided", "issued", "audit_ended", "suspended", "on")
        given = given_only({one: options[one] for one in names})
        given["surveillance"] = list(options["surveillance"])
        for name, days in dated(options["events"]).items():
            before = given.get(name, [])
            given[name] = [*(before if isinstance(before, list) else [before]), *days]
        given = {name: days for name, days in given.items() if days}
        return joined(given, pairs(options["inputs"]))

    reply(scheme, "dates", facts, options)


@calc.command()
@asked
@click.argument("name")
@option("--from", "start", required=True, metavar="DATE", help="day or moment it starts")
@option("--at", metavar="DATE", help="day or moment it happened: in time, late, to explain?")
@click.option("--input", "inputs", multiple=True, metavar="NAME=VALUE", help="any other fact")
def clock(scheme: str, name: str, start: str, **options: Any) -> None:
    """Last day of a named clock of the rulebook."""

    def facts(_: Rulebook, __: str) -> dict[str, Any]:
        asked_for = given_only({"clock": name, "from": start, "at": options["at"]})
        return joined(asked_for, pairs(options["inputs"]))

    reply(scheme, "clock", facts, options)
