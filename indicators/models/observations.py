"""The numbers: series, observations that are only ever followed, and those that are withheld."""

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from indicators.disclosure import internal_access
from indicators.missing import MissingReason
from indicators.models.imports import Batch
from indicators.models.indicators import Area, Indicator

if TYPE_CHECKING:
    from accounts.models import User


CURRENT = 2_147_483_647  # `batch_to` of a row that no later batch has closed; never null, so the key guards it


class SeriesQuerySet(models.QuerySet["Series"]):
    def for_user(self, user: "User") -> Self:
        """The internal series a colleague sees by role and team; another team's are not among them."""
        team = user.team.slug if user.team else ""
        internal = self.filter(indicator__visibility="internal")
        may = user.permissions
        seen = [pk for pk, text in internal.values_list("pk", "breakdown") if internal_access.may_see(may, team, text)]
        return internal.filter(pk__in=seen)

    def outside_the_house(self) -> Self:
        """Without numbers about teams and colleagues, which stand on pages for staff alone."""
        return self.exclude(breakdown__regex=rf"(^|;)({'|'.join(sorted(internal_access.STAFF_DIMENSIONS))})=")


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


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> Self:
        return self.filter(batch_to=CURRENT)

    def known_at(self, batch: int | models.expressions.Combinable) -> Self:
        """The figures as they stood after the batch, before any later revision."""
        return self.filter(batch_from__lte=batch, batch_to__gt=batch)

    def disclosed(self) -> Self:
        """Adds `shown_value` and `shown_missing`: the only form in which numbers leave the portal.

        A count that is smaller than its indicator allows could tell of a person, and so could one that tells it.
        A true zero tells of nobody. Which is which, nobody is told.
        """
        listed = Withheld.objects.filter(
            series=OuterRef("series_id"), period=OuterRef("period"), value=OuterRef("value")
        )
        small = Q(value__gt=0, value__lt=F("series__indicator__min_count"))
        gone = Q(series__indicator__unit="count", series__indicator__min_count__gt=0) & (small | Exists(listed))
        return self.annotate(
            shown_value=Case(When(gone, then=None), default=F("value")),
            shown_missing=Case(
                When(gone, then=Value(int(MissingReason.BELOW_MIN_COUNT))),
                default=F("missing"),
                output_field=models.SmallIntegerField(),
            ),
        )


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
