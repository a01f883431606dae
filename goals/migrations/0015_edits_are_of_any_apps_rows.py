"""What rows said before is no longer this app's own: see the migration of the same name in indicators."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0014_objectives_have_successions"),
        ("indicators", "0009_edits_are_of_any_apps_rows"),
    ]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Edit")])]
