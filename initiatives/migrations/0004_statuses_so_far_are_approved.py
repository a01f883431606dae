from django.db import migrations
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber


def approve(apps, schema_editor):
    """What was written before there was anybody to approve it has been public ever since it was written."""
    rows = apps.get_model("initiatives", "StatusUpdate").objects.using(schema_editor.connection.alias)
    rows.update(state="approved", written_at=F("made_at"))
    several = rows.values("initiative", "period").annotate(rows=Count("pk")).filter(rows__gt=1)
    if several:
        place = Window(RowNumber(), partition_by=["initiative", "period"], order_by=["made_at", "pk"])
        for row in rows.annotate(place=place).iterator():
            rows.filter(pk=row.pk).update(version=row.place)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0003_statuses_come_in_versions"),
    ]

    operations = [
        migrations.RunPython(approve, migrations.RunPython.noop),
    ]
