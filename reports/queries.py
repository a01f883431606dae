"""Which papers there are, and how the goals stand in them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from goals.models import Plan
from goals.status.plan_status import plan_status
from indicators.as_known import as_known
from indicators.as_of import end_of
from indicators.data_version import cached_per_version
from reports.canonical_data import counts_of
from reports.models import MadePaper

Counts = dict[str, dict[str, int]]


def papers(moment: datetime) -> QuerySet[MadePaper]:
    """One a meeting and plan, as it was made last until the moment; the newest meeting first."""
    made = MadePaper.objects.filter(made_at__lte=moment)
    newest = made.filter(meeting=OuterRef("meeting"), plan=OuterRef("plan")).order_by("-made_at", "-pk")
    return made.filter(pk=Subquery(newest.values("pk")[:1])).select_related("plan")


@cached_per_version
def verdict_counts(plan: int, day: date) -> Counts:
    status = plan_status(Plan.objects.get(pk=plan), end_of(day))
    return counts_of(status) if status else {}


@cached_per_version
def plan_title(plan: int, day: date) -> str:
    """What the plan was called when the day ended: so its paper calls it."""
    return as_known(Plan.objects.filter(pk=plan), end_of(day))[0].title


@dataclass(frozen=True)
class ListedPaper:
    """A paper in a list, with how many goals are met of those that have such a target."""

    paper: MadePaper
    title: str
    original: tuple[int, int]
    revised: tuple[int, int]


def listed_papers(moment: datetime) -> list[ListedPaper]:
    return [_listed(paper) for paper in papers(moment)]


def _listed(paper: MadePaper) -> ListedPaper:
    counts = verdict_counts(paper.plan_id, paper.meeting)
    title = plan_title(paper.plan_id, paper.meeting)
    return ListedPaper(paper, title, _met(counts, "original"), _met(counts, "revised"))


def _met(counts: Counts, against: str) -> tuple[int, int]:
    by_verdict = counts.get(against, {})
    return by_verdict.get("met", 0), sum(by_verdict.values()) - by_verdict.get("no_target", 0)
