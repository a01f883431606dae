"""The database itself refuses to change or delete a row of a made paper, whoever asks.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration has to call `guard` again.
"""

from django.db import migrations

TABLE = "reports_madepaper"
REFUSAL = "Made papers are never changed or deleted."
GUARD = {
    "postgresql": [
        f"""CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()",
    ],
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
}
LIFT = {
    "postgresql": [f"DROP TRIGGER {TABLE}_stays ON {TABLE}", f"DROP FUNCTION {TABLE}_stays()"],
    "sqlite": [f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("UPDATE", "DELETE")],
}


def guard(apps, schema_editor):
    for statement in GUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_which_papers_were_made")]

    operations = [migrations.RunPython(guard, lift)]
