"""What a file changed is remembered like what a person changed, and stays the file's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0009_edits_are_of_any_apps_rows"), ("goals", "0015_edits_are_of_any_apps_rows")]

    operations = [
        migrations.AddField(model_name="edit", name="by_file", field=models.BooleanField(default=False)),
    ]
