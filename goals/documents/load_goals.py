"""A plan document's goals and all that belongs to them, brought into the database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, overload

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from goals import models
from goals.documents.marks import Part
from goals.documents.name_lookup import Names
from goals.documents.schema import Objective, PlanDocument
from goals.documents.sync_rows import Facts, LoadChanges, Row, rows_of, sync, sync_pairs, sync_ties
from indicators.as_known import Edited

# Lists whose entries belong to the plan and refer to nothing else, each with its key.
SIMPLE: dict[str, tuple[type[Model], str]] = {
    "events": (models.Event, "name"),
    "sections": (models.Section, "code"),
    "themes": (models.Theme, "number"),
    "statements": (models.Statement, "code"),
}
Ties = Iterable[tuple[str, int, Sequence[str | int]]]  # label and key of a row, and the names of what it is tied to


class Loader:
    """One document on its way in: the names it may use, and what has changed so far."""

    def __init__(self, document: PlanDocument, names: Names, edited: Edited, *, history: bool) -> None:
        self.document = document
        self.names = names
        self.changes = LoadChanges(document.slug, edited, history=history)

    @property
    def plan_id(self) -> int:
        return self.pk("plan", self.document.slug)

    @property
    def base_id(self) -> int:
        """The plan whose goals the document speaks of."""
        return self.pk("plan", self.document.base)

    @overload
    def pk(self, kind: str, value: str | int) -> int: ...

    @overload
    def pk(self, kind: str, value: str | int | None) -> int | None: ...

    def pk(self, kind: str, value: str | int | None) -> int | None:
        return self.names.pk(self.document, kind, value)

    def sync(self, part: str, stored: QuerySet[Row], key: Iterable[str], wanted: Mapping[str, Facts]) -> dict[str, Row]:
        rows = sync(self.changes, part, stored, list(key), wanted)
        self.names.forget(stored.model)
        return rows

    def introduce(self, part: str, model: type[Row]) -> dict[str, Row]:
        """A list of what is named once and for all; what another document introduced may move to this one."""
        parts = {item.slug: item for item in getattr(self.document, part)}
        stored = model._base_manager.filter(Q(introduced_by=self.plan_id) | Q(slug__in=parts))
        facts = {slug: facts_of(item, introduced_by_id=self.plan_id) for slug, item in parts.items()}
        return self.sync(part, stored, ["slug"], facts)

    def shown_from(
        self, part: str, label: str, said: date | None, stored: models.Plan | models.Decision | models.Answer | None
    ) -> date | None:
        """The day from which the portal shows what the file knows from a day: not one before the portal was told.

        A day that has begun stands. What the portal is told of a plan for the first time is a history: known as said.
        """
        if stored is not None and self.changes.edited.holds(stored, "known_from"):
            return said  # the portal's own; the difference is told as of any field
        today, known = timezone.localdate(), stored.known_from if stored else None
        if known is None or known > today:
            known = said if said is None or self.changes.history else max(said, today)
        if known != said:
            self.changes.kept.append(f"  kendt i portalen fra {known}: {part} {label} (filen siger {said})")
        return known

    def tie(self, part: str, relation: Any, owner: Facts, kind: str, ties: Ties) -> None:
        """The rows of a relation from rows that `owner` picks out to parts of a kind."""
        join = sync_pairs if relation.field.remote_field.symmetrical else sync_ties
        named = {f"{label} + {name}": (row, self.pk(kind, name)) for label, row, names in ties for name in names}
        join(self.changes, part, relation.field, owner, named)


def facts_of(part: Part, position: int | None = None, **owner: int | date | None) -> dict[str, Any]:
    """What the part says of its row's own fields, its place in the list if the row keeps one, its owner."""
    if part.row is None:
        raise TypeError(f"{type(part).__name__} fills no row")
    fields = {field.name for field in part.row._meta.concrete_fields if not field.is_relation}
    facts = {name: getattr(part, name) for name in type(part).model_fields if name in fields}
    return facts | owner | ({"position": position} if "position" in fields else {})


def step_down(loader: Loader) -> None:
    """Only one plan may be current at any moment: the old one steps down before the new one steps up."""
    slug = loader.document.slug
    stored = models.Plan.objects.filter(slug=slug, current=True)
    if stored and not loader.document.current:
        loader.sync("plan", stored, ["slug"], {slug: {"slug": slug, "current": False}})


