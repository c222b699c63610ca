"""How many nonconformities there are, open, late, of each grade: facts of the audit. 7.4.6."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from certbody.cases.models import Case
from certbody.evaluation import rulebook
from certbody.evaluation.models import Nonconformity, Part

Counts = dict[str, Any]


def counts(case: Case, on: date) -> Counts:
    """Count what was raised in a case."""
    found = Nonconformity.objects.filter(part__case=case, taken_back_at__isnull=True)
    return _counted(case, found.prefetch_related("corrections"), on)


def counts_of(part: Part, on: date) -> Counts:
    """Count what was raised in one part."""
    found = part.nonconformities.filter(taken_back_at__isnull=True)
    return _counted(part.case, found.prefetch_related("corrections"), on)


def _counted(case: Case, rows: Iterable[Nonconformity], on: date) -> Counts:
    raised = list(rows)
    still_open = [one for one in raised if not _verified(one, effective=True)]
    late = [
        one
        for one in still_open
        if (one.deadline is not None and one.deadline < on) or _verified(one, effective=False)
    ]
    found: Counts = {
        "nonconformities": len(raised),
        "open_nonconformities": len(still_open),
        "uncorrected": len(still_open),
        "overdue_or_ineffective": len(late),
        "special_deductions": len([one for one in raised if one.deduction]),
        "special_deductions_open": len([one for one in still_open if one.deduction]),
    }
    for grade in _grades(case):
        found[grade] = len([one for one in raised if one.grade == grade])
        found[f"uncorrected_{grade}"] = len([one for one in still_open if one.grade == grade])
    return found


def _verified(one: Nonconformity, *, effective: bool) -> bool:
    last = next((c for c in one.corrections.all() if c.verified_at is not None), None)
    return last is not None and last.effective is effective


def _grades(case: Case) -> list[str]:
    names = {
        step.assesses.graded_by for step in rulebook.steps(case, "assessment") if step.assesses
    }
    sections = [rulebook.section(case, "choices", name) for name in names]
    return [option.id for one in sections if one is not None for option in one.options]
