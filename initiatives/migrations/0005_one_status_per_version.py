from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0004_statuses_so_far_are_approved"),
    ]

    operations = [
        migrations.AlterField(
            model_name="statusupdate", name="written_at", field=models.DateTimeField(verbose_name="skrevet")
        ),
        migrations.AlterField(
            model_name="statusupdate", name="made_at", field=models.DateTimeField(verbose_name="gemt")
        ),
        migrations.AlterField(
            model_name="statusupdate",
            name="author_role",
            field=models.CharField(max_length=120, verbose_name="skrevet af"),
        ),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.UniqueConstraint(
                fields=("initiative", "period", "version"), name="one_status_per_version"
            ),
        ),
    ]
