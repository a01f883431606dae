"""Pages of plans and goals: get, ask, render."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from goals.models import Answer, Goal, Objective, ObjectiveSuccession, Plan, Target, Theme
from goals.pages import goal_table, small_multiples
from goals.pages.initiatives_behind import initiatives_behind, links_known
from goals.pages.measure_panel import newest_period, panels
from goals.pages.month_table import corrections_of, months_of_the_year
from goals.pages.statements import statements_by_kind
from goals.pages.succession import following
from goals.sentences import measure_sentences, printed_rule, summaries
from goals.status.comparable import comparable_indicators
from goals.status.plan_status import plan_status
from goals.status.types import GoalStatus, MeasureStatus, PlanStatus
from indicators.as_known import as_known, put_back
from indicators.as_of import AsOf, as_of
from indicators.http.csv_file import csv_response

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def plans(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    found = Plan.objects.filter(known_from__lte=known.today).select_related("supplements").order_by("-year", "slug")
    drafts = Plan.objects.none() if known.past else Plan.objects.filter(known_from=None).order_by("-year", "slug")
    return render(request, "goals/plans.html", {"plans": as_known(found, known.past), "drafts": drafts})


def plan(request: HttpRequest, slug: str) -> HttpResponse:
    known = as_of(request)
    found = _plan_or_404(slug, known)
    status = plan_status(found, known.moment)
    followers, supplements = _later_documents(found, known)
    context = {
        "plan": found,
        "status": status,
        "sections": goal_table.by_section(status) if status else [],
        "unmeasured": goal_table.unmeasured_rows(status.unmeasured) if status else [],
        "headline": measure_sentences.headline(status) if status else "",
        "themes": _themes(found, known, followers),
        "focus_areas": as_known(
            found.focus_areas.filter(introduced_by__known_from__lte=known.today)
            .select_related("introduced_by")
            .prefetch_related("goals"),
            known.past,
        ),
        "goals": as_known(found.goals.all(), known.past) if not status else [],
        "headings": as_known(found.headings.prefetch_related("actions"), known.past),
        "with_initiatives": found.initiative_count > 0,
        "following": following(found, known.moment, known.past),
        "heard": found.hearings.counted(known.today),
        "followers": followers,
        "supplements": supplements,
        "stated_targets": _newest_stated(found, known) if found.supplements else [],
        "statements": statements_by_kind(as_known(found.statements.all(), known.past)),
        "questions": as_known(found.open_questions.prefetch_related("goals", answers_known(known.today)), known.past),
    }
    return render(request, "goals/plan.html", context)


def _later_documents(plan: Plan, known: AsOf) -> tuple[list[Plan], list[Plan]]:
    """The plans that follow it, and its supplements, in one query."""
    later = as_known(
        Plan.objects.filter(Q(follows=plan) | Q(supplements=plan), known_from__lte=known.today), known.past
    )
    return [p for p in later if p.follows_id == plan.pk], [p for p in later if p.supplements_id == plan.pk]


def measures(request: HttpRequest, slug: str) -> HttpResponse:
    """All measures of a plan as small drawings on one time axis."""
    found, status = _status_or_404(slug, as_of(request))
    context = {
        "plan": found,
        "status": status,
        "headline": measure_sentences.headline(status),
        "multiples": small_multiples.multiples(status),
    }
    return render(request, "goals/multiples.html", context)


def measures_csv(request: HttpRequest, slug: str) -> HttpResponse:
    _, status = _status_or_404(slug, as_of(request))
    return csv_response(f"{slug}-maalepunkter.csv", small_multiples.as_csv(status))


def goal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    known = as_of(request)
    status = _goal_status_or_404(slug, number, known)
    found = status.goal
    events = as_known(found.plan.events_with_supplements(known.today), known.past)
    comparable, said = comparable_indicators(status), _said_of(found, known)
    context = {
        "goal": found,
        "status": status,
        "finding": measure_sentences.goal_finding(status),
        "period": newest_period(status),
        "neighbours": _neighbours(found, known),
        "panels": panels(status, events, known.moment, comparable, said["questions"]),
        "summary": [summaries.of_measure(measure) for measure in status.measures],
        "rule": printed_rule.rule_in_words(status),
        "unmeasured": goal_table.unmeasured_rows([status] if found.kind != Goal.Kind.MEASURED else []),
        "initiatives": initiatives_behind(found, known.moment, known.past),
    } | said
    return render(request, "goals/goal.html", context)


def _said_of(goal: Goal, known: AsOf) -> dict[str, list]:
    """What plans, supplements and meetings tied to the goal, as it was known."""
    day = known.today
    actions = goal.action_links.filter(action__heading__plan__known_from__lte=day)
    successions = goal.successions.filter(plan__known_from__lte=day)
    questions = goal.open_questions.filter(plan__known_from__lte=day)
    rows: dict[str, QuerySet] = {
        "actions": actions.select_related("action__heading__plan"),
        "related": goal.related.filter(plan__known_from__lte=day).select_related("plan"),
        "successions": successions.select_related("plan", "successor"),
        "decisions": goal.decisions.filter(known_from__lte=day),
        "questions": questions.prefetch_related(answers_known(day)),
    }
    return {name: as_known(found, known.past) for name, found in rows.items()}


def _neighbours(goal: Goal, known: AsOf) -> tuple[Goal | None, Goal | None]:
    """The goals before and after it in the plan."""
    others = as_known(goal.plan.goals.exclude(pk=goal.pk).order_by("number"), known.past)
    before, after = ([g for g in others if (g.number < goal.number) == lower] for lower in (True, False))
    return before[-1] if before else None, after[0] if after else None


def goal_csv(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    known = as_of(request)
    status = _measure_or_404(_goal_status_or_404(slug, number, known), code)
    table = months_of_the_year(status, corrections_of(status, known.moment))
    return csv_response(f"{slug}-{code}.csv", table.as_csv())


def goal_figure(request: HttpRequest, slug: str, number: int, code: str) -> JsonResponse:
    """What plotly draws when a reader asks to explore the measure."""
    from goals.charts.plotly_figure import target_figure  # plotly is slow to load: only who explores waits for it

    known = as_of(request)
    status = _measure_or_404(_goal_status_or_404(slug, number, known), code)
    return JsonResponse(target_figure(status, known.today))


class PlanPage(TypedDict):
    initiative_count: int


def _plan_or_404(slug: str, known: AsOf) -> "WithAnnotations[Plan, PlanPage]":
    whole = Plan.objects.select_related("supplements", "follows").annotate(initiative_count=Count("initiatives"))
    return as_known([get_object_or_404(whole, slug=slug, known_from__lte=known.today)], known.past)[0]


def _status_or_404(slug: str, known: AsOf) -> tuple[Plan, PlanStatus]:
    found = _plan_or_404(slug, known)
    status = plan_status(found, known.moment)
    if status is None:
        raise Http404(_("Planen har ingen målepunkter."))
    return found, status


def _goal_status_or_404(slug: str, number: int, known: AsOf) -> GoalStatus:
    found = _plan_or_404(slug, known)
    status = plan_status(found, known.moment, goal=number)
    if status is None:
        goal = get_object_or_404(Goal.objects.select_related("plan"), plan=found, number=number)
        return GoalStatus(_as_known_or_404(goal, known), ())
    return status.counted[0]


def _as_known_or_404(row: Goal, known: AsOf) -> Goal:
    rows = as_known([row], known.past)
    if not rows:
        raise Http404(_("Målet fandtes ikke den dag."))
    return rows[0]


def _measure_or_404(status: GoalStatus, code: str) -> MeasureStatus:
    measure = next((m for m in status.measures if m.measure.code == code), None)
    if measure is None:
        raise Http404(_("Målepunktet findes ikke."))
    return measure


def _newest_stated(found: Plan, known: AsOf) -> list[Target]:
    """A supplement's own target of each measure, as it was stated last."""
    stated = found.targets.known(known.today).filter(kind=Target.Kind.REVISED)
    whole = stated.select_related("measure__goal__plan").order_by("measure__goal__number", "measure__part", "id")
    return list({target.measure_id: target for target in as_known(whole, known.past)}.values())


def answers_known(day: date) -> Prefetch:
    return Prefetch("answers", Answer.objects.filter(known_from__lte=day))


def _themes(found: Plan, known: AsOf, followers: list[Plan]) -> list[Theme]:
    """With the objectives in the wording that held on the day, their initiatives, and what became of them since."""
    wordings = Objective.objects.valid_on(known.today)
    wordings = wordings.prefetch_related("targets", "priorities", links_known(known.today))
    if followers:
        told = ObjectiveSuccession.objects.filter(plan__in=followers).select_related("plan")
        wordings = wordings.prefetch_related(Prefetch("successions", told, to_attr="told"))
    themes = as_known(found.themes.prefetch_related(Prefetch("objectives", wordings)), known.past)
    objectives = [objective for theme in themes for objective in theme.objectives.all()]
    put_back((link.initiative for objective in objectives for link in objective.links.all()), known.past)
    put_back((priority for objective in objectives for priority in objective.priorities.all()), known.past)
    return themes
