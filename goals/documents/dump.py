"""A plan's goals and all that belongs to them, back into the form of a plan document."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.fields.related_descriptors import ManyToManyDescriptor

from goals import models
from goals.documents import goal_schema, schema, target_schema
from goals.documents.marks import Part
from goals.documents.sync_rows import rows_of
from goals.models import Goal, Plan
from indicators import periods
from indicators.models import standing

Tied = TypeVar("Tied", bound=Model)
PartData = dict[str, Any]  # what a document says, as plain data


def part_data(row: Model, part: type[Part], **references: Any) -> PartData:
    """The row's own fields that the part knows, and its references as the document writes them."""
    fields = {field.name for field in row._meta.concrete_fields if not field.is_relation}
    return {name: getattr(row, name) for name in part.model_fields if name in fields} | references


def tied(row: Model, relation: "ManyToManyDescriptor[Tied, Any]") -> list[Tied]:
    """What a relation ties the row to, in the order of the document; of a pair only the elder."""
    field = relation.field
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    ties = rows_of(field.remote_field.through).filter(**{here: row}).order_by("pk").select_related(there)
    if field.remote_field.symmetrical:
        ties = ties.filter(**{f"{there}_id__lt": row.pk})
    return [getattr(tie, there) for tie in ties]


def reference(base: Plan, plan: Plan, name: str | int) -> str:
    """`plan/name`, or the name alone for a part of the plan the document speaks of."""
    return str(name) if plan == base else f"{plan.slug}/{name}"


def goals_data(plan: Plan) -> PartData:
    base = plan.supplements or plan
    follows = plan.follows.slug if plan.follows else None
    return part_data(plan, schema.PlanDocument, supplements=base.slug if base != plan else None, follows=follows) | {
        "events": [part_data(event, schema.Event) for event in plan.events.order_by("pk")],
        "sections": [part_data(section, schema.Section) for section in plan.sections.all()],
        "target_groups": [part_data(g, schema.TargetGroup) for g in plan.target_groups.order_by("pk")],
        "themes": [part_data(theme, schema.Theme) for theme in plan.themes.order_by("pk")],
        "objectives": [_objective(objective) for objective in _in_order(models.Objective, theme__plan=plan)],
        "goals": [_goal(base, goal) for goal in plan.goals.order_by("pk")],
        "successions": [_succession(base, step) for step in plan.successions.order_by("pk")],
        "objective_successions": [
            _objective_succession(base, step) for step in plan.objective_successions.order_by("pk")
        ],
        "focus_areas": [_focus_area(area) for area in _in_order(models.FocusArea, introduced_by=plan)],
        "decisions": [_decision(decision) for decision in plan.decisions.order_by("pk")],
        "targets": _targets(plan),
        "statements": [part_data(statement, schema.Statement) for statement in plan.statements.all()],
        "open_questions": [_question(question) for question in plan.open_questions.order_by("pk")],
    }


def _in_order(model: type[Model], **owner: Model) -> QuerySet:
    """As they stood in the file they were first read from."""
    return standing(model._base_manager.filter(**owner)).order_by("pk")


def _objective(objective: models.Objective) -> PartData:
    return part_data(
        objective,
        schema.Objective,
        theme=objective.theme.number,
        targets=[part_data(target, schema.ObjectiveTarget) for target in objective.targets.all()],
        priorities=[part_data(p, schema.Priority) for p in objective.priorities.order_by("pk")],
    )


def _goal(base: Plan, goal: Goal) -> PartData:
    return part_data(
        goal,
        goal_schema.Goal,
        section=goal.section.code if goal.section else None,
        related=[reference(base, other.plan, other.number) for other in tied(goal, Goal.related)],
        measures=[_measure(measure) for measure in goal.measures.order_by("pk")],
        progress=[part_data(report, goal_schema.Progress) for report in goal.progress.order_by("pk")],
    )


def _succession(base: Plan, step: models.Succession) -> PartData:
    successor = step.successor.number if step.successor else None
    goal = reference(base, step.goal.plan, step.goal.number)
    return part_data(step, schema.Succession, goal=goal, successor=successor)


def _objective_succession(base: Plan, step: models.ObjectiveSuccession) -> PartData:
    successor = step.successor.number if step.successor else None
    objective = reference(base, step.objective.theme.plan, step.objective.number)
    return part_data(step, schema.ObjectiveSuccession, objective=objective, successor=successor)


def _measure(measure: models.Measure) -> PartData:
    indicator = measure.indicator.code if measure.indicator else None
    against = {
        "against": measure.against.code if measure.against else None,
        "against_indicator": measure.against_indicator.code if measure.against_indicator else None,
    }
    area = measure.area.code if measure.area else None
    return part_data(measure, goal_schema.Measure, indicator=indicator, area=area, **against)


def _focus_area(area: models.FocusArea) -> PartData:
    ties = _in_order(models.GoalFocus, focus_area=area)
    return part_data(
        area,
        schema.FocusArea,
        target_groups=slugs(tied(area, models.FocusArea.target_groups)),
        goals=[part_data(tie, schema.GoalFocus, goal=tie.goal.number) for tie in ties],
    )


def slugs(rows: Iterable[Any]) -> list[str]:
    return [row.slug for row in rows]


def _decision(decision: models.Decision) -> PartData:
    return part_data(decision, schema.Decision, goal=decision.goal.number if decision.goal else None)


def _targets(plan: Plan) -> list[PartData]:
    """A target known as long as the document says nothing of when; a further one of its kind must."""
    found, seen = [], set()
    for row in _in_order(models.Target, document=plan):
        first = (row.measure, row.kind) not in seen
        seen.add((row.measure, row.kind))
        found.append(
            part_data(
                row,
                target_schema.Target,
                **_months(row),
                measure=row.measure.code,
                decision=row.decision.code if row.decision else None,
                known_from=None if first and row.known_from == plan.known_from else row.known_from,
            )
        )
    return found


def _months(row: models.Target) -> PartData:
    """Its months as a document writes them."""
    path = [step | {"due": _month(step["due"])} for step in row.path]
    return {"due": _month(row.due), "baseline_period": _month(row.baseline_period), "path": path}


def _month(number: int | None) -> str | None:
    return None if number is None else periods.iso(number, periods.Frequency.MONTH)


def _question(question: models.OpenQuestion) -> PartData:
    goals = [goal.number for goal in tied(question, models.OpenQuestion.goals)]
    answers = [part_data(answer, schema.Answer) for answer in question.answers.order_by("pk")]
    return part_data(question, schema.OpenQuestion, goals=goals, answers=answers)
