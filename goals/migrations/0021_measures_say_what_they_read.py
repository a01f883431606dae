import django.db.models.deletion
from django.db import migrations, models

READS = [("figure", "tallet selv"), ("difference", "forskellen til et andet tal"), ("place", "pladsen blandt kommuner")]


def to_another(model: str) -> models.ForeignKey:
    protected = django.db.models.deletion.PROTECT
    return models.ForeignKey(model, blank=True, null=True, on_delete=protected, related_name="+")


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0020_measures_without_a_tolerance"),
        ("indicators", "0011_numbers_withheld_since_a_batch"),
    ]

    operations = [
        migrations.AddField(
            "measure", "reads", models.CharField(choices=READS, default="figure", max_length=10, verbose_name="læser")
        ),
        migrations.AddField("measure", "against", to_another("indicators.area")),
        migrations.AddField("measure", "against_indicator", to_another("indicators.indicator")),
        migrations.AddField(
            "measure", "with_own", models.BooleanField(default=False, verbose_name="egen kommune med i gennemsnittet")
        ),
    ]
