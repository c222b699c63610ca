"""Hands on the database: what somebody with its password could do behind the program's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection, transaction

TRIGGERS = import_module("certbody.records.migrations.0002_append_only")


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement as it stands; return its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def unprotected() -> Iterator[None]:
    """Take the triggers away and give back everything afterwards, triggers and rows."""
    with transaction.atomic():
        TRIGGERS.release(None, connection.schema_editor())
        yield
        transaction.set_rollback(True)
