"""The initiatives behind a plan's goals, with their newest status as known at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from goals.models import Goal
from indicators import periods
from indicators.as_known import as_known
from initiatives.models import Initiative, Link, StatusUpdate


@dataclass(frozen=True)
class PaperInitiative:
    """One initiative; without a status where none was known."""

    slug: str
    name: str
    partners: tuple[str, ...]
    budget: Decimal | None
    status: str  # as the API has it; empty: none
    period: int | None
    text: str
    signed: str
    written: date | None
    demo: bool

    @property
    def status_label(self) -> str:
        return str(StatusUpdate.Status(self.status).label) if self.status else ""

    @property
    def month(self) -> str:
        return periods.named(self.period, periods.Frequency.MONTH) if self.period is not None else ""


def initiatives_of(goals: Sequence[Goal], moment: datetime) -> dict[int, tuple[PaperInitiative, ...]]:
    """Goal id → its initiatives, in the plan's order; a handful of queries for all goals together."""
    day = timezone.localtime(moment).date()
    links = Link.objects.filter(goal__in=goals, initiative__plan__known_from__lte=day).select_related("initiative")
    whole = links.prefetch_related("initiative__status_updates", "initiative__partners")
    known_links = as_known(whole.order_by("initiative__position", "pk"), moment)
    present = {initiative.pk: initiative for initiative in as_known([link.initiative for link in known_links], moment)}
    by_goal: dict[int, dict[int, PaperInitiative]] = {}
    for link in known_links:
        if link.goal_id is not None and link.initiative_id in present:
            paper_initiative = _behind(present[link.initiative_id], moment)
            by_goal.setdefault(link.goal_id, {}).setdefault(link.initiative_id, paper_initiative)
    return {goal: tuple(initiatives.values()) for goal, initiatives in by_goal.items()}


def _behind(initiative: Initiative, moment: datetime) -> PaperInitiative:
    update = initiative.status_at(moment)
    return PaperInitiative(
        slug=initiative.slug,
        name=initiative.name,
        partners=tuple(sorted(partner.name for partner in initiative.partners.all())),
        budget=initiative.budget,
        status=update.status if update else "",
        period=update.period if update else None,
        text=update.text if update else "",
        signed=update.author_role if update else "",
        written=timezone.localtime(update.made_at).date() if update else None,
        demo=bool(update and update.demo),
    )