def load_goals(loader: Loader) -> None:
    _plan(loader)
    for name, (model, key) in SIMPLE.items():
        parts = enumerate(getattr(loader.document, name))
        facts = {str(getattr(part, key)): facts_of(part, i, plan_id=loader.plan_id) for i, part in parts}
        loader.sync(name, rows_of(model).filter(plan=loader.plan_id), [key], facts)
    loader.introduce("target_groups", models.TargetGroup)
    _objectives(loader)
    _goals(loader)
    _measures(loader)
    _successions(loader)
    _objective_successions(loader)
    _focus_areas(loader)
    _decisions(loader)
    _open_questions(loader)


def _plan(loader: Loader) -> None:
    document = loader.document
    stored = models.Plan.objects.filter(slug=document.slug)
    loader.changes.is_new = not stored.exists()
    others = {"supplements_id": document.supplements, "follows_id": document.follows}
    facts = facts_of(document, **{name: loader.pk("plan", slug) for name, slug in others.items()})
    facts["known_from"] = loader.shown_from("plan", document.slug, document.known_from, stored.first())
    loader.sync("plan", stored, ["slug"], {document.slug: facts})


def _objectives(loader: Loader) -> None:
    wordings = {_wording(objective): objective for objective in loader.document.objectives}
    facts = {label: facts_of(o, theme_id=loader.pk("theme", o.theme)) for label, o in wordings.items()}
    stored = models.Objective.objects.filter(theme__plan=loader.plan_id)
    rows = loader.sync("objectives", stored, ["theme_id", "number", "valid_from"], facts)
    for name, model, key in (
        ("targets", models.ObjectiveTarget, "position"),
        ("priorities", models.Priority, "year"),
    ):
        children = {
            f"{label} nr. {i + 1}": facts_of(child, i, objective_id=rows[label].pk)
            for label, objective in wordings.items()
            for i, child in enumerate(getattr(objective, name))
        }
        own = model._base_manager.filter(objective__theme__plan=loader.plan_id)
        loader.sync(f"objectives.{name}", own, ["objective_id", key], children)


def _wording(objective: Objective) -> str:
    return f"{objective.number} fra {objective.valid_from}" if objective.valid_from else objective.number


def _goals(loader: Loader) -> None:
    goals = {str(goal.number): goal for goal in loader.document.goals}
    facts = {
        label: facts_of(goal, plan_id=loader.plan_id, section_id=loader.pk("section", goal.section))
        for label, goal in goals.items()
    }
    rows = loader.sync("goals", models.Goal.objects.filter(plan=loader.plan_id), ["number"], facts)
    _progress(loader, rows)
    related = [(label, rows[label].pk, goal.related) for label, goal in goals.items()]
    loader.tie("goals.related", models.Goal.related, {"plan": loader.plan_id}, "goal", related)


def _progress(loader: Loader, goals: Mapping[str, models.Goal]) -> None:
    """Reports on milestones; one that is told of later is known from the day the portal was told."""
    facts = {
        f"{goal.number} {report.done_on or report.count}": facts_of(report, goal_id=goals[str(goal.number)].pk)
        for goal in loader.document.goals
        for report in goal.progress
    }
    stored = models.Progress.objects.filter(goal__plan=loader.plan_id)
    by_report = {(row.goal_id, row.done_on, row.count): row for row in stored}
    for label, said in facts.items():
        known = by_report.get((said["goal_id"], said["done_on"], said["count"]))
        said["known_from"] = (
            known.known_from if known else loader.shown_from("goals.progress", label, said["known_from"], None)
        )
    loader.sync("goals.progress", stored, ["goal_id", "done_on", "count"], facts)


def _measures(loader: Loader) -> None:
    facts = {
        measure.code: facts_of(
            measure,
            goal_id=loader.pk("goal", goal.number),
            indicator_id=loader.pk("indicator", measure.indicator),
            area_id=loader.pk("area", measure.area),
            against_id=loader.pk("area", measure.against),
            against_indicator_id=loader.pk("indicator", measure.against_indicator),
        )
        for goal in loader.document.goals
        for measure in goal.measures
    }
    stored = models.Measure.objects.filter(goal__plan=loader.plan_id)
    loader.sync("goals.measures", stored, ["code"], facts)


def _successions(loader: Loader) -> None:
    facts = {
        step.goal: facts_of(
            step,
            plan_id=loader.plan_id,
            goal_id=loader.pk("goal", step.goal),
            successor_id=loader.pk("goal", step.successor),
        )
        for step in loader.document.successions
    }
    loader.sync("successions", models.Succession.objects.filter(plan=loader.plan_id), ["goal_id"], facts)


