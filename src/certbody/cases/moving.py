"""Moving a case: the one place that changes its state. Called by transitions, never by a door."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.editions import asked, book_for
from certbody.cases.models import Case, State, StepDone
from certbody.cases.selectors import visible_to
from certbody.records.writing import record
from certbody.rules.lifecycle import Arrow, Lifecycle
from certbody.rules.process import Outcome, Process, open_steps, refusals_to_start
from certbody.rules.terms import BadInput, Refusal, Refused

LIFECYCLE = "case"
_OVER = (State.DECLINED, State.WITHDRAWN_BY_CLIENT, State.REFUSED)


def locked(number: str, by: Account, day: date) -> Case:
    """Return a case that a person may see, locked until the transaction ends.

    Raises ``Case.DoesNotExist`` for a case that is not open to the person: whether it exists at
    all is not theirs to know.
    """
    return visible_to(by, day).select_for_update(of=("self",)).get(number=number)


def refusals_to_act(case: Case, act: str, day: date) -> list[Refusal]:
    """Return every reason of lifecycle and process against an act now."""
    try:
        answer = asked(case, LIFECYCLE, {"state": case.state, "act": act}, day)
    except Refused as refused:
        return list(refused.refusals)
    except BadInput:
        return [Refusal("act_not_in_rulebook", None, {"act": act, "what": book_for(case).name})]
    return _out_of_order(case, answer.more["completes"])


def move(case: Case, act: str, *, by: Account, at: datetime, what: str, **facts: object) -> None:
    """Take the case along an arrow of its rulebook and write it down; refuse what is not drawn.

    ``what`` is the kind of event; ``facts`` are those its sentence names. The clause recorded is
    that of the arrow.
    """
    day = localdate(at)
    refusals = refusals_to_act(case, act, day)
    if refusals:
        raise Refused(refusals)
    answer = asked(case, LIFECYCLE, {"state": case.state, "act": act}, day)
    before, case.state = case.state, str(answer.value)
    case.moved_at = at
    case.save(update_fields=["state", "moved_at", "submitted_on", "due_on"])
    for step, outcome in answer.more["completes"].items():
        complete(case, step, outcome, at)
    clause = str(arrow_of(case, act, before).clause)
    record(what, stream=case.stream, by=by, at=at, clause=clause, state=case.state, **facts)


def complete(case: Case, step: str, outcome: str, at: datetime) -> None:
    """Note a step of the process as done; an outcome that leads back reopens what follows."""
    process = process_of(case)
    StepDone.objects.update_or_create(
        case=case, step=step, defaults={"outcome": outcome, "done_at": at}
    )
    found = process.step(step) if process else None
    for one in found.outcomes if found else ():
        if process and one.id == outcome and one.back_to is not None:
            StepDone.objects.filter(case=case, step__in=_reopened(process, one, step)).delete()


def reopen(case: Case, step: str) -> None:
    """Note that a step has to be done again."""
    StepDone.objects.filter(case=case, step=step).delete()


def done_in(case: Case) -> dict[str, str]:
    """Return the steps done with their outcomes, as the rules ask for them."""
    return dict(case.steps_done.values_list("step", "outcome"))


def open_in(case: Case, done: Mapping[str, str]) -> list[str]:
    """Return the steps that may be done now; none in a case that is over."""
    process = process_of(case)
    if process is None or case.state in _OVER:
        return []
    names: list[str] = open_steps(process, done).more["open"]
    return names


def process_of(case: Case) -> Process | None:
    """Return the process that the case follows: that of its activity, else the general one."""
    processes: Mapping[str, Process] = book_for(case).edition.of_kind("processes")
    general = processes.get("certification", next(iter(processes.values()), None))
    return processes.get(case.activity, general)


def arrows_from(case: Case, state: str = "") -> list[Arrow]:
    """Return the arrows that leave a state: that of the case, unless another is named."""
    lifecycle: Lifecycle = book_for(case).edition.of_kind("lifecycles")[LIFECYCLE]
    return [one for one in lifecycle.arrows if (state or case.state) in one.from_]


def arrow_of(case: Case, act: str, state: str) -> Arrow:
    """Return the arrow of an act from a state."""
    return next(one for one in arrows_from(case, state) if one.id == act)


def _out_of_order(case: Case, completes: Mapping[str, str]) -> list[Refusal]:
    """Return why a step cannot be completed yet; steps of one act may rest on each other."""
    process = process_of(case)
    if process is None:
        return []
    done = done_in(case)
    refusals: list[Refusal] = []
    for step, outcome in completes.items():
        if process.step(step) is not None:
            refusals += refusals_to_start(process, step, done)
            done = {**done, step: outcome}
    return refusals


def _reopened(process: Process, outcome: Outcome, step: str) -> set[str]:
    """Return what is no longer done once ``outcome`` leads back: the step it leads to and after."""
    reopened = {str(outcome.back_to)}
    for name in process.order():
        found = process.step(name)
        if found and any(before.step in reopened for before in found.after):
            reopened.add(name)
    return reopened - {step}
