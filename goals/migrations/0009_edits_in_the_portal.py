"""What fields said before they were changed in the portal, and plans that are not published yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goals", "0008_one_assessment_per_version")]

    operations = [
        migrations.CreateModel(
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
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["kind", "row", "field"], name="goals_edit_kind_row_field")],
            },
        ),
        migrations.AlterField(
            model_name="plan",
            name="known_from",
            field=models.DateField(null=True, verbose_name="kendt fra"),
        ),
    ]
