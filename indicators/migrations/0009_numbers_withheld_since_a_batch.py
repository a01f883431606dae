from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0008_what_a_delivery_left_out")]

    operations = [
        migrations.AddField(
            model_name="withheld",
            name="since",
            field=models.IntegerField(db_default=0),
        )
    ]
