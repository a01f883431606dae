import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_tokens"),
        ("initiatives", "0001_initiatives_partners_and_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="initiatives",
                to="accounts.team",
            ),
        ),
    ]
