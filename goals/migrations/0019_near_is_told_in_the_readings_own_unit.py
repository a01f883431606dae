"""A measure's tolerance in per cent of the target becomes what it came to, on each target.

Where somebody changed the tolerance, the target stands once more from that day: no verdict of any day moves.
"""

from decimal import Decimal

from django.db import migrations
from django.utils import timezone

FIELD, KEPT = "tolerance_percent", "tolerance_percent of 0018"  # no field is called so: nothing restores it


def into_amounts(apps, schema_editor):
    target, edit = _rows(apps, "goals", "Target", schema_editor), _rows(apps, "indicators", "Edit", schema_editor)
    edits = {}
    for one in edit.filter(kind="measure", field=FIELD).order_by("at", "pk"):
        edits.setdefault(one.row, []).append(one)
    rows = list(target.exclude(rule="change").exclude(value=None).select_related("measure").order_by("pk"))
    for row in rows:
        _give(target, edit, row, _tolerances(row, edits.get(row.measure_id, ())), _replaced_on(row, rows))
    edit.filter(kind="measure", field=FIELD).update(field=KEPT)


def _rows(apps, app, model, schema_editor):
    return apps.get_model(app, model).objects.using(schema_editor.connection.alias)


def _tolerances(row, edits):
    """The tolerance the target began with, and each later one with the edit that brought it."""
    later = [one for one in edits if timezone.localtime(one.at).date() > row.known_from]
    values = [*(one.before for one in later), str(row.measure.tolerance_percent)]
    return values[0], list(zip(later, values[1:], strict=True))


def _replaced_on(row, rows):
    after = [other.known_from for other in rows if _is_after(other, row)]
    return min(after, default=None)


def _is_after(other, row):
    same = (other.measure_id, other.kind) == (row.measure_id, row.kind)
    return same and (other.known_from, other.pk) > (row.known_from, row.pk)


def _give(target, edit, row, tolerances, replaced_on):
    first, later = tolerances
    target.filter(pk=row.pk).update(near=_amount(row.value, first))
    for one, tolerance in later:
        day = timezone.localtime(one.at).date()
        if replaced_on is None or day < replaced_on:
            row.pk, row.known_from, row.near = None, day, _amount(row.value, tolerance)
            row.save(using=target.db, force_insert=True)
            edit.create(kind="target", row=row.pk, field="", at=one.at, by_file=False)


def _amount(value, tolerance):
    return (abs(value) * Decimal(tolerance)).scaleb(-2)


def back_into_per_cent(apps, schema_editor):
    edit = _rows(apps, "indicators", "Edit", schema_editor)
    edit.filter(kind="measure", field=KEPT).update(field=FIELD)
    targets = _rows(apps, "goals", "Target", schema_editor).exclude(value=None).exclude(value=0)
    for row in targets.select_related("measure").order_by("known_from", "pk"):
        row.measure.tolerance_percent = (row.near * 100 / abs(row.value)).quantize(Decimal("0.001"))
        row.measure.save(update_fields=["tolerance_percent"])


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0018_relative_targets_are_changes"),
        ("indicators", "0011_numbers_withheld_since_a_batch"),
    ]

    operations = [migrations.RunPython(into_amounts, back_into_per_cent)]
