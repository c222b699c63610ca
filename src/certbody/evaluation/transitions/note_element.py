"""Note what was found on an element of the audit, or why it is left out. 7.4.9."""

from datetime import datetime

from django.db import transaction

from certbody.accounts.models import Account
from certbody.evaluation import rulebook
from certbody.evaluation.models import ElementNote
from certbody.evaluation.parts import open_part
from certbody.evaluation.texts import limited, needed
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def note_element(  # noqa: PLR0913  what a note says
    *,
    number: str,
    step: str,
    element: str,
    by: Account,
    at: datetime,
    finding: str = "",
    left_out: bool = False,
    ground: str = "",
    reason: str = "",
) -> ElementNote:
    """Note a finding; an element is left out only where the rulebook lets it be, with a reason."""
    part, its = open_part(number, step, by, at)
    item = next((one for one in rulebook.elements_of(part.case, its) if one.id == element), None)
    if item is None:
        allowed = [one.id for one in rulebook.elements_of(part.case, its)]
        said = {"name": "element", "value": element, "allowed": allowed}
        raise BadInput([Problem("element", "not_a_choice", said)])
    if left_out and item.may_be_left_out == "never":
        raise Refused([Refusal("element_not_left_out", item.clause, {"what": item.words})])
    why = needed("reason", reason) if left_out else limited("reason", reason)
    text = limited("finding", finding) if left_out else needed("finding", finding)
    note, _ = ElementNote.objects.update_or_create(
        part=part,
        element=element,
        defaults={
            "finding": text,
            "left_out": left_out,
            "ground": limited("ground", ground)[:80],
            "reason": why,
            "by": by,
            "at": at,
        },
    )
    record(
        "evaluation.element_noted",
        stream=part.case.stream,
        by=by,
        at=at,
        clause=str(item.clause),
        element={"zh": item.zh, "en": item.en},
        finding=text,
        left_out=left_out,
        ground=note.ground,
        reason=why,
    )
    return note
