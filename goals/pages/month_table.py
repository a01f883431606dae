"""The table behind a measure's chart: the plan's period month by month, point for point what the chart shows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from goals.status.reading_queries import figure_key
from goals.status.targets import TargetFact
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.labels import source_label, unit_label, yes_or_no
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.corrections import Corrected, corrected_periods
from indicators.queries.histories import Point, vintages
from indicators.translation import translated


@dataclass(frozen=True)
class MonthRow:
    period: str
    point: Point | None
    last_year: Point | None
    original: TargetFact | None
    revised: TargetFact | None
    correction: Corrected | None = None

    @property
    def value(self) -> Decimal | None:
        return self.point.value if self.point else None

    @property
    def missing(self) -> str:
        return str(MissingReason(self.point.missing).label) if self.point and self.point.missing else ""


@dataclass(frozen=True)
class YearTable:
    """The months of the plan's period that have a figure this year or last."""

    indicator: Indicator
    caption: str
    year_before: int | None  # the one that "the same period" lies in; None where a plan spans several
    lines: list[MonthRow]
    source: str
    synthetic: bool
    judged_before: str = ""  # the period judged against the new target although it lies before what that speaks of

    def as_csv(self) -> list[list]:
        head = [
            _("Periode"),
            _("Område"),
            _("Værdi"),
            _("Enhed"),
            _("Foreløbig"),
            _("Samme periode året før"),
            _("Oprindeligt mål"),
            _("Nyt mål"),
        ]
        notes = [_("Rettet"), _("Før rettelsen"), _("Kilde"), _("Kendt fra"), _("Demotal")]
        return [head + notes, *[self._csv_row(line) for line in self.lines]]

    def _csv_row(self, line: MonthRow) -> list:
        point = line.point
        return [
            line.period,
            self.caption.rsplit(", ", 1)[-1],
            line.value,
            unit_label(self.indicator),
            yes_or_no(bool(point and point.provisional)),
            line.last_year.value if line.last_year else None,
            line.original.value if line.original else None,
            line.revised.value if line.revised else None,
            formats.short_date(line.correction.new.known_from) if line.correction else None,
            line.correction.old.value if line.correction else None,
            self.source,
            formats.short_date(point.known_from) if point else None,
            yes_or_no(self.synthetic),
        ]


def corrections_of(status: MeasureStatus, moment: datetime) -> dict[int, Corrected]:
    key = figure_key(status.measure)
    return corrected_periods(vintages(key, moment)) if key else {}


def months_of_the_year(status: MeasureStatus, corrected: dict[int, Corrected]) -> YearTable:
    measure, plan = status.measure, status.measure.goal.plan
    by_period = {point.period: point for point in status.history.points}
    first, last = (periods.of(day.year, day.month) for day in (plan.period_start, plan.period_end))
    shown = [n for n in range(first, last + 1) if n in by_period]
    return YearTable(
        indicator=status.indicator,
        caption=f"{translated(measure.subject)}, {measure.area}",
        year_before=plan.period_start.year - 1 if plan.within_a_year else None,
        lines=[_line(status, number, by_period, corrected.get(number)) for number in shown],
        source=source_label(status.indicator, status.history),
        synthetic=status.history.synthetic,
        judged_before=_judged_before(status),
    )


def _judged_before(status: MeasureStatus) -> str:
    latest, target = status.latest, status.revised.target
    if latest is None or target is None or _in_force(target, latest.period):
        return ""
    return periods.named(latest.period, status.indicator.frequency)


def _line(status: MeasureStatus, number: int, by_period: dict[int, Point], correction: Corrected | None) -> MonthRow:
    frequency = periods.Frequency(status.indicator.frequency)
    return MonthRow(
        period=periods.named(number, frequency),
        point=by_period[number],
        last_year=by_period.get(number - 12),
        original=status.original.target,
        revised=_in_force(status.revised.target, number),
        correction=correction,
    )


def _in_force(target: TargetFact | None, number: int) -> TargetFact | None:
    """A revised target is drawn from its date, or from the period its document speaks of while the date is unknown."""
    if target is None:
        return None
    start = target.valid_from or target.period_start
    return target if number >= periods.of(start.year, start.month) else None
