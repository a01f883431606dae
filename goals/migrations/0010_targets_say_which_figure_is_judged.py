from django.db import migrations, models

BASES = [
    ("newest", "det seneste endelige tal i målets periode"),
    ("last", "periodens sidste tal, fx december"),
    ("average", "gennemsnittet af periodens tal"),
    ("rolling", "gennemsnittet af de seneste 12 måneder"),
]


class Migration(migrations.Migration):
    dependencies = [("goals", "0009_edits_in_the_portal")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="basis",
            field=models.CharField(choices=BASES, default="newest", max_length=10, verbose_name="bedømmes på"),
        ),
        migrations.AddField(
            model_name="target",
            name="rounded",
            field=models.BooleanField(default=False, verbose_name="værdien rundes af som målet"),
        ),
    ]
