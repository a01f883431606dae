import django.db.models.deletion
from django.db import migrations, models

SETTLES = [
    ("adoption", "hvornår tillæggets mål blev vedtaget"),
    ("basis", "hvilket tal i målets periode der bedømmes"),
    ("rounding", "om værdien rundes af som målet er trykt"),
    ("population", "hvad andelen er en andel af"),
]


class Migration(migrations.Migration):
    dependencies = [("goals", "0010_targets_say_which_figure_is_judged")]

    operations = [
        migrations.AddField(
            model_name="openquestion",
            name="settles",
            field=models.CharField(blank=True, choices=SETTLES, max_length=12),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="svar")),
                ("source", models.CharField(max_length=300, verbose_name="kilde")),
                ("known_from", models.DateField()),
                ("given_by", models.CharField(blank=True, max_length=254)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="goals.openquestion"
                    ),
                ),
            ],
            options={"ordering": ["-known_from", "-id"]},
        ),
    ]
