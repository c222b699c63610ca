"""What holds for all tests. Nothing is muted here: a warning is an error, a flaky test a bug."""

from collections.abc import Sequence
from importlib import import_module

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings

# The same examples every time, so that a failure here is a failure there; and no deadline, because
# a busy machine is not a fault of the code.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Begin each test with an empty cache: rows of a test before are gone, their counts must be."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _logs_can_be_emptied():
    """Let Django empty the database after a test that commits: the log's triggers refuse that."""
    triggers = import_module("certbody.records.migrations.0002_append_only")
    empty = BaseDatabaseOperations.execute_sql_flush

    def emptied(operations: BaseDatabaseOperations, sql_list: Sequence[str]) -> None:
        with connection.schema_editor() as editor:
            triggers.release(None, editor)
        empty(operations, sql_list)
        with connection.schema_editor() as editor:
            triggers.protect(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield
