"""The API keeps its contract: its description is under review, and asked for real.

schemathesis puts to every operation what its description allows and what it does not: the same
questions every time, by people of several roles in turn. An operation that is added is asked too,
and the test of an operation that fails bears its method and address.
"""

import json
from collections import Counter
from datetime import timedelta

import pytest
import schemathesis
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import ChecksConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.config._checks import PositiveDataAcceptanceConfig
from schemathesis.core.parameters import ParameterLocation

from certbody.accounts.models import ApiToken, Grant
from certbody.accounts.roles import Role
from certbody.accounts.scopes import SCOPES
from certbody.accounts.transitions.tokens import make_token
from certbody.config.api import api
from certbody.config.wsgi import application
from certbody.notices.models import Notice
from scripts.openapi import SNAPSHOT, description
from tests.applications import accepted
from tests.people import open_account

# Who asks: two people of a case, somebody who manages accounts, somebody who may hardly anything.
ROLES = (Role.CLIENT, Role.APPLICATION_REVIEWER, Role.ADMINISTRATOR, Role.REGULATOR)
PEOPLE = {Role.CLIENT: "applicant", Role.APPLICATION_REVIEWER: "reviewer"}
EACH = 15  # made-up examples an operation, beside those at its bounds
RENEW = "run .venv/bin/python scripts/openapi.py and review what changed"
# A description says what shape a value has; that a credit code checks or a case exists it cannot.
NO_AND_YES = ["2xx", "401", "403", "404", "409", "422"]

pytestmark = pytest.mark.django_db


def test_the_description_is_the_one_under_review():
    assert description() == SNAPSHOT.read_text(encoding="utf-8"), RENEW


def test_what_is_served_is_what_is_under_review(client):
    served = client.get("/api/v1/openapi.json").json()

    assert served == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_operation_has_a_name_and_a_group_and_declares_its_errors():
    names: Counter[str] = Counter()
    groups = {tag["name"] for tag in api.described["tags"]}
    for path, operations in api.described["paths"].items():
        for operation in operations.values():
            names[operation["operationId"]] += 1
            assert set(operation["tags"]) <= groups, f"{path}: config/api.py says what a group is"
            answers = {str(status) for status in operation["responses"]}
            assert {"400", "401", "403", "404", "409", "422", "429"} <= answers, path
            assert operation["summary"], path
    assert [name for name, number in names.items() if number > 1] == []


def closed(environ, start_response):
    """Answer as the server does: the response is closed when it has been sent."""
    response = application(environ, start_response)
    content = b"".join(response)
    response.close()
    return [content]


ACCEPTING = PositiveDataAcceptanceConfig(expected_statuses=NO_AND_YES)
PROJECT = ProjectConfig(checks=ChecksConfig(positive_data_acceptance=ACCEPTING))
CONFIG = SchemathesisConfig(projects=ProjectsConfig(default=PROJECT))
API = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", closed, config=CONFIG)
THERE: dict[str, object] = {}  # what there is in the world below, by its name in addresses
ASKED: Counter[str] = Counter()


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):  # noqa: ARG001  there has to be a database
    """People with tokens, and a case with one of everything; gone when all has been asked."""
    with django_db_blocker.unblock(), transaction.atomic():
        play = accepted("ecpsc")
        now = timezone.now()
        for role in ROLES:
            named = PEOPLE.get(role)
            account = getattr(play, named) if named else open_account(role, role)
            lasts, text = now + timedelta(days=1), token_of(role)
            make_token(name="t", scopes=SCOPES, ends_at=lasts, by=account, at=now, token=text)
        THERE.update(there_is(play))
        yield
        transaction.set_rollback(True)


def token_of(role):
    return f"cb_of_{role}"


def there_is(play):
    document = play.application.documents.first()
    return {
        "number": play.number,
        "client": play.client.pk,
        "organisation": play.client.pk,
        "login": play.applicant.login,
        "file": document.file_id,
        "document": document.pk,
        "item": document.item,
        "token": ApiToken.objects.get(account=play.applicant).pk,
        "grant": Grant.objects.get(account=play.reviewer).pk,
        "scheme": "ecpsc",
        "edition": "A-0",
        "question": "man_days",
        "letter": Notice.objects.get().number,
    }


def that_is_there(values, path):
    """Put what there is in the place of what was made up."""
    there = {**THERE, "number": THERE["letter"]} if "/notices/" in path else THERE
    return {name: there.get(name, value) for name, value in values.items()}


@pytest.mark.usefixtures("_world")
@API.parametrize()
@settings(
    max_examples=EACH,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_does_as_its_description_says(case):
    operation = case.operation
    ASKED[operation.label] += 1
    turn, role = divmod(ASKED[operation.label], len(ROLES))
    place = case.meta.components.get(ParameterLocation.PATH)
    if place and place.mode.is_positive and turn % 4:  # one in four asks for what is not there
        case.path_parameters = that_is_there(case.path_parameters, operation.path)
        if case.meta.generation.mode.is_positive and isinstance(case.body, dict):
            case.body = that_is_there(case.body, operation.path)
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {token_of(ROLES[role])}"})
        transaction.set_rollback(True)
