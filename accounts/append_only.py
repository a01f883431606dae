"""Tables whose rows the database itself refuses to change or delete, whoever asks. For migrations.

Both databases word it their own way. SQLite loses a table's triggers when a later migration rebuilds the table: such a
migration has to ask for them again.
"""

from collections.abc import Callable

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def append_only(table: str, refusal: str) -> RunPython:
    """The migration's operation; `refusal` is what the database answers, without an apostrophe."""
    guard = {
        "postgresql": [
            f"""CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()""",
        ],
        "sqlite": [
            f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
            for verb in ("UPDATE", "DELETE")
        ],
    }
    lift = {
        "postgresql": [f"DROP TRIGGER {table}_append_only ON {table}", f"DROP FUNCTION {table}_is_append_only()"],
        "sqlite": [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")],
    }
    return RunPython(_run(guard), _run(lift))


def _run(statements: dict[str, list[str]]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run
