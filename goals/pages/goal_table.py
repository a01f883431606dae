"""The goal table: one row a measure, ready to print. Status in, words and drawings out."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.charts import bullet
from goals.judging import Verdict
from goals.models import Section
from goals.sentences import measure_sentences
from goals.status.types import Judged, MeasureStatus, PlanStatus
from indicators import formats, periods

SHAPES = {Verdict.MET: "met", Verdict.NEAR: "near", Verdict.MISSED: "missed"}
SPOKEN = {
    "contradiction": gettext_lazy("planen siger ikke, hvad der er bedre"),
    "no_yardstick": gettext_lazy("udgangspunktet er ikke oplyst"),
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
    trend_word: str
    trend_change: str

    @property
    def measure(self):
        return self.status.measure

    @property
    def bullet(self):
        return None if self._is_rank else bullet.bullet(self.status)

    @property
    def strip(self):
        return bullet.rank_strip(self.status) if self._is_rank else None

    @property
    def spark(self):
        return bullet.measure_spark(self.status)

    @property
    def _is_rank(self) -> bool:
        return bool(self.measure.indicator) and self.measure.indicator.unit == "rank"


def by_section(status: PlanStatus) -> list[tuple[Section, list[MeasureRow]]]:
    rows = [row_of(measure, status.revised_known) for measure in status.measures]
    return [(section, list(group)) for section, group in groupby(rows, key=lambda row: row.measure.goal.section)]


def row_of(measure: MeasureStatus, revised_known: bool = True) -> MeasureRow:
    indicator, latest = measure.measure.indicator, measure.latest
    return MeasureRow(
        status=measure,
        value=formats.measured(latest.value, indicator.unit, indicator.decimals) if latest else "–",
        period=_period(measure),
        original=_cell(measure.original, _("intet oprindeligt mål")),
        revised=_cell(
            measure.revised,
            _("intet nyt mål") if revised_known else _("intet nyt mål endnu"),
            measure.same_target,
        ),
        trend_arrow=measure_sentences.ARROWS[measure.trend.movement] if measure.trend.change is not None else "",
        trend_word=measure_sentences.TREND_WORDS[measure.trend.direction],
        trend_change=measure_sentences.trend_change(measure, short=True),
    )


def _period(measure: MeasureStatus) -> str:
    if not measure.latest:
        year = measure.measure.goal.plan.period_start.year
        return _("ingen tal i {year} endnu").format(year=year) if _only_before(measure) else _("ingen tal")
    return periods.named_briefly(measure.latest.period, measure.measure.indicator.frequency)


def _only_before(measure: MeasureStatus) -> bool:
    """There are figures, but all of them from before the plan's period."""
    start = measure.measure.goal.plan.period_start
    values = [p.period for p in measure.history.points if p.value is not None]
    return bool(values) and max(values) < periods.of(start.year, start.month)


def _cell(judged: Judged, without_target: str, same_target: bool = False) -> VerdictCell:
    if judged.verdict == Verdict.NO_TARGET:
        return VerdictCell("unknown", "", without_target, "")
    if judged.verdict in SHAPES:
        target = measure_sentences.target_in_words(judged, same_target)
        return VerdictCell(SHAPES[judged.verdict], judged.verdict.label, target, "")
    return VerdictCell("unknown", judged.verdict.label, "", SPOKEN.get(judged.judgement.reason, ""))
