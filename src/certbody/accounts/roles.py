"""Who may do what: roles, rights, and the table between them.

A right is named ``what.verb``. A role is a function in the body, or what a person is to it; that
someone has a role does not yet open a case to them, see ``cases.selectors.visible_to``.
Source: ISO/IEC 17065:2012, 5.1.3 (responsibilities and authorities), 6.1.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is to the body."""

    APPLICATION_REVIEWER = "application_reviewer", _("Application reviewer")
    PLANNER = "planner", _("Planner")
    AUDITOR = "auditor", _("Auditor")
    REVIEWER = "reviewer", _("Reviewer")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    CERTIFICATE_OFFICER = "certificate_officer", _("Certificate officer")
    FINANCE = "finance", _("Finance")
    QUALITY_MANAGER = "quality_manager", _("Quality manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    REGULATOR = "regulator", _("Regulator")
    CLIENT = "client", _("Client")


class Right(StrEnum):
    """What somebody may do."""

    CASE_READ_ALL = "case.read_all"
    CASE_COMPLETE_STEP = "case.complete_step"
    CLIENT_READ_ALL = "client.read_all"
    APPLICATION_APPLY = "application.apply"
    APPLICATION_REVIEW = "application.review"
    CONTRACT_DRAW_UP = "contract.draw_up"
    CONTRACT_SIGN_FOR_BODY = "contract.sign_for_body"
    AUDIT_PLAN = "audit.plan"
    AUDIT_WORK = "audit.work"
    AUDIT_ANSWER = "audit.answer"
    INTEREST_DECLARE = "interest.declare"
    PERSONNEL_READ = "personnel.read"
    PERSONNEL_MANAGE = "personnel.manage"
    RECORD_READ_ALL = "record.read_all"
    ACCOUNT_MANAGE = "account.manage"
    TOKEN_MANAGE = "token.manage"  # noqa: S105  the name of a right
    OFFICE_ENTER = "office.enter"
    PORTAL_ENTER = "portal.enter"


_STAFF = {Right.OFFICE_ENTER, Right.INTEREST_DECLARE, Right.TOKEN_MANAGE}
_OFFICE = _STAFF | {Right.CASE_READ_ALL, Right.CLIENT_READ_ALL}

RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.APPLICATION_REVIEWER: frozenset(
        _OFFICE | {Right.APPLICATION_REVIEW, Right.CASE_COMPLETE_STEP, Right.CONTRACT_DRAW_UP}
    ),
    Role.PLANNER: frozenset(
        _OFFICE | {Right.AUDIT_PLAN, Right.CASE_COMPLETE_STEP, Right.PERSONNEL_READ}
    ),
    Role.AUDITOR: frozenset(_STAFF | {Right.AUDIT_WORK}),
    Role.REVIEWER: frozenset(_OFFICE),
    Role.DECISION_MAKER: frozenset(_OFFICE | {Right.CONTRACT_SIGN_FOR_BODY}),
    Role.CERTIFICATE_OFFICER: frozenset(_OFFICE),
    Role.FINANCE: frozenset(_OFFICE),
    Role.QUALITY_MANAGER: frozenset(
        _OFFICE | {Right.RECORD_READ_ALL, Right.PERSONNEL_READ, Right.PERSONNEL_MANAGE}
    ),
    Role.ADMINISTRATOR: frozenset(_STAFF | {Right.ACCOUNT_MANAGE, Right.RECORD_READ_ALL}),
    Role.REGULATOR: frozenset({Right.TOKEN_MANAGE}),
    Role.CLIENT: frozenset(
        {
            Right.PORTAL_ENTER,
            Right.APPLICATION_APPLY,
            Right.AUDIT_ANSWER,
            Right.TOKEN_MANAGE,
        }
    ),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Return every right that any of the roles brings."""
    return frozenset(right for role in roles for right in RIGHTS[role])


def roles_with(right: Right) -> list[Role]:
    """Return the roles that bring a right."""
    return [role for role in Role if right in RIGHTS[role]]
