from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0007_assessments_so_far_are_approved"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assessment", name="written_at", field=models.DateTimeField(verbose_name="skrevet")
        ),
        migrations.AlterField(model_name="assessment", name="made_at", field=models.DateTimeField(verbose_name="gemt")),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("measure", "period", "version"), name="one_assessment_per_version"
            ),
        ),
    ]
