from django.db import migrations

from accounts.append_only import append_only

REFUSAL = "What was said in a hearing and what was answered is never changed or deleted."


class Migration(migrations.Migration):
    dependencies = [("hearings", "0001_hearings_points_and_answers")]

    operations = [append_only(f"hearings_{table}", REFUSAL) for table in ("point", "note", "answer")]
