"""The database itself refuses to change or delete what is written, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from certbody.records.models import Event, Seal
from certbody.records.verify import verify
from tests.records.tampering import sql

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("cases"),
    pytest.mark.requirement("P-K1"),
]

CHANGES = [
    "UPDATE records_event SET text = 'x'",
    "UPDATE records_event SET actor = NULL WHERE number = 1",
    "DELETE FROM records_event",
    "DELETE FROM records_event WHERE number = 4",
    "UPDATE records_seal SET digest = 'x'",
    "DELETE FROM records_seal WHERE number = 3",
]
COPY = "SELECT {}, stream, number, what, at, written_at, 9, text, digest FROM records_event"
OF_SQLITE = [
    f"INSERT OR REPLACE INTO records_event {COPY.format('id')}",
    f"REPLACE INTO records_event {COPY.format('id + 100')}",
    "UPDATE OR REPLACE records_event SET number = 1",
    "REPLACE INTO records_seal (number, text, digest) VALUES (1, 'x', 'x')",
]
OF_POSTGRESQL = [
    "TRUNCATE records_event CASCADE",
    "TRUNCATE records_seal",
    "INSERT INTO records_seal VALUES (1, 'x', 'x') ON CONFLICT (number) DO UPDATE SET text = 'x'",
]
OF_ENGINE = {"sqlite": OF_SQLITE, "postgresql": OF_POSTGRESQL}


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_is_refused(statement):
    refused(statement)


def test_the_engines_own_ways_to_change_are_refused():
    connection.check_constraints()  # PostgreSQL empties no table while checks are put off
    for statement in OF_ENGINE[connection.vendor]:
        refused(statement)


def refused(statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert verify().faults == []


def test_the_program_itself_cannot():
    event, seal = Event.objects.first(), Seal.objects.first()
    assert event is not None
    assert seal is not None
    for act in (event.delete, event.save, seal.delete, Event.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
