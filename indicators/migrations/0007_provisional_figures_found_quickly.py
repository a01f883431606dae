"""An import ends the marks of older provisional figures: they are few, and looked for at every import."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_what_a_run_showed")]

    operations = [
        migrations.AddIndex(
            "observation",
            models.Index(
                fields=["series", "period"],
                condition=Q(provisional=True, batch_to=2_147_483_647),
                name="current_provisional",
            ),
        )
    ]
