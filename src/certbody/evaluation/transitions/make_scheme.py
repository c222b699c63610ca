"""Make the scheme of an evaluation before it begins. 7.4.1."""

from datetime import datetime

from django.db import transaction

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.cases.moving import complete, done_in, process_of
from certbody.evaluation import rulebook
from certbody.evaluation.models import EvaluationScheme
from certbody.evaluation.people import opened
from certbody.evaluation.texts import needed
from certbody.records.writing import record
from certbody.rules.numbers import number_from
from certbody.rules.process import refusals_to_start
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def make_scheme(
    *, number: str, content: str, pass_mark: str, by: Account, at: datetime
) -> EvaluationScheme:
    """Write down what is evaluated and how, and fix the share of samples that must conform.

    It may be made anew until the evaluation that rests on it has begun.
    """
    case = opened(number, by, at, State.PLANNED)
    step = next(iter(rulebook.steps(case, "scheme")), None)
    process = process_of(case)
    if step is None or process is None:
        raise Refused([Refusal("no_evaluation_scheme", None, {"number": number})])
    text, mark = needed("content", content), _mark(pass_mark)
    refusals = refusals_to_start(process, step.id, done_in(case))
    resting = [one.id for one in process.steps if step.id in {b.step for b in one.after}]
    if case.parts.filter(step__in=resting).exists():
        refusals.append(Refusal("evaluation_has_begun", step.clause, {"what": step.words}))
    if refusals:
        raise Refused(refusals)
    last = case.evaluation_schemes.first()
    made = EvaluationScheme.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        content=text,
        pass_mark=mark,
        made_by=by,
        made_at=at,
    )
    record(
        "evaluation.scheme_made",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(step.clause),
        number=made.number,
        pass_mark=mark,
        content=text,
    )
    complete(case, step.id, "", at)
    return made


def _mark(raw: str) -> str:
    """Return a pass mark as typed; raise ``BadInput`` unless it is a share of the samples."""
    mark = raw.strip()
    try:
        share = number_from(mark)
    except ValueError as error:
        said = {"name": "pass_mark", "value": raw}
        raise BadInput([Problem("pass_mark", "not_a_number", said)]) from error
    if not 0 < share <= 1:
        said = {"name": "pass_mark", "value": raw}
        raise BadInput([Problem("pass_mark", "not_a_share", said)])
    return mark
