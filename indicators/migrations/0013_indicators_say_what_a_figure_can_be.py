from django.db import migrations, models


def limit(name: str) -> models.DecimalField:
    return models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name=name)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0012_more_units_and_half_years")]

    operations = [
        migrations.AddField("indicator", "lowest", limit("mindst")),
        migrations.AddField("indicator", "highest", limit("højst")),
    ]
