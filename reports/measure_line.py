"""One line of a paper: a measure with both targets and verdicts, ready to print in any form."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from goals.pages import goal_table
from goals.pages.goal_table import VerdictCell
from goals.sentences import measure_sentences, summaries
from goals.sentences.target_basis import basis_in_words
from goals.status.types import Judged, MeasureStatus, Words
from indicators import formats
from indicators.translation import translated

NOTHING = "–"


@dataclass(frozen=True)
class SignedText:
    """The administration's own words, signed. They are never written by the portal."""

    headline: str
    why: str
    doing: str
    outlook: str
    verdict: str
    reason: str
    signed: str
    written: date
    demo: bool


@dataclass(frozen=True)
class MeasureLine:
    code: str
    number: str
    goal: int
    name: str
    area: str
    unit: str
    original_target: str
    revised_target: str
    value: str
    period: str
    year_ago: str
    trend: str
    trend_change: str
    distance: str  # to the target that holds: the new one, or the original where there is none
    original: VerdictCell
    revised: VerdictCell
    sentences: tuple[str, ...]
    basis: str
    said: SignedText | None
    synthetic: bool

    @property
    def why(self) -> str:
        return self.said.headline if self.said else ""

    @property
    def words(self) -> tuple[str, ...]:
        """Against the original target and the new one."""
        return tuple(str(cell.word or _("Intet mål")) for cell in (self.original, self.revised))


def measure_line(measure: MeasureStatus, *, revised_known: bool) -> MeasureLine:
    row, facts = goal_table.row_of(measure, revised_known), measure.measure
    return MeasureLine(
        code=facts.code,
        number=facts.number,
        goal=facts.goal.number,
        name=translated(facts.subject),
        area=str(facts.area or ""),
        unit=translated(facts.indicator.unit_name) if facts.indicator else "",
        original_target=_target(measure, measure.original),
        revised_target=_target(measure, measure.revised, measure.same_target),
        value=row.value,
        period=row.period,
        year_ago=_year_ago(measure),
        trend=f"{row.trend_arrow} {row.trend_word}".strip(),
        trend_change=row.trend_change,
        distance=measure_sentences.gap_in_words(measure, measure.holding) or NOTHING,
        original=row.original,
        revised=row.revised,
        sentences=tuple(summaries.of_measure(measure)),
        basis=basis_in_words(measure),
        said=_said(measure.words) if measure.words else None,
        synthetic=measure.history.synthetic,
    )


def _target(measure: MeasureStatus, judged: Judged, same: bool = False) -> str:
    if judged.target is None:
        return NOTHING
    if same or judged.target.beats_yardstick:
        return measure_sentences.target_in_words(measure, judged, same) or NOTHING
    return formats.as_printed(judged.target.printed)


def _year_ago(measure: MeasureStatus) -> str:
    before, indicator = measure.year_ago, measure.measure.indicator
    return (
        formats.measured(before.value, indicator.unit, indicator.decimals, indicator.unit_name)
        if before and indicator
        else NOTHING
    )


def _said(words: Words) -> SignedText:
    return SignedText(
        headline=words.headline,
        why=words.why,
        doing=words.doing,
        outlook=words.outlook,
        verdict=str(words.verdict_label),
        reason=words.reason,
        signed=words.author_role,
        written=timezone.localtime(words.made_at).date(),
        demo=words.demo,
    )
