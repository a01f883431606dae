"""The database itself refuses to change or delete a row of a made paper."""

from django.db import migrations

from accounts.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_which_papers_were_made")]

    operations = [append_only("reports_madepaper", "Made papers are never changed or deleted.")]
