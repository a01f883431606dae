"""How fresh a plan's figures are: their month, the day it was published, and what is left out as provisional."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from goals.status.types import PlanStatus
from indicators import periods


@dataclass(frozen=True)
class Freshness:
    """What the strip under the headline says of the figures."""

    period: str
    published: date
    provisional: str


def freshness(status: PlanStatus) -> Freshness | None:
    """The data month most measures stand on, when it was published, and the month left out as provisional."""
    latest = [(m.latest, m.indicator.frequency) for m in status.measures if m.latest]
    if not latest:
        return None
    period, frequency = Counter((point.period, frequency) for point, frequency in latest).most_common(1)[0][0]
    days = Counter(timezone.localdate(point.known_from) for point, __ in latest if point.period == period)
    waiting = [(m.pick.provisional, m.indicator.frequency) for m in status.measures if m.pick.provisional]
    left_out = Counter((point.period, frequency) for point, frequency in waiting)
    return Freshness(
        periods.named(period, frequency),
        days.most_common(1)[0][0],
        _left_out(*left_out.most_common(1)[0][0]) if left_out else "",
    )


def _left_out(period: int, frequency: str) -> str:
    """ "december"; a quarter or a year with its year, as it is called."""
    if frequency == periods.Frequency.MONTH:
        return periods.month_name(periods.year_month(period)[1])
    return periods.named_by_end(period, frequency)
