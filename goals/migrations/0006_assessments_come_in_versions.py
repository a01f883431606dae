from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0005_closed_periods"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "kladde"),
                    ("submitted", "afventer godkendelse"),
                    ("returned", "sendt tilbage"),
                    ("approved", "godkendt"),
                ],
                default="draft",
                max_length=10,
                verbose_name="tilstand",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="note",
            field=models.TextField(blank=True, default="", verbose_name="besked fra godkender"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="assessment",
            name="actor",
            field=models.CharField(blank=True, default="", max_length=254, verbose_name="gjort af"),
            preserve_default=False,
        ),
        migrations.AddField(model_name="assessment", name="client_id", field=models.UUIDField(null=True, unique=True)),
        migrations.AddField(
            model_name="assessment", name="written_at", field=models.DateTimeField(null=True, verbose_name="skrevet")
        ),
    ]
