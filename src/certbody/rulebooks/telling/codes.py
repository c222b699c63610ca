"""Words for the program's own codes: kinds of rule, states, stages, activities.

A code that is not here is shown as it is: rulebooks may bring parts of their own. Units are
sentences of ``certbody.words``, since every answer names one.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certbody.web.language import active
from certbody.words import sentence

Names = Mapping[str, str | Promise]

KINDS: Names = {
    "requirements": _("Requirements"),
    "checklists": _("Checklists"),
    "choices": _("Lists to choose from"),
    "sums": _("Sums"),
    "samples": _("Samples"),
    "criteria": _("Criteria"),
    "scoring": _("Scores"),
    "rates": _("Conformity rates"),
    "grades": _("Grades"),
    "schedules": _("Dates and time limits"),
    "clocks": _("Time limits"),
    "processes": _("Processes"),
    "lifecycles": _("Lifecycles"),
}

KIND: Names = {
    "requirements": _("requirements"),
    "checklists": _("checklist"),
    "choices": _("list to choose from"),
    "sums": _("sum"),
    "samples": _("sample"),
    "criteria": _("criteria"),
    "scoring": _("score"),
    "rates": _("rates"),
    "grades": _("grades"),
    "schedules": _("dates"),
    "processes": _("process"),
    "lifecycles": _("lifecycle"),
}

STAGES: Names = {
    "application": _("Application"),
    "planning": _("Planning"),
    "determination": _("Determination"),
    "review": _("Review"),
    "decision": _("Decision"),
    "attestation": _("Attestation"),
    "surveillance": _("Surveillance"),
}

PARTS: Names = {
    "document_review": _("document review"),
    "management_audit": _("management audit"),
    "characteristic_evaluation": _("evaluation of service characteristics"),
    "on_site": _("on site"),
}

BY: Names = {
    "client": _("the client"),
    "body": _("the certification body"),
}

STATES: Names = {
    "none": _("none yet"),
    "draft": _("draft"),
    "submitted": _("submitted"),
    "supplement_asked": _("supplement asked for"),
    "deferred": _("deferred"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "withdrawn_by_client": _("withdrawn by the client"),
    "contracted": _("contract signed"),
    "planned": _("planned"),
    "audited": _("audited"),
    "stopped": _("stopped"),
    "reported": _("reported"),
    "reviewed": _("reviewed"),
    "returned": _("returned"),
    "granted": _("granted"),
    "refused": _("refused"),
    "valid": _("valid"),
    "suspended": _("suspended"),
    "withdrawn": _("withdrawn"),
    "cancelled": _("cancelled"),
    "expired": _("expired"),
    "superseded": _("superseded"),
}

TIMELY: Names = {
    "planned": _("planned"),
    "projected": _("projected"),
    "not_yet": _("not yet"),
    "open": _("may be done now"),
    "due": _("due"),
    "overdue": _("overdue"),
    "to_explain": _("late, to be explained"),
    "done": _("done in time"),
    "done_early": _("done too early"),
    "done_late": _("done too late"),
    "done_to_explain": _("done late, to be explained"),
}


HOW: Names = {
    "pooled": _("the results of all sites are counted together"),
    "lowest": _("the lowest of the sites counts"),
    "mean": _("the mean of the sites counts"),
}


SIGNS: Names = {
    "=": _("the same"),
    "≠": _("differs"),
    "−": _("only in A"),
    "+": _("only in B"),
}


def unit(code: str) -> str:
    """Return a unit in words; a unit of the rulebook's own is its own word."""
    return sentence(f"unit:{code}", {}, active())


def name(names: Names, code: str | None) -> str:
    """Return the words of a code, or the code itself."""
    return "" if code is None else str(names.get(code, code))
