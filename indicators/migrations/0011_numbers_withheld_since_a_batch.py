from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0010_edits_by_file")]

    operations = [
        migrations.AddField(
            model_name="withheld",
            name="since",
            field=models.IntegerField(db_default=0),
        )
    ]
