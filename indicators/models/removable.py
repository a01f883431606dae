"""Rows that a file or an editor takes out: hidden from that moment on, and still there on the days before it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Case, CharField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from indicators.as_of import rows_moment
from indicators.models.edits import Edit


class StandingManager(models.Manager):
    """The rows that stand. As any field's, the change of `removed` is an edit, which tells what held before it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows, moment = super().get_queryset(), rows_moment()
        if moment is None:
            return rows.filter(removed=False)
        later = Edit.objects.filter(
            kind=self.model._meta.model_name, row=OuterRef("pk"), field="removed", at__gt=moment
        ).order_by("at", "pk")
        text = Case(When(removed=True, then=Value("True")), default=Value("False"), output_field=CharField())
        removed = Coalesce(Subquery(later.values("before")[:1], output_field=CharField()), text)
        return rows.alias(removed_then=removed).filter(removed_then="False")


class Removable(models.Model):
    """A row of a plan's list. Taken out it stays stored, since earlier days go on showing it."""

    removed = models.BooleanField(default=False, editable=False)

    objects = StandingManager()

    class Meta:
        abstract = True


def standing(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Of rows read by no manager of theirs: those that stand now, all where the model's rows are never taken out."""
    return rows.filter(removed=False) if issubclass(rows.model, Removable) else rows


def taken_out(model: type[models.Model], facts: Mapping[str, Any]) -> Any:
    """The row that was taken out and whose names these facts have again; None: there is none.

    Its names are those that the database holds to be given once: no other row could have them.
    """
    if not issubclass(model, Removable):
        return None
    removed = model._base_manager.filter(removed=True)
    once = [constraint.fields for constraint in model._meta.total_unique_constraints]
    once += [(field.name,) for field in model._meta.fields if field.unique and not field.primary_key]
    for names in once:
        said = [facts.get(f"{name}_id", facts.get(name)) for name in names]
        if None not in said and (row := removed.filter(**dict(zip(names, said, strict=True))).first()):
            return row
    return None
