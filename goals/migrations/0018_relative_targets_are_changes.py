""" "Better than 48" is a change of at least nothing from 48, where equal is not enough."""

from django.db import migrations
from django.db.models import F


def into_changes(apps, schema_editor):
    relative = apps.get_model("goals", "Target").objects.using(schema_editor.connection.alias).filter(rule="relative")
    relative.update(rule="change", by=0, strict=True, baseline=F("value"), value=None)


def back_into_relative(apps, schema_editor):
    changes = (
        apps.get_model("goals", "Target")
        .objects.using(schema_editor.connection.alias)
        .filter(rule="change", by=0, strict=True)
    )
    changes.update(rule="relative", by=None, strict=False, value=F("baseline"), baseline=None)


class Migration(migrations.Migration):
    dependencies = [("goals", "0017_targets_say_their_rule_in_full")]

    operations = [migrations.RunPython(into_changes, back_into_relative)]
