"""Questions asked across initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import BooleanField, Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from indicators import periods
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.due import ENDED, cadence, running

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ReportedInitiative = WithAnnotations[Initiative, "Reported"]

GOING_ON = set(StatusUpdate.Status) - ENDED
BEHIND = Q(month__isnull=False) & (Q(reported=None) | Q(reported__lt=F("month"), newest_status__in=GOING_ON))


class Reported(TypedDict):
    """What `reported` tells of an initiative: the month that is counted, its own newest and the status it had then."""

    month: int | None
    reported: int | None
    newest_status: str | None
    behind: bool


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


def coverage_of(initiatives: "Sequence[ReportedInitiative]") -> Coverage | None:
    """The same of initiatives that were read by `reported`, without a query."""
    period = next((initiative.month for initiative in initiatives if initiative.month), None)
    if period is None:
        return None
    return Coverage(sum(initiative.behind for initiative in initiatives), len(initiatives), period)


def reported(moment: datetime) -> "QuerySet[ReportedInitiative]":
    """Each initiative that goes on, with the month that is counted, its own newest, and whether it is behind.

    A month counts when its deadline has passed, so that the first text of a new month makes nobody late. Who is
    asked is `due.running`, as on `/mine/`; what was said to be done or stopped is not behind.
    """
    day = timezone.localdate(moment)
    known = StatusUpdate.objects.public(moment).order_by("-period", "-made_at")
    settled = known.filter(period__lte=cadence().settled_period(day)).values("period")
    own = known.filter(initiative=OuterRef("pk"))
    asked = Initiative.objects.known(moment).filter(pk__in=running(day).values("pk"))
    found = asked.annotate(
        month=Subquery(settled[:1]),
        reported=Subquery(own.values("period")[:1]),
        newest_status=Subquery(own.values("status")[:1]),
    )
    return found.annotate(behind=Case(When(BEHIND, then=True), default=False, output_field=BooleanField()))
