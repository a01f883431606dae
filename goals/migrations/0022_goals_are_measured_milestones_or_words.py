import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = [("measured", "måles med tal"), ("milestone", "milepæl: noget er gjort"), ("words", "ord uden tal")]
WANTED = models.PositiveIntegerField(blank=True, null=True, verbose_name="antal i alt")
FIELDS = {
    "kind": models.CharField(choices=KINDS, default="measured", max_length=10, verbose_name="art"),
    "printed_number": models.CharField(blank=True, max_length=12, verbose_name="nr. som trykt"),
    "due": models.DateField(blank=True, null=True, verbose_name="senest"),
    "wanted": WANTED,
}
OF_GOAL = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="goals.goal")
SAYS_SOMETHING = models.CheckConstraint(
    condition=Q(done_on__isnull=False) | Q(count__isnull=False), name="progress_says_something"
)


class Migration(migrations.Migration):
    dependencies = [("goals", "0021_measures_say_what_they_read")]

    operations = [
        *(migrations.AddField("goal", name, field) for name, field in FIELDS.items()),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="gjort")),
                ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="antal gjort")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="kilde")),
                ("known_from", models.DateField(verbose_name="kendt fra")),
                ("given_by", models.CharField(blank=True, max_length=254)),
                ("goal", OF_GOAL),
            ],
            options={"ordering": ["goal", "known_from", "id"], "constraints": [SAYS_SOMETHING]},
        ),
    ]
