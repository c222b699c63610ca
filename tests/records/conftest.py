"""A log that real transitions have written."""

from datetime import timedelta

import pytest

from certbody.accounts.roles import Role
from certbody.cases.models import Case
from certbody.cases.transitions.open import open_case
from certbody.records.sealing import seal
from certbody.records.writing import record
from tests.people import NOON, open_account, organisation_of

CODES = ("91110000MAT00086X0", "91110000MAT00087X8")
SCHEMES = ("ecpsc", "ccai")


@pytest.fixture
def cases(db):  # noqa: ARG001  asked for, not used
    """Two organisations with a case under each scheme; sealed in three portions."""
    applicant = open_account("applicant", Role.CLIENT)
    opened = []
    for n, code in enumerate(CODES):
        client = organisation_of(applicant, code=code, name=f"示例服务有限公司 {n}")
        opened += [opened_case(client.pk, scheme, applicant, n) for scheme in SCHEMES]
        seal()
    colleague = open_account("colleague", Role.PLANNER)
    for case in opened:
        for part in ("leader", "member", "expert"):
            assign(case, colleague, part)
    seal()
    return opened


def opened_case(client, scheme, by, hours):
    at = NOON + timedelta(hours=hours)
    return open_case(client=client, scheme=scheme, activity="initial", by=by, at=at)


def assign(case: Case, person, part):
    facts = {"person": person.name, "part": part}
    record("case.assigned", stream=case.stream, by=person, at=NOON, **facts)
