"""A table whose rows stay as they were made: the database itself refuses to change or delete one, whoever asks.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration has to guard it again.
"""

from django.db.migrations import RunPython


def append_only(table: str, refusal: str) -> RunPython:
    """The operation of a migration. Both databases word it their own way."""
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
        "sqlite": [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"],
    }
    return RunPython(_running(guard), _running(lift))


def _running(statements: dict[str, list[str]]):
    def run(apps, schema_editor) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run
