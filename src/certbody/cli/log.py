"""``certbody log …``: verify the log of events, and say its head."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from certbody.cli.data import installed
from certbody.cli.output import emit, spoken
from certbody.words import Language, sentence

FAULTY = 1
SHOWN = 20  # faults told to people; --json has all of them


@click.group()
def log() -> None:
    """The log of events: verify, head."""


@log.command()
@click.option("--head", "heads", multiple=True, help="A head written down earlier.")
@installed
@spoken
def verify(heads: Sequence[str], *, as_json: bool, lang: Language) -> None:
    """Read the whole log against itself, and against the heads written down.

    Exit code 0: whole. 1: the first row that was changed, removed or inserted is named.
    """
    from django.conf import settings  # noqa: PLC0415  Django loads only here

    from certbody.records import verify as verifying  # noqa: PLC0415  models need the settings
    from certbody.records.heads import FILE, written_in  # noqa: PLC0415  the same

    try:
        kept = list(written_in(settings.DATA / FILE))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    finding = verifying.verify([*heads, *kept])
    payload = {
        **{name: value for name, value in asdict(finding).items() if name != "faults"},
        "heads": len(heads) + len(kept),
        "whole": not finding.faults,
        "faults": [
            {**asdict(one), "message": sentence(one.code, asdict(one), lang)}
            for one in finding.faults
        ],
    }
    emit(payload, "\n".join(_lines(payload, lang)), as_json=as_json)
    sys.exit(FAULTY if finding.faults else 0)


@log.command()
@installed
@spoken
def head(*, as_json: bool, lang: Language) -> None:
    """Say the head of the log: who keeps it elsewhere can ask for it with verify --head."""
    from certbody.records import verify as verifying  # noqa: PLC0415  models need the settings

    now = verifying.head()
    none = "还没有封印" if lang == "zh" else "no seal yet"
    emit({"head": now}, now or none, as_json=as_json)


def _lines(payload: dict[str, Any], lang: Language) -> Iterator[str]:
    faults = payload["faults"]
    yield from (f"✕ {one['message']}" for one in faults[:SHOWN])
    counts = {name: payload[name] for name in ("events", "chains", "seals", "unsealed", "heads")}
    counts |= {"faults": len(faults)}
    if lang == "zh":
        yield (
            "{events} 条事件，{chains} 条链，{seals} 号封印，{unsealed} 条待封印，"
            "核对 {heads} 个先前的链首：{faults} 处不符"
        ).format(**counts)
        yield f"链首 {payload['head'] or '—'}"
    else:
        yield (
            "{events} events, {chains} chains, {seals} seals, {unsealed} waiting for one, "
            "{heads} earlier heads: {faults} faults"
        ).format(**counts)
        yield f"head {payload['head'] or '—'}"
