from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("goals", "0012_move_answers_into_records")]

    operations = [
        migrations.RemoveField(model_name="openquestion", name="answer"),
        migrations.RemoveField(model_name="openquestion", name="answered_on"),
    ]
