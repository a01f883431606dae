"""Questions asked across initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from indicators import periods
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.due import ENDED, cadence, running

GOING_ON = set(StatusUpdate.Status) - ENDED
BEHIND = Q(month__isnull=False) & (Q(reported=None) | Q(reported__lt=F("month"), newest_status__in=GOING_ON))


@dataclass(frozen=True)
class Coverage:
    """How many initiatives lack a status for the newest reported month whose deadline has passed, or a later one."""

    missing: int
    total: int
    period: int

    @property
    def month(self) -> str:
        return periods.named(self.period, periods.Frequency.MONTH)

    @property
    def iso_month(self) -> str:
        return periods.iso(self.period, periods.Frequency.MONTH)

    @property
    def deadline(self) -> date:
        return cadence().deadline(self.period)


def status_coverage(moment: datetime) -> Coverage | None:
    """None while no initiative, or no status that was due, was known. One query."""
    counts = reported(moment).aggregate(
        total=Count("pk"), missing=Count("pk", filter=Q(behind=True)), period=Max("month")
    )
    return None if counts["period"] is None else Coverage(**counts)


def coverage_of(initiatives: Sequence[Initiative]) -> Coverage | None:
    """The same of initiatives that were read by `reported`, without a query."""
    period = next((initiative.month for initiative in initiatives if initiative.month), None)
    if period is None:
        return None
    return Coverage(sum(initiative.behind for initiative in initiatives), len(initiatives), period)


def reported(moment: datetime) -> QuerySet[Initiative]:
    """Each initiative that goes on, with the month that is counted, its own newest, and whether it is behind.

    A month counts when its deadline has passed, so that the first text of a new month makes nobody late. Who is
    asked is `due.running`, as on `/mine/`; what was said to be done or stopped is not behind.
    """
    day = timezone.localdate(moment)
    known = StatusUpdate.objects.public(moment).order_by("-period", "-made_at")
    settled = known.filter(period__lte=cadence().settled_period(day)).values("period")
    own = known.filter(initiative=OuterRef("pk"))
    facts = {"month": settled[:1], "reported": own.values("period")[:1], "newest_status": own.values("status")[:1]}
    asked = Initiative.objects.known(moment).filter(pk__in=running(day).values("pk"))
    found = asked.annotate(**{name: Subquery(query) for name, query in facts.items()})
    return found.annotate(behind=Case(When(BEHIND, then=True), default=False, output_field=BooleanField()))
