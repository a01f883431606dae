"""What is missing for the plan to be followed, and whose turn it is. The same numbers as on the front page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Team
from goals.models import Assessment, Goal, Measure, OpenQuestion, Plan
from goals.status.types import MeasureStatus, PlanStatus
from goals.workflow import State
from indicators import formats, periods
from indicators.http.parameters import one_of
from indicators.ingest.source_status import GRACE, next_due
from indicators.translation import translated
from initiatives.models import Initiative, Link, StatusUpdate
from initiatives.status.coverage import Coverage, coverage_of, reported
from initiatives.status.due import ENDED, cadence

if TYPE_CHECKING:
    from initiatives.status.coverage import ReportedInitiative

SHORT = 6


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. `owner` is a role or team, empty where none is known; `lead` stands before `name`."""

    name: str
    address: str
    owner: str
    detail: str
    plan: str = ""
    lead: str = ""
    edit: str = ""  # where an editor mends it; empty: at `address`

    @property
    def what(self) -> str:
        return f"{self.lead}{translated(self.name)}"

    @property
    def told(self) -> str:
        return ", ".join(filter(None, [self.detail, self.plan]))


@dataclass(frozen=True)
class GapList:
    key: str
    title: str
    none: str  # what is said when nothing is missing
    gaps: list[Gap]
    note: str = ""  # what the list counts, where its title does not say it all

    @property
    def folded(self) -> bool:
        """A long list opens when somebody asks for it, so that the page can be scanned."""
        return len(self.gaps) > SHORT


@dataclass(frozen=True)
class Gaps:
    lists: list[GapList]
    coverage: Coverage | None
    owners: list[str]
    owner: str
    to_approve: int

    @property
    def headline(self) -> str:
        count = sum(len(entry.gaps) for entry in self.lists)
        if not count:
            return _("Intet mangler lige nu")
        if self.owner:
            told = ngettext("{count} ting mangler hos {owner}", "{count} ting mangler hos {owner}", count)
        else:
            told = ngettext(
                "{count} ting mangler, for at planen kan følges",
                "{count} ting mangler, for at planen kan følges",
                count,
            )
        return told.format(count=count, owner=self.owner)


def gaps(status: PlanStatus | None, moment: datetime, owner: str = "") -> Gaps:
    initiatives = list(_initiatives(moment))
    found = [
        _of_status(initiatives, timezone.localdate(moment)),
        GapList("maal", _("Mål uden en aktiv indsats"), _("Alle mål har en."), _goals(status, initiatives, moment)),
        GapList("ansvar", _("Indsatser uden ansvarlig"), _("Alle har en."), _without_owner(initiatives)),
        GapList("team", _("Målepunkter uden et team"), _("Alle har et."), _without_team(status)),
        GapList("tal", _("Målepunkter med ældre tal end ventet"), _("Alle tal er kommet."), _old(status, moment)),
        GapList("afklares", _("Spørgsmål, der skal afklares"), _("Alt er afklaret."), _questions()),
    ]
    if owner:
        _check_owner(owner, found, status, initiatives)
    lists = [replace(e, gaps=[g for g in e.gaps if not owner or g.owner == owner]) for e in found]
    owners = sorted({gap.owner for entry in found for gap in entry.gaps if gap.owner} | ({owner} - {""}))
    return Gaps(lists, coverage_of(initiatives), owners, owner, _to_approve())


def _check_owner(
    owner: str, found: Iterable[GapList], status: PlanStatus | None, initiatives: Iterable[Initiative]
) -> None:
    """One that owns something, though nothing of it may be missing now; anybody else is refused."""
    lacking = {gap.owner for entry in found for gap in entry.gaps}
    contacts = {goal.goal.contact for goal in status.goals} if status else set()
    teams = set(Team.objects.values_list("name", flat=True))
    possible = (lacking | contacts | teams | {owner_of(initiative) for initiative in initiatives}) - {""}
    one_of("ansvarlig", "En rolle eller et team.", lambda internal: possible).value_of(owner)


def _initiatives(moment: datetime) -> "QuerySet[ReportedInitiative]":
    return reported(moment).select_related("team").order_by("code")


def owner_of(initiative: Initiative) -> str:
    """What the plan says; else the team that writes its status."""
    return initiative.owner or (initiative.team.name if initiative.team else "")


def _of_status(initiatives: "list[ReportedInitiative]", today: date) -> GapList:
    coverage = coverage_of(initiatives)
    title = _("Indsatser, der mangler status for %(month)s") % {"month": coverage.month if coverage else ""}
    note = _counted(coverage, today) if coverage else ""
    return GapList("status", title, _("Alle indsatser har status."), _overdue(initiatives), note)


