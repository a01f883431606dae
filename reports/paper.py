"""The committee's paper for a day: one frozen structure that the page and every file are made from.

It reads and judges by what the front page and the goal pages use, so a number cannot be another one here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Decision, Plan
from goals.sentences import measure_sentences, printed_rule, summaries
from goals.status import open_decisions
from goals.status.plan_status import plan_status
from goals.status.types import PlanStatus
from indicators import formats
from indicators.as_known import as_known
from indicators.as_of import UnusableDate, day_in, end_of, rows_at
from indicators.translation import translated
from initiatives.status.freshness import FreshnessStrip, freshness_strip
from reports.canonical_data import Facts, canonical_facts, in_form_1, sha256_of
from reports.initiatives import PaperInitiative, initiatives_of
from reports.measure_line import MeasureLine, measure_line


@dataclass(frozen=True)
class PaperQuestion:
    number: str
    goal: int
    text: str
    signed: str
    written: date
    demo: bool


@dataclass(frozen=True)
class PaperGoal:
    number: int
    title: str
    lines: tuple[MeasureLine, ...]
    initiatives: tuple[PaperInitiative, ...]
    rule: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    day: date
    plan: Plan
    title: str
    headline: str
    lede: str
    summary: tuple[str, ...]
    freshness: FreshnessStrip
    sections: tuple[tuple[str, tuple[MeasureLine, ...]], ...]
    goals: tuple[PaperGoal, ...]
    questions: tuple[PaperQuestion, ...]
    documents: tuple[str, ...]
    decisions: tuple[str, ...]
    facts: Facts
    sha256: str

    @property
    def lines(self) -> list[MeasureLine]:
        return [line for _section, lines in self.sections for line in lines]

    @property
    def sha256_in_form_1(self) -> str:
        return sha256_of(in_form_1(self.facts))

    @property
    def demo(self) -> bool:
        """Are any of its figures or words made up?"""
        said = [line.said.demo for line in self.lines if line.said]
        asked = [question.demo for question in self.questions]
        initiatives = [behind.demo for goal in self.goals for behind in goal.initiatives]
        return self.freshness.synthetic or any([*said, *asked, *initiatives])


def paper_of(day: date) -> Paper:
    """The plan that was on the front page at the end of the day, with all that was known then.

    A day that has not begun is refused, and one before there was a plan, each with what to do.
    """
    moment = end_of(day_in(day.isoformat()))
    with rows_at(moment):
        return _paper_at(day, moment)


def _paper_at(day: date, moment: datetime) -> Paper:
    status = plan_status(None, moment)
    if status is None:
        text = _("Den {day} var der ingen plan med mål, så der er intet bilag. Vælg en senere dag.")
        raise UnusableDate(text.format(day=formats.long_date(day)))
    behind = initiatives_of([goal.goal for goal in status.goals], moment)
    questions = open_decisions.open_questions(status)
    facts = canonical_facts(status, day, behind, questions)
    plan = as_known([status.plan], moment)[0]
    sections = _sections(status)
    lines = [line for _section, section in sections for line in section]
    return Paper(
        day=day,
        plan=plan,
        title=_("Opfølgning på {plan}").format(plan=plan.title),
        headline=measure_sentences.headline(status),
        lede=measure_sentences.lede(status),
        summary=tuple(summaries.of_plan(status)),
        freshness=freshness_strip(status, moment),
        sections=sections,
        goals=_goals(status, lines, behind),
        questions=tuple(_question(question) for question in questions),
        documents=_documents(plan, day),
        decisions=_decisions(plan, day),
        facts=facts,
        sha256=sha256_of(facts),
    )


def _sections(status: PlanStatus) -> tuple[tuple[str, tuple[MeasureLine, ...]], ...]:
    grouped = groupby(status.measures, key=lambda measure: measure.measure.goal.section)
    return tuple(
        (
            translated(section.short_name) if section else "",
            tuple(measure_line(measure, revised_known=status.revised_known) for measure in measures),
        )
        for section, measures in grouped
    )


def _goals(
    status: PlanStatus, lines: list[MeasureLine], behind: dict[int, tuple[PaperInitiative, ...]]
) -> tuple[PaperGoal, ...]:
    return tuple(
        PaperGoal(
            number=goal.goal.number,
            title=goal.goal.title,
            lines=tuple(line for line in lines if line.goal == goal.goal.number),
            initiatives=behind.get(goal.goal.pk, ()),
            rule=tuple(printed_rule.rule_in_words(goal)),
        )
        for goal in status.goals
    )


def _question(question: open_decisions.UndecidedQuestion) -> PaperQuestion:
    words = question.words
    return PaperQuestion(
        number=question.measure.number,
        goal=question.measure.goal.number,
        text=words.undecided,
        signed=words.author_role,
        written=timezone.localtime(words.made_at).date(),
        demo=words.demo,
    )


def _documents(plan: Plan, day: date) -> tuple[str, ...]:
    """The plan and the supplements that were known."""
    known = plan.supplement_set.filter(known_from__lte=day).order_by("known_from", "pk")
    return tuple(document.title for document in [plan, *as_known(known, end_of(day))])


def _decisions(plan: Plan, day: date) -> tuple[str, ...]:
    """What meetings have decided about the plan's goals so far, the newest first."""
    stored = (
        Decision.objects.filter(goal__plan=plan, known_from__lte=day).select_related("goal").order_by("goal__number")
    )
    dated = [(found.meeting, found) for found in as_known(stored, end_of(day)) if found.meeting]
    newest_first = sorted(dated, key=lambda pair: pair[0], reverse=True)
    return tuple(f"{formats.short_date(meeting)}: {decision}" for meeting, decision in newest_first)
