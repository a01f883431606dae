"""Questions asked across initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from indicators import periods
from initiatives.due import cadence
from initiatives.models import Initiative, StatusUpdate


@dataclass(frozen=True)
class Coverage:
    """How many initiatives lack a status for the newest reported month whose deadline has passed, or a later one."""

    missing: int
    total: int
    month: str


def status_coverage(moment: datetime) -> Coverage | None:
    """None while no initiative, or no status that was due, was known. One query."""
    counts = reported(moment).aggregate(
        total=Count("pk"),
        up_to_date=Count("pk", filter=Q(reported__gte=F("month"))),
        newest_month=Max("month"),
    )
    if not counts["total"] or counts["newest_month"] is None:
        return None
    return Coverage(
        counts["total"] - counts["up_to_date"],
        counts["total"],
        periods.named(counts["newest_month"], periods.Frequency.MONTH),
    )


def without_newest_status(moment: datetime) -> list[Initiative]:
    """Those that the coverage counts as missing, by code."""
    behind = Q(reported__isnull=True) | Q(reported__lt=F("month"))
    return list(reported(moment).filter(behind, month__isnull=False).order_by("code"))


def coverage_of(initiatives: Sequence[Initiative]) -> Coverage | None:
    """The same of initiatives that were read by `reported`, without a query."""
    month = next((initiative.month for initiative in initiatives if initiative.month), None)
    if month is None:
        return None
    missing = sum(initiative.reported is None or initiative.reported < month for initiative in initiatives)
    return Coverage(missing, len(initiatives), periods.named(month, periods.Frequency.MONTH))


def reported(moment: datetime) -> QuerySet[Initiative]:
    """Each initiative with the month that is counted, and the newest of its own.

    A month counts when its deadline has passed, so that the first text of a new month makes nobody late.
    """
    known = StatusUpdate.objects.public(moment).order_by("-period").values("period")
    settled = known.filter(period__lte=cadence().settled_period(timezone.localdate(moment)))
    return Initiative.objects.known(moment).annotate(
        month=Subquery(settled[:1]), reported=Subquery(known.filter(initiative=OuterRef("pk"))[:1])
    )
