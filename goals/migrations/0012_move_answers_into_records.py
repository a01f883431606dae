from django.db import migrations

SOURCE = "plandokumentet"


def to_records(apps, schema_editor):
    question, answer = apps.get_model("goals", "OpenQuestion"), apps.get_model("goals", "Answer")
    for row in question.objects.exclude(answer="").select_related("plan"):
        known = row.answered_on or row.plan.known_from
        answer.objects.create(question=row, text=row.answer, source=SOURCE, known_from=known)


def to_fields(apps, schema_editor):
    for answer in apps.get_model("goals", "Answer").objects.order_by("known_from", "id").select_related("question"):
        answer.question.answer, answer.question.answered_on = answer.text, answer.known_from
        answer.question.save(update_fields=["answer", "answered_on"])


class Migration(migrations.Migration):
    dependencies = [("goals", "0011_answers_are_records")]

    operations = [migrations.RunPython(to_records, to_fields)]
