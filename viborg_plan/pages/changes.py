"""What became known between two days: verdicts, figures, targets, assessments and statuses of initiatives."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Assessment, Target
from goals.status.plan_status import plan_status
from goals.status.reading_queries import figure_key
from goals.status.types import PlanStatus
from goals.status.verdict_changes import VerdictChange, changed_goals, verdict_changes
from indicators.as_of import UnusableDate, day_in, end_of
from indicators.models import Batch
from indicators.queries.corrections import FigureChange, changes_between
from indicators.queries.deliveries import shown_deliveries
from initiatives.models import StatusUpdate

A_QUARTER = timedelta(days=92)
LARGEST = 5


@dataclass(frozen=True)
class Between:
    """From the evening of the first day to the evening of the last; `quiet` when nothing became known since."""

    first: date
    last: date
    quiet: bool = False

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return end_of(self.first), end_of(self.last)


def between(asked: QueryDict, today: date) -> Between:
    """The days a reader asks for; without them the newest quarter with news."""
    first_text, last_text = asked.get("fra", "").strip(), asked.get("til", "").strip()
    if not first_text and not last_text:
        return _with_news(today)
    last = day_in(last_text) if last_text else today
    first = day_in(first_text) if first_text else last - A_QUARTER
    if first >= last:
        raise UnusableDate(_("Den første dag skal ligge før den sidste."))
    return Between(first, last)


def _with_news(today: date) -> Between:
    """The last quarter; where it brought nothing, the one that ends with the last day that did."""
    newest = _last_news(today)
    if newest is None or newest > today - A_QUARTER:
        return Between(today - A_QUARTER, today)
    return Between(newest - A_QUARTER, newest, quiet=True)


def _last_news(today: date) -> date | None:
    """The day when something of what this page tells last became known."""
    moment = end_of(today)
    moments = [
        Batch.objects.filter(id__in=shown_deliveries(), known_from__lte=moment).aggregate(newest=Max("known_from")),
        Assessment.objects.public(moment).aggregate(newest=Max("made_at")),
        StatusUpdate.objects.public(moment).aggregate(newest=Max("made_at")),
    ]
    days = [timezone.localdate(found["newest"]) for found in moments if found["newest"]]
    target = Target.objects.known(today).aggregate(newest=Max("known_from"))["newest"]
    return max([*days, target] if target else days, default=None)


@dataclass(frozen=True)
class Figures:
    """What deliveries brought, as their receipts count it, and the largest changes of the plan's own measures."""

    deliveries: int
    new: int
    changed: int
    withdrawn: int
    largest: list[FigureChange]
    corrected: int


@dataclass(frozen=True)
class StatusChange:
    """The newest status of an initiative, and the one it had on the first day."""

    update: StatusUpdate
    was: str


@dataclass(frozen=True)
class Changes:
    goals: int  # with another verdict than before, against either target
    verdicts: list[VerdictChange]
    figures: Figures
    targets: list[Target]  # set or changed
    answers: list[tuple[str, int]]  # what was found out about targets, and how many it is about
    assessments: QuerySet[Assessment]
    statuses: list[StatusChange]
    repeated: int  # initiatives that were reported on and have the status they had

    @property
    def headline(self) -> str:
        """Counts the goals that have another verdict of their own, not those of which only a measure has."""
        if not self.goals:
            return _("Ingen mål har fået en anden status")
        text = ngettext("{count} mål har fået en anden status", "{count} mål har fået en anden status", self.goals)
        return text.format(count=self.goals)


def changes(days: Between) -> Changes:
    """In ten queries, however much changed."""
    start, end = days.moments
    then, now = plan_status(None, start), plan_status(None, end)
    reported, stated = _statuses(days), list(_targets(days))
    return Changes(
        goals=len(changed_goals(then, now)),
        verdicts=verdict_changes(then, now),
        figures=_figures(days, now),
        targets=[target for target in stated if not target.restated],
        answers=list(Counter(target.reason for target in stated if target.restated).items()),
        assessments=_assessments(days),
        statuses=[change for change in reported if change.was != change.update.get_status_display()],
        repeated=sum(change.was == change.update.get_status_display() for change in reported),
    )


def _figures(days: Between, now: PlanStatus | None) -> Figures:
    start, end = days.moments
    public = Batch.objects.filter(id__in=shown_deliveries(), known_from__gt=start, known_from__lte=end)
    came = public.aggregate(
        first=Min("id"), last=Max("id"), deliveries=Count("id"),
        new=Sum("new", default=0), changed=Sum("changed", default=0), withdrawn=Sum("withdrawn", default=0),
    )  # fmt: skip
    keys = [key for measure in (now.measures if now else []) if (key := figure_key(measure.measure))]
    found = changes_between(keys, came["first"], came["last"]) if came["deliveries"] and keys else []
    counts = {name: came[name] for name in ("deliveries", "new", "changed", "withdrawn")}
    return Figures(**counts, largest=found[:LARGEST], corrected=sum(not change.was_provisional for change in found))


def _targets(days: Between) -> QuerySet[Target]:
    known = Target.objects.known(days.last).filter(known_from__gt=days.first)
    known = known.with_before().select_related("measure__goal__plan", "measure__indicator", "document")
    return known.order_by("known_from", "id")


def _assessments(days: Between) -> QuerySet[Assessment]:
    start, end = days.moments
    return Assessment.objects.public(end).filter(made_at__gt=start).select_related("measure__goal__plan")


def _statuses(days: Between) -> list[StatusChange]:
    """One for each initiative that somebody reported on between the days."""
    start, end = days.moments
    known = StatusUpdate.objects.public(end).select_related("initiative")
    found = []
    for __, group in groupby(
        known.order_by("initiative__position", "made_at"), key=lambda update: update.initiative_id
    ):
        updates = list(group)
        before = [update for update in updates if update.made_at <= start]
        if updates[-1].made_at > start:
            found.append(StatusChange(updates[-1], before[-1].get_status_display() if before else ""))
    return found
