from django.db import migrations, models

FREQUENCIES = [
    ("M", "måned"), ("Q", "kvartal"), ("H", "halvår"), ("Y", "år"), ("QMAT", "rullende fire kvartaler"),
]  # fmt: skip
UNITS = [
    ("percent", "%"), ("count", "antal"), ("rank", "placering"), ("points", "procentpoint"), ("money", "kroner"),
    ("time", "tid"), ("score", "point på en skala"),
]  # fmt: skip
FREQUENCY = models.CharField(choices=FREQUENCIES, default="M", max_length=4, verbose_name="hyppighed")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0011_numbers_withheld_since_a_batch")]

    operations = [
        migrations.AlterField("indicator", "frequency", FREQUENCY),
        migrations.AlterField(
            "indicator", "unit", models.CharField(choices=UNITS, max_length=20, verbose_name="enhed")
        ),
    ]
