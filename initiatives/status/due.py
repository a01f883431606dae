"""Whose status is due: an item is an initiative in a month, with what has been said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from accounts.models import Team
from goals.models import Plan
from goals.texts.current_text import CurrentText, current_and_last
from goals.workflow import State
from indicators import periods
from initiatives.models import Initiative, Link, StatusUpdate
from initiatives.status.deadlines import Cadence

ENDED = {StatusUpdate.Status.DONE, StatusUpdate.Status.STOPPED}


def cadence() -> Cadence:
    return Cadence(settings.STATUS_EVERY_MONTHS, settings.STATUS_OPENS_DAY, settings.STATUS_DEADLINE_DAY)


@dataclass(frozen=True)
class DueItem(CurrentText[StatusUpdate]):
    """An initiative in a month."""

    initiative: Initiative

    @property
    def deadline(self) -> date:
        return cadence().deadline(self.period)

    @property
    def month(self) -> str:
        return periods.named(self.period, periods.Frequency.MONTH)

    @property
    def iso_month(self) -> str:
        return _iso(self.period)

    @property
    def address(self) -> str:
        """Where the month's status is written."""
        return _address(self.initiative, self.period)

    @property
    def may_repeat(self) -> bool:
        """ "Ingen ændring" is an answer only to a month of which nothing has been said."""
        return self.last is not None and self.current is None

    @property
    def begun(self) -> StatusUpdate | None:
        """What was handed in last, if that says the work has begun: a later month cannot say it has not."""
        return self.last if self.last and self.last.status != StatusUpdate.Status.NOT_STARTED else None

    @property
    def begun_address(self) -> str:
        """Where the month is corrected that says so."""
        return _address(self.initiative, self.begun.period) if self.begun else ""

    @property
    def goals(self) -> list[str]:
        return sorted({str(link.goal.number) for link in self.initiative.links.all() if link.goal}, key=int)


def due_items(today: date, team: Team | None = None) -> list[DueItem]:
    """What a team (or everybody) has to write or has written for the month; what was sent back comes first."""
    period = cadence().due_period(today)
    initiatives = _with_statuses(running(today))
    if team:
        initiatives = initiatives.filter(team=team)
    items = [item for initiative in initiatives for item in _items(initiative, period)]
    return sorted(items, key=lambda item: not item.returned)


def item_of(initiative: Initiative, period: int) -> DueItem:
    """One month of one initiative, due or not."""
    return _item(_with_statuses(Initiative.objects.filter(pk=initiative.pk)).get(), period)


def running(today: date) -> QuerySet[Initiative]:
    """Those before their last day whose plan goes on, or who serve a goal or an objective of a plan that does."""
    followers = Plan.objects.filter(follows=OuterRef("pk"), known_from__lte=today, period_start__lte=today)
    going = Plan.objects.filter(~Exists(followers), known_from__lte=today)
    plans = going.filter(kind=Plan.Kind.PLAN)
    served = Q(goal__plan__in=plans) | Q(objective__theme__plan__in=plans)
    taken_over = Link.objects.filter(served).values("initiative")
    running = Initiative.objects.filter(Q(plan__in=going) | Q(plan__known_from__lte=today, pk__in=taken_over))
    return running.exclude(end__lt=today).select_related("team", "plan")


def _with_statuses(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    newest = StatusUpdate.objects.newest().order_by("-period")
    links = Link.objects.filter(goal__isnull=False).select_related("goal")
    return initiatives.prefetch_related(Prefetch("status_updates", newest), Prefetch("links", links))


def _address(initiative: Initiative, period: int) -> str:
    return reverse("mine-indsats", args=[initiative.slug, _iso(period)])


def _iso(period: int) -> str:
    return periods.iso(period, periods.Frequency.MONTH)


def _items(initiative: Initiative, period: int) -> Iterable[DueItem]:
    due = _item(initiative, period)
    if due.current or not (due.last and due.last.status in ENDED):
        yield due
    for update in initiative.status_updates.all():
        if update.period < period and update.state == State.RETURNED:
            yield _item(initiative, update.period)


def _item(initiative: Initiative, period: int) -> DueItem:
    current, last = current_and_last(list(initiative.status_updates.all()), period)
    return DueItem(period, current, last, initiative)
