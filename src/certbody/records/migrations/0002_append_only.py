"""Triggers that refuse to change or delete an event or a seal, on both engines."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Each table with what makes a new row the same as one that is there.
TABLES = {
    "records_event": "id = NEW.id OR (stream = NEW.stream AND number = NEW.number)",
    "records_seal": "number = NEW.number",
}


def protect(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ANN401  Django's registry
    """Add the triggers."""
    del apps
    on_postgresql = editor.connection.vendor == "postgresql"
    if on_postgresql:
        editor.execute(
            "CREATE FUNCTION records_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$",
            params=None,  # the sign is PL/pgSQL's, not a place for a parameter
        )
    for table, same in TABLES.items():
        for statement in _postgresql(table) if on_postgresql else _sqlite(table, same):
            editor.execute(statement)


def release(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ANN401  Django's registry
    """Take the triggers away again."""
    del apps
    on_postgresql = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for act in ("change", "empty") if on_postgresql else ("update", "delete", "replace"):
            editor.execute(f"DROP TRIGGER {table}_{act}{f' ON {table}' if on_postgresql else ''}")
    if on_postgresql:
        editor.execute("DROP FUNCTION records_append_only()")


def _sqlite(table: str, same: str) -> list[str]:
    """Return the triggers; INSERT OR REPLACE deletes without asking those of deletion."""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  our own words
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} {there} {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    call = "EXECUTE FUNCTION records_append_only()"
    return [
        f"CREATE TRIGGER {table}_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_empty BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]


class Migration(migrations.Migration):
    """Append-only, whoever asks."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
