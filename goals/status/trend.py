"""A measure's trend: the figure that is judged, against the one of the same period a year earlier."""

from collections.abc import Iterable
from decimal import Decimal

from goals import judging
from goals.judging import Pick, Trend
from goals.models import Measure, Target
from goals.status.targets import TargetFact
from indicators.queries.histories import History, Point

MONTHS_A_YEAR = 12


def year_earlier(history: History, point: Point) -> Point | None:
    """The point of the same period the year before; None where the series has none."""
    before = point.period - MONTHS_A_YEAR
    return next((other for other in history.points if other.period == before), None)


def trend_of(measure: Measure, history: History, pick: Pick[Point], targets: Iterable[TargetFact | None]) -> Trend:
    """Of the newest settled figure; a rise under a ceiling is no worsening."""
    before = year_earlier(history, pick.settled) if pick.settled else None
    return judging.trend(
        pick.settled.value if pick.settled else None,
        before.value if before else None,
        better=measure.better,
        threshold=measure.indicator.trend_threshold if measure.indicator else Decimal(0),
        ceiling=any(target.rule == Target.Rule.CEILING for target in targets if target),
    )