def _objective_successions(loader: Loader) -> None:
    """Of an objective's wordings the one that was spoken of before, else the last."""
    stored = models.ObjectiveSuccession.objects.filter(plan=loader.plan_id)
    spoken_of = {pk for ends in stored.values_list("objective_id", "successor_id") for pk in ends}

    def wording(number: str | None) -> int | None:
        found = [] if number is None else loader.names.pks(loader.document, "objective", number)
        return next((pk for pk in found if pk in spoken_of), found[-1] if found else None)

    facts = {
        step.objective: facts_of(
            step, plan_id=loader.plan_id, objective_id=wording(step.objective), successor_id=wording(step.successor)
        )
        for step in loader.document.objective_successions
    }
    loader.sync("objective_successions", stored, ["objective_id"], facts)


def _focus_areas(loader: Loader) -> None:
    areas = {area.code: area for area in loader.document.focus_areas}
    facts = {
        code: facts_of(area, i, plan_id=loader.base_id, introduced_by_id=loader.plan_id)
        for i, (code, area) in enumerate(areas.items(), _areas_before(loader))
    }
    stored = models.FocusArea.objects.filter(introduced_by=loader.plan_id)
    rows = loader.sync("focus_areas", stored, ["plan_id", "code"], facts)
    owner = {"introduced_by": loader.plan_id}
    groups = [(code, rows[code].pk, area.target_groups) for code, area in areas.items()]
    loader.tie("focus_areas.target_groups", models.FocusArea.target_groups, owner, "target group", groups)
    ties = {
        f"{code} + {tie.goal}": facts_of(tie, goal_id=loader.pk("goal", tie.goal), focus_area_id=rows[code].pk)
        for code, area in areas.items()
        for tie in area.goals
    }
    tied = models.GoalFocus.objects.filter(focus_area__introduced_by=loader.plan_id)
    loader.sync("focus_areas.goals", tied, ["goal_id", "focus_area_id"], ties)


def _areas_before(loader: Loader) -> int:
    """A supplement's areas stand after those of the plan it supplements."""
    earlier = models.FocusArea.objects.filter(plan=loader.base_id).exclude(introduced_by=loader.plan_id)
    added = earlier.filter(pk__in=loader.changes.edited.owners(models.FocusArea, ""))
    return earlier.count() - added.count() if loader.document.supplements else 0


def _decisions(loader: Loader) -> None:
    facts = {
        decision.code: facts_of(decision, plan_id=loader.plan_id, goal_id=loader.pk("goal", decision.goal))
        for decision in loader.document.decisions
    }
    stored = models.Decision.objects.filter(plan=loader.plan_id)
    by_code = {decision.code: decision for decision in stored}
    for code, said in facts.items():
        said["known_from"] = loader.shown_from("decisions", code, said["known_from"], by_code.get(code))
    loader.sync("decisions", stored, ["code"], facts)


def _open_questions(loader: Loader) -> None:
    questions = {question.code: question for question in loader.document.open_questions}
    facts = {code: facts_of(question, plan_id=loader.plan_id) for code, question in questions.items()}
    rows = loader.sync("open_questions", models.OpenQuestion.objects.filter(plan=loader.plan_id), ["code"], facts)
    answers = {
        f"{code} {answer.text}": facts_of(answer, question_id=rows[code].pk)
        for code, question in questions.items()
        for answer in question.answers
    }
    stored = models.Answer.objects.filter(question__plan=loader.plan_id)
    _answers_shown_from(loader, stored, answers)
    loader.sync("open_questions.answers", stored, ["question_id", "known_from", "text"], answers)
    goals = [(code, rows[code].pk, question.goals) for code, question in questions.items()]
    loader.tie("open_questions.goals", models.OpenQuestion.goals, {"plan": loader.plan_id}, "goal", goals)


def _answers_shown_from(loader: Loader, stored: QuerySet, answers: Mapping[str, dict[str, Any]]) -> None:
    """An answer is known by its words and its day, which may be a later one than the file's."""
    rows = {(row.question_id, row.text): row for row in stored}
    days = {(row.question_id, row.text, row.known_from) for row in stored}
    for label, said in answers.items():
        key = said["question_id"], said["text"]
        if (*key, said["known_from"]) not in days:
            said["known_from"] = loader.shown_from("open_questions.answers", label, said["known_from"], rows.get(key))
