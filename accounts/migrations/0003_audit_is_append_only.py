"""The database itself refuses to change or delete an audit event."""

from django.db import migrations

from accounts.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_api_tokens")]

    operations = [append_only("accounts_auditevent", "Audit events are never changed or deleted.")]
