"""What rows said before is kept where every app can write it: the model moves here, its table stays as it is."""

from django.db import migrations, models

EDIT = migrations.CreateModel(
    name="Edit",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("kind", models.CharField(max_length=40)),
        ("row", models.BigIntegerField()),
        ("field", models.CharField(blank=True, max_length=40)),
        ("before", models.TextField(null=True)),
        ("at", models.DateTimeField()),
    ],
    options={
        "db_table": "goals_edit",
        "ordering": ["at", "pk"],
        "indexes": [models.Index(fields=["kind", "row", "field"], name="goals_edit_kind_row_field")],
    },
)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0008_what_a_delivery_left_out"), ("goals", "0014_objectives_have_successions")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[EDIT])]
