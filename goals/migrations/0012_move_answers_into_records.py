from django.db import migrations

SOURCE = "plandokumentet"


def to_records(apps, schema_editor):
    questions, answers = _both(apps, schema_editor)
    for row in questions.exclude(answer="").select_related("plan"):
        known = row.answered_on or row.plan.known_from
        answers.create(question=row, text=row.answer, source=SOURCE, known_from=known)


def to_fields(apps, schema_editor):
    _, answers = _both(apps, schema_editor)
    for answer in answers.order_by("known_from", "id").select_related("question"):
        answer.question.answer, answer.question.answered_on = answer.text, answer.known_from
        answer.question.save(update_fields=["answer", "answered_on"])


def _both(apps, schema_editor):
    database = schema_editor.connection.alias
    return [apps.get_model("goals", name).objects.using(database) for name in ("OpenQuestion", "Answer")]


class Migration(migrations.Migration):
    dependencies = [("goals", "0011_answers_are_records")]

    operations = [migrations.RunPython(to_records, to_fields)]
