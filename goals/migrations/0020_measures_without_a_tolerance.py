from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("goals", "0019_near_is_told_in_the_readings_own_unit")]

    operations = [migrations.RemoveField("measure", "tolerance_percent")]
