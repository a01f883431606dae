"""The numbers: series, observations that are only ever followed, and those that are withheld."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from indicators.missing import MissingReason
from indicators.models.imports import Batch
from indicators.models.indicators import Area, Indicator
from indicators.models.querysets import CURRENT, ObservationQuerySet, SeriesQuerySet


class Series(models.Model):
    """One line of numbers: an indicator in an area, for one breakdown, real or synthetic, never both."""

    id = models.AutoField(primary_key=True)  # int4: a wider key would widen every observation
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="series")
    breakdown = models.CharField(max_length=200, default="", blank=True)  # canonical: "alder=18-29;koen=k"
    synthetic = models.BooleanField("demotal", default=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area", "breakdown", "synthetic"], name="one_series_per_key")
        ]


class Observation(models.Model):
    """A value for one period. A revised value is closed and followed by a new row, never changed.

    No foreign-key constraints: the importer is the only writer, and a trigger a row makes imports thrice as slow.
    """

    pk = models.CompositePrimaryKey("series_id", "period", "batch_to")
    series = models.ForeignKey(Series, models.DO_NOTHING, db_constraint=False, db_index=False)
    batch_from = models.ForeignKey(
        Batch,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        db_column="batch_from",
    )
    batch_to = models.IntegerField(db_default=CURRENT)
    period = models.SmallIntegerField("periode")  # (year-1900)*12 + month-1 of the period's first month
    missing = models.SmallIntegerField(choices=MissingReason, db_default=0)
    provisional = models.BooleanField("foreløbig", db_default=False)
    value = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True)  # last: narrower rows

    objects = ObservationQuerySet.as_manager()
    shown_value: Decimal | None  # of rows read `disclosed`
    shown_missing: int

    class Meta:
        indexes = [
            models.Index(
                fields=["series", "period"],
                condition=Q(provisional=True, batch_to=CURRENT),
                name="current_provisional",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(batch_to__gt=F("batch_from")), name="closed_after_opened"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, missing__gt=0) | Q(value__isnull=False, missing=0),
                name="value_or_reason",
            ),
        ]


class Withheld(models.Model):
    """A number that is not shown, since it is small or would tell a small one. Made by store/withheld.py."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="withheld", db_index=False)
    period = models.SmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    since = models.IntegerField(db_default=0)  # the newest batch when it was decided; 0: before that was kept

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "period", "value"], name="withheld_once")]
