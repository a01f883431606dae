"""The goal table: one row a measure, ready to print. Status in, words and drawings out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.charts import bullet
from goals.charts.bullet import Bullet, RankStrip
from goals.judging import Verdict
from goals.models import Goal, Measure, Section, Target
from goals.sentences import measure_sentences, shown_numbers, target_basis
from goals.sentences.milestone_words import milestone_in_words
from goals.status.types import GoalStatus, Judged, MeasureStatus, PlanStatus
from indicators import periods
from indicators.charts.svg import Spark

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHAPES = {Verdict.MET: "met", Verdict.NEAR: "near", Verdict.MISSED: "missed"}
SPOKEN = {
    "contradiction": gettext_lazy("planen siger ikke, hvad der er bedre"),
    "no_yardstick": gettext_lazy("udgangspunktet er ikke oplyst"),
    "no_margin": gettext_lazy("planen siger ikke, hvor meget"),
    "no_comparison": gettext_lazy("der er intet tal at holde det op mod"),
    "no_common_period": gettext_lazy("der er ingen periode, hvor begge tal er kendt"),
    "group_incomplete": gettext_lazy("en kommune i gruppen har intet tal"),
    "withheld": gettext_lazy("tallet vises ikke, fordi det er om for få"),
    "break": gettext_lazy("opgørelsen er ændret siden udgangspunktet"),
    "no_value": gettext_lazy("der er ingen tal i målets periode"),
    "only_provisional": gettext_lazy("der er kun foreløbige tal"),
    "not_begun": gettext_lazy("der er endnu ingen tal fra målets periode"),
}


@dataclass(frozen=True)
class VerdictCell:
    shape: str
    word: str
    detail: str
    spoken: str


@dataclass(frozen=True)
class MeasureRow:
    status: MeasureStatus
    value: str
    period: str
    original: VerdictCell
    revised: VerdictCell
    trend_arrow: str
    trend_word: "StrOrPromise"
    trend_change: str

    @property
    def measure(self) -> Measure:
        return self.status.measure

    @property
    def bullet(self) -> Bullet | None:
        return None if self._is_rank else bullet.bullet(self.status)

    @property
    def strip(self) -> RankStrip | None:
        return bullet.rank_strip(self.status) if self._is_rank else None

    @property
    def spark(self) -> Spark | None:
        return bullet.measure_spark(self.status)

    @property
    def _is_rank(self) -> bool:
        return self.measure.indicator is not None and self.measure.indicator.unit == "rank"


def by_section(status: PlanStatus) -> list[tuple[Section, list[MeasureRow]]]:
    rows = [row_of(measure, status.revised_known) for measure in status.measures]
    return [(section, list(group)) for section, group in groupby(rows, key=lambda row: row.measure.goal.section)]


@dataclass(frozen=True)
class UnmeasuredRow:
    """A milestone or a goal in words: it has no column of figures."""

    goal: Goal
    verdict: VerdictCell | None
    said: str


def unmeasured_rows(goals: Iterable[GoalStatus]) -> list[UnmeasuredRow]:
    return [UnmeasuredRow(goal.goal, _verdict_of(goal), milestone_in_words(goal)) for goal in goals]


def _verdict_of(goal: GoalStatus) -> VerdictCell | None:
    verdict = goal.newest
    if verdict == Verdict.NO_TARGET:
        return None
    return VerdictCell(SHAPES.get(verdict, "unknown"), str(verdict.label), "", "")


def row_of(measure: MeasureStatus, revised_known: bool = True) -> MeasureRow:
    return MeasureRow(
        status=measure,
        value=_value(measure),
        period=_period(measure),
        original=_cell(measure, measure.original, _("intet oprindeligt mål")),
        revised=_cell(
            measure,
            measure.revised,
            _("intet nyt mål") if revised_known else _("intet nyt mål endnu"),
            measure.same_target,
        ),
        trend_arrow=measure_sentences.ARROWS[measure.trend.movement] if measure.trend.change is not None else "",
        trend_word=measure_sentences.TREND_WORDS[measure.trend.direction],
        trend_change=_trend_change(measure),
    )


def _value(measure: MeasureStatus) -> str:
    """The number that is judged; the newest figure where that cannot be told yet."""
    if measure.latest is None:
        return "–"
    if measure.holding.value is None:
        return shown_numbers.figure_in_words(measure, measure.latest.value)
    return shown_numbers.value_in_words(measure, measure.holding)


def _trend_change(measure: MeasureStatus) -> str:
    """Of the newest figure: where an average stands beside it, with the month it is of."""
    change = measure_sentences.trend_change(measure, short=True)
    if not change or not shown_numbers.is_average(measure.holding):
        return change
    return f"{change}, {periods.named_briefly(measure.figure.period, measure.indicator.frequency)}"


def _period(measure: MeasureStatus) -> str:
    if not measure.latest:
        return _without_figures(measure)
    if measure.pick.missing is None:
        return target_basis.judged_period(measure)
    missing = periods.named_briefly(measure.pick.missing.period, measure.indicator.frequency)
    return _("{period}; {missing} mangler").format(period=target_basis.judged_period(measure), missing=missing)


def _without_figures(measure: MeasureStatus) -> str:
    if measure.pick.only_provisional:
        return _("kun foreløbige tal")
    if not _only_before(measure):
        return _("ingen tal")
    plan = measure.measure.goal.plan
    if not plan.within_a_year:
        return _("ingen tal i planens periode endnu")
    return _("ingen tal i {year} endnu").format(year=plan.period_start.year)


def _only_before(measure: MeasureStatus) -> bool:
    """There are figures, but all of them from before the plan's period."""
    start = measure.measure.goal.plan.period_start
    values = [p.period for p in measure.history.points if p.value is not None]
    return bool(values) and max(values) < periods.of(start.year, start.month)


def _cell(measure: MeasureStatus, judged: Judged, without_target: str, same_target: bool = False) -> VerdictCell:
    if judged.verdict == Verdict.NO_TARGET:
        return VerdictCell("unknown", "", without_target, "")
    if judged.verdict in SHAPES:
        target = measure_sentences.target_in_words(measure, judged, same_target)
        if judged.value != measure.holding.value:  # the two targets speak of different numbers
            target = f"{target} ({shown_numbers.value_in_words(measure, judged)})"
        return VerdictCell(SHAPES[judged.verdict], str(judged.verdict.label), target, "")
    return VerdictCell("unknown", str(judged.verdict.label), "", str(_why_not(measure, judged)))


def _why_not(measure: MeasureStatus, judged: Judged) -> "StrOrPromise":
    """Why there is no verdict; of a number that the newest figure is not, which one is waited for."""
    reason = judged.judgement.reason
    if reason == "not_begun" and measure.pick.only_provisional:
        return SPOKEN["only_provisional"]
    if reason not in ("no_value", "not_begun") or measure.latest is None:
        return SPOKEN.get(reason, "")
    if judged.stated.basis == Target.Basis.ROLLING:
        return _("der er ikke tal for 12 måneder endnu")
    return _("periodens sidste tal er ikke kommet endnu")
