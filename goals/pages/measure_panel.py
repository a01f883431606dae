"""A goal page's panels, ready to print: one a measure, with its chart, table, vintages and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from goals.charts.step_chart import StepChart, step_charts
from goals.models import Event, OpenQuestion
from goals.pages import goal_table
from goals.pages.month_table import YearTable, months_of_the_year
from goals.sentences import measure_sentences
from goals.sentences.edition_effect import edition_effect
from goals.sentences.measure_sentences import axis_note, unknown_start
from goals.sentences.required_change import required
from goals.sentences.target_basis import basis_in_words
from goals.status.reading_queries import figure_key, series_key
from goals.status.same_month_average import YearAverage, same_month_average
from goals.status.types import GoalStatus, MeasureStatus
from indicators import formats, periods
from indicators.pages.compare import benchmark
from indicators.queries.corrections import Corrected, corrected_periods
from indicators.queries.histories import Vintage, vintages_of
from indicators.queries.revisions import Revision, first_and_newest
from indicators.translation import translated


@dataclass(frozen=True)
class MeasurePanel:
    status: MeasureStatus
    row: goal_table.MeasureRow
    charts: list[tuple[str, StepChart]]
    chart_name: str
    axis_note: str
    table: YearTable
    vintages: list[Revision]
    correction: Corrected | None
    average: YearAverage | None
    comparable: bool
    expected: bool  # the benchmark's numbers stand beside those of the other municipalities
    required: str
    trend: str
    original_gap: str
    revised_gap: str
    basis: str
    edition_effect: str
    unknown_start: str
    undecided: bool  # what the plan leaves unclear about the measure is still open


def panels(
    status: GoalStatus,
    events: list[Event],
    moment: datetime,
    comparable: frozenset[str],
    questions: Sequence[OpenQuestion] = (),
) -> list[MeasurePanel]:
    versions = vintages_of([key for m in status.measures if (key := figure_key(m.measure))], moment)
    today = timezone.localdate(moment)
    drawn = [m for m in status.measures if series_key(m.measure)]  # of the others there is nothing to draw
    own = {m.measure.pk: versions.get(key, []) for m in drawn if (key := figure_key(m.measure))}
    return [_panel(m, events, own.get(m.measure.pk, []), today, comparable, questions) for m in drawn]


def newest_period(status: GoalStatus) -> str:
    """For the line under the title: "juli 2020"; of measures that stand on different ones, each."""
    newest = [(m.latest.period, m.indicator.frequency) for m in status.measures if m.latest]
    return formats.listed([periods.named(*period) for period in dict.fromkeys(newest)])


def _panel(
    measure: MeasureStatus,
    events: list[Event],
    versions: list[Vintage],
    today: date,
    comparable: frozenset[str],
    questions: Sequence[OpenQuestion],
) -> MeasurePanel:
    average = same_month_average(measure)
    drawn = step_charts(measure, events, average) if measure.history.points else []
    corrected = corrected_periods(versions)
    indicator = measure.measure.indicator
    return MeasurePanel(
        status=measure,
        row=goal_table.row_of(measure),
        charts=drawn,
        chart_name=_chart_name(measure),
        axis_note=axis_note(measure, drawn[0][1].grid[0].text) if drawn else "",
        table=months_of_the_year(measure, corrected),
        vintages=first_and_newest(versions),
        correction=corrected.get(measure.latest.period) if measure.latest else None,
        average=average,
        comparable=indicator is not None and indicator.code in comparable,
        expected=indicator is not None and indicator.code == benchmark.PLACE,
        required=required(measure, today),
        trend=measure_sentences.trend_sentence(measure),
        original_gap=measure_sentences.gap_in_words(measure, measure.original),
        revised_gap=measure_sentences.gap_in_words(measure, measure.revised),
        basis=basis_in_words(measure),
        edition_effect=edition_effect(measure),
        unknown_start=unknown_start(measure),
        undecided=_is_undecided(measure.measure.code, questions),
    )


def _is_undecided(code: str, questions: Sequence[OpenQuestion]) -> bool:
    """Until all that is asked of the measure by name has an answer; also where nobody asks."""
    named = [question for question in questions if code in question.about]
    return not named or any(question.answer is None for question in named)


def _chart_name(measure: MeasureStatus) -> str:
    """What a screen reader says of the drawing: what, where, when, how much, and where all numbers stand."""
    row = goal_table.row_of(measure)
    when = periods.named(measure.latest.period, measure.indicator.frequency) if measure.latest else row.period
    what = f"{translated(measure.measure.subject)}, {measure.measure.area}, {when}"
    values = [row.value] if measure.latest else []
    values_and_targets = ", ".join(values + measure_sentences.targets_in_words(measure))
    return f"{what}{f': {values_and_targets}' if values_and_targets else ''}. {_('Alle tal står i tabellen.')}"
