from django.db import migrations, models

BASES = [
    ("newest", "det seneste endelige tal i målets periode"),
    ("last", "periodens sidste tal, fx december"),
    ("average", "gennemsnittet af periodens tal"),
    ("rolling", "gennemsnittet af de seneste 12 måneder"),
    ("total", "summen af periodens tal"),
]
RULES = [("value", "mål"), ("ceiling", "loft"), ("change", "ændring fra et udgangspunkt")]
AMOUNT = {"max_digits": 14, "decimal_places": 4, "null": True}
BY_PERCENT = models.BooleanField(default=False, verbose_name="ændringen er i procent af udgangspunktet")
NEAR = models.DecimalField(decimal_places=9, default=0, max_digits=20, verbose_name="tæt på inden for")
FIELDS = {
    "strict": models.BooleanField(default=False, verbose_name="lige med er ikke nok"),
    "by": models.DecimalField(verbose_name="ændring", **AMOUNT),
    "by_percent": BY_PERCENT,
    "baseline": models.DecimalField(verbose_name="udgangspunkt", **AMOUNT),
    "baseline_period": models.SmallIntegerField(null=True, verbose_name="udgangspunktets periode"),
    "near": NEAR,
    "due": models.SmallIntegerField(null=True, verbose_name="senest"),
    "path": models.JSONField(blank=True, default=list, verbose_name="trin"),
}
BASIS = models.CharField(choices=BASES, default="newest", max_length=10, verbose_name="bedømmes på")


class Migration(migrations.Migration):
    dependencies = [("goals", "0016_rows_taken_out_stay_stored")]

    operations = [
        migrations.RemoveConstraint("target", "target_has_a_value"),
        *(migrations.AddField("target", name, field) for name, field in FIELDS.items()),
        migrations.AlterField("target", "rule", models.CharField(choices=RULES, max_length=10)),
        migrations.AlterField("target", "basis", BASIS),
    ]
