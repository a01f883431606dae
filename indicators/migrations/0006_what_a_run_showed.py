"""A confirmed run keeps what its preview showed, so that nothing else is stored in its place; and how its file was read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_numbers_withheld")]

    operations = [
        migrations.AddField(
            "importrun", "shown", models.CharField(blank=True, max_length=64, verbose_name="det, der blev vist")
        ),
        migrations.AddField("importrun", "reading", models.JSONField(default=dict, verbose_name="læsningen")),
    ]
