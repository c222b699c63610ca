"""Record a sample, and reveal one that was hidden from the client. 7.4.9."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.editions import asked
from certbody.evaluation import rulebook
from certbody.evaluation.models import Sample
from certbody.evaluation.parts import open_part
from certbody.evaluation.people import opened
from certbody.evaluation.texts import limited, needed
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """One sample: what, where, when, how, with which result."""

    what: str
    taken_at: datetime
    place: str = ""
    site: int | None = None
    criterion: str = ""
    method: str = ""
    conforms: bool | None = None
    result: str = ""
    hidden: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_sample(*, number: str, step: str, taken: Taken, by: Account, at: datetime) -> Sample:
    """Record a sample; its method is one that the rulebook allows as things stand."""
    part, its = open_part(number, step, by, at)
    case = part.case
    methods = its.assesses.methods if its.assesses else None
    if methods is not None:
        given = {**taken.given, "choose": taken.method}
        asked(case, methods, given, localdate(at))
    leaves = {leaf.id for leaf in rulebook.criteria_of(case, its)}
    if taken.criterion and taken.criterion not in leaves:
        said = {"name": taken.criterion}
        raise BadInput([Problem("criterion", "unknown_criterion", said)])
    if taken.site is not None and not case.client.sites.filter(pk=taken.site).exists():
        said = {"name": "site", "value": str(taken.site)}
        raise BadInput([Problem("site", "unknown_site", said)])
    if taken.taken_at > at:
        raise BadInput(
            [Problem("taken_at", "in_the_future", {"day": taken.taken_at.date().isoformat()})]
        )
    last = part.samples.order_by("-number").first()
    made = Sample.objects.create(
        part=part,
        number=last.number + 1 if last else 1,
        criterion=taken.criterion,
        what=needed("what", taken.what),
        site_id=taken.site,
        place=limited("place", taken.place)[:200],
        taken_at=taken.taken_at,
        by=by,
        method=taken.method,
        given=dict(taken.given),
        conforms=taken.conforms,
        result=limited("result", taken.result),
        hidden=taken.hidden,
        at=at,
    )
    record(
        "evaluation.sample_recorded",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(its.clause),
        number=made.number,
        subject=made.what,
        method=made.method,
        conforms=made.conforms,
        result=made.result,
    )
    return made


@transaction.atomic
def reveal_sample(*, number: str, sample: int, by: Account, at: datetime) -> Sample:
    """Let the client see a sample that was hidden: the visit is over."""
    case = opened(number, by, at)
    found = Sample.objects.select_for_update(of=("self",)).get(pk=sample, part__case=case)
    if not found.hidden or found.revealed_at is not None:
        raise Refused([Refusal("sample_not_hidden", None, {"number": found.number})])
    found.revealed_at = at
    found.save(update_fields=["revealed_at"])
    record("evaluation.sample_revealed", stream=case.stream, by=by, at=at, number=found.number)
    return found
