"""Questions asked across initiatives."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from indicators import periods
from initiatives.models import Initiative, StatusUpdate


@dataclass(frozen=True)
class Coverage:
    """How many initiatives lack a status for the newest month anybody reported on."""

    missing: int
    total: int
    month: str


def status_coverage(moment: datetime) -> Coverage | None:
    """None while no initiative, or no status, was known. One query."""
    known = StatusUpdate.objects.filter(made_at__lte=moment)
    newest = Subquery(known.order_by("-period").values("period")[:1])
    own_newest = known.filter(initiative=OuterRef("pk")).order_by("-period").values("period")[:1]
    counts = (
        Initiative.objects.filter(plan__known_from__lte=timezone.localtime(moment).date())
        .annotate(month=newest, reported=Subquery(own_newest))
        .aggregate(
            total=Count("pk"),
            up_to_date=Count("pk", filter=Q(reported=F("month"))),
            newest_month=Max("month"),
        )
    )
    if not counts["total"] or counts["newest_month"] is None:
        return None
    return Coverage(
        counts["total"] - counts["up_to_date"],
        counts["total"],
        periods.danish(counts["newest_month"], periods.Frequency.MONTH),
    )