def _counted(coverage: Coverage, today: date) -> str:
    """Which month this is, and which one the writers are asked for now."""
    asked = cadence().due_period(today)
    text = _(
        "Den nyeste måned, nogen har meldt status for, og hvis frist er gået ({deadline}). Afsluttede og stoppede "
        "indsatser mangler ikke. Lige nu bedes der om {asked}, frist {asked_deadline}."
    )
    return text.format(
        deadline=formats.long_date(coverage.deadline),
        asked=periods.named(asked, periods.Frequency.MONTH),
        asked_deadline=formats.long_date(cadence().deadline(asked)),
    )


def _overdue(initiatives: "Iterable[ReportedInitiative]") -> list[Gap]:
    """By owner, so that each can be asked once; those without one last."""
    late = [i for i in initiatives if i.behind]
    found = [Gap(i.name, reverse("indsats", args=[i.slug]), owner_of(i), _since(i.reported)) for i in late]
    return sorted(found, key=lambda gap: (gap.owner == "", gap.owner, gap.what))


def _since(month: int | None) -> str:
    if month is None:
        return _("aldrig meldt")
    return _("senest meldt for %(month)s") % {"month": periods.named(month, periods.Frequency.MONTH)}


def _active(initiative: "ReportedInitiative", moment: datetime) -> bool:
    ended = initiative.end is not None and initiative.end < timezone.localdate(moment)
    return initiative.newest_status not in ENDED and not ended


def _goals(status: PlanStatus | None, initiatives: "list[ReportedInitiative]", moment: datetime) -> list[Gap]:
    if status is None:
        return []
    active = [initiative.pk for initiative in initiatives if _active(initiative, moment)]
    served = set(Link.objects.filter(goal__plan=status.plan, initiative__in=active).values_list("goal_id", flat=True))
    return [_bare(goal.goal, status.plan) for goal in status.goals if goal.goal.pk not in served]


def _bare(goal: Goal, plan: Plan) -> Gap:
    lead = _("Mål %(number)s") % {"number": goal.number} + ": "
    return Gap(goal.title, reverse("maal", args=[plan.slug, goal.number]), goal.contact, "", plan.title, lead)


def _without_owner(initiatives: Iterable[Initiative]) -> list[Gap]:
    found = [initiative for initiative in initiatives if not owner_of(initiative)]
    return [Gap(i.name, reverse("indsats", args=[i.slug]), "", "", edit=_edit_team(i)) for i in found]


def _edit_team(initiative: Initiative) -> str:
    return reverse("rediger-indsats", args=[initiative.slug]) + "#id_team"


def _without_team(status: PlanStatus | None) -> list[Gap]:
    """Nobody finds them at `/mine/`, so nobody is asked for an assessment."""
    return [_teamless(m.measure) for m in (status.measures if status else []) if m.measure.team_id is None]


def _teamless(measure: Measure) -> Gap:
    goal = [measure.goal.plan.slug, measure.goal.number]
    edit = reverse("rediger-maalepunkt", args=[*goal, measure.code]) + "#id_team"
    address, lead = reverse("maal", args=goal), f"{measure.number} "
    return Gap(measure.short_name, address, measure.goal.contact, "", lead=lead, edit=edit)


def _old(status: PlanStatus | None, moment: datetime) -> list[Gap]:
    today = timezone.localdate(moment)
    return [gap for measure in (status.measures if status else []) if (gap := _if_old(measure, today))]


def _if_old(status: MeasureStatus, today: date) -> Gap | None:
    """Counted as the sources are: one publication after the newest figure, and a week for it to slip."""
    measure, indicator = status.measure, status.measure.indicator
    name, lead, plan = measure.short_name, f"{measure.number} ", measure.goal.plan
    address = reverse("maal", args=[plan.slug, measure.goal.number])
    newest = max((p.period for p in status.history.points if p.value is not None), default=None)
    if indicator is None or newest is None:
        return Gap(name, address, measure.goal.contact, _("ingen tal endnu"), lead=lead)
    due = next_due(indicator, newest)
    if today <= due + GRACE:
        return None
    words = {"period": periods.named(newest, indicator.frequency), "due": formats.short_date(due)}
    made_up = _(" (demotal)") if status.history.synthetic else ""
    told = _("nyeste %(period)s, næste ventet %(due)s") % words + made_up
    return Gap(name, address, measure.goal.contact, told, lead=lead)


def _questions() -> list[Gap]:
    waiting = OpenQuestion.objects.filter(answers=None).select_related("plan").order_by("plan__year", "plan", "pk")
    return [Gap(q.text, reverse("afklar", args=[q.plan.slug, q.code]), "", q.code, q.plan.title) for q in waiting]


def _to_approve() -> int:
    """Statuses and assessments together, in one query."""
    waiting = [model.objects.newest().filter(state=State.SUBMITTED) for model in (StatusUpdate, Assessment)]
    return waiting[0].order_by().values("pk").union(waiting[1].order_by().values("pk"), all=True).count()
