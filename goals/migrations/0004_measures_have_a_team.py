import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_tokens"),
        ("goals", "0003_plans_follow_each_other"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="measures",
                to="accounts.team",
            ),
        ),
    ]
