from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0004_measures_have_a_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.SmallIntegerField(unique=True, verbose_name="måned")),
                ("closed_at", models.DateTimeField(auto_now_add=True, verbose_name="lukket")),
                ("closed_by", models.CharField(max_length=254, verbose_name="lukket af")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="begrundelse")),
            ],
            options={
                "ordering": ["-period"],
            },
        ),
    ]
