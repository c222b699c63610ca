"""Cases of the tests that are being audited, and their people."""

from dataclasses import dataclass
from typing import Any

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.cases.models import Assignment, Case, State
from certbody.cases.moving import complete
from certbody.cases.moving import process_of as process_found
from certbody.evaluation import rulebook
from certbody.evaluation.models import Part
from certbody.evaluation.transitions.assess import start_part
from certbody.evaluation.transitions.make_scheme import make_scheme
from certbody.rules.process import ProcessStep
from tests.applications import accepted
from tests.people import LONG_AGO, NOON, open_account

MARK = "90%"
ANSWERS = {"from_standard": "true", "sampled": "true", "standards_agreed": "true"}


@dataclass(slots=True)
class Audit:
    """A case with its leader and a second auditor."""

    case: Case
    leader: Account
    second: Account

    @property
    def number(self) -> str:
        """The number of the case."""
        return self.case.number


def process_of(case: Case) -> Any:
    """The process of a case, which every case of these tests has."""
    return process_found(case)


def audit(scheme: str, upto: str, state: State = State.PLANNED) -> Audit:
    """Bring a case to where every step before one of a certain work is done."""
    case = accepted(scheme).application.case
    process = process_of(case)
    first = next(one for one in process.steps if one.work == upto)
    for name in before(process, first.id):
        if not case.steps_done.filter(step=name).exists():
            step = process.step(name)
            complete(case, name, open_way(step), NOON)
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    people = [open_account(name, Role.AUDITOR) for name in ("leader", "second")]
    for one, part in zip(people, ("leader", "auditor"), strict=True):
        Assignment.objects.create(case=case, account=one, part=part, since=LONG_AGO)
    return Audit(case, *people)


def before(process: Any, name: str) -> list[str]:
    """Every step that has to be done before one."""
    found: list[str] = []
    for one in process.step(name).after:
        found += [*before(process, one.step), one.step]
    return list(dict.fromkeys(found))


def open_way(step: ProcessStep) -> str:
    """The first outcome that leads on."""
    return next((one.id for one in step.outcomes if not one.ends and not one.back_to), "")


def started(scheme: str) -> tuple[Audit, Part]:
    """A part that makes figures, started."""
    one = audit(scheme, "assessment")
    step = figured(one.case)
    process = process_of(one.case)
    for name in before(process, step.id):
        if not one.case.steps_done.filter(step=name).exists():
            if process.step(name).work == "scheme":
                make_scheme(
                    number=one.number, content="抽样", pass_mark=MARK, by=one.leader, at=NOON
                )
            else:
                complete(one.case, name, open_way(process.step(name)), NOON)
    part = start_part(number=one.number, step=step.id, given=ANSWERS, by=one.leader, at=NOON)
    return one, part


def figured(case: Case) -> ProcessStep:
    """The step whose results become figures."""
    steps = rulebook.steps(case, "assessment")
    return next(one for one in steps if one.assesses and one.assesses.figures)
