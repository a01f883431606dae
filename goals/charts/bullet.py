"""The small drawings of a measure against its targets: bullet, rank strip, sparkline. Status in, px out. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from goals import judging
from goals.status.targets import TargetFact, rule_of
from goals.status.types import MeasureStatus
from indicators.charts import svg
from indicators.charts.svg import Scale

BULLET_WIDTH = 114
TARGET_AT = 86  # every bullet's deciding target stands here, so that the eye runs down one line
RANKS = 98  # municipalities in the ministry's benchmark


@dataclass(frozen=True)
class Bullet:
    """Bar from zero, ticks for both targets, a band where the value is near. Lengths in px of 114."""

    bar: float | None
    revised: float | None
    original: float | None
    zone_start: float
    zone_width: float


def bullet(status: MeasureStatus) -> Bullet | None:
    """None when there is no target with a value to hold the bar against."""
    target = status.revised.target if target_value(status.revised.target) else status.original.target
    rule = rule_of(status.measure, target)
    if rule is None or not rule.value:
        return None
    scale = TARGET_AT / float(rule.value)
    limit = judging.near_limit(rule)
    zone = abs(float((limit or rule.value) - rule.value)) * scale
    lower = status.measure.better == "lower"
    value = status.number
    return Bullet(
        bar=round(min(float(value) * scale, BULLET_WIDTH), 1) if value is not None else None,
        revised=TARGET_AT if target_value(status.revised.target) else None,
        original=_tick(status, scale),
        zone_start=TARGET_AT if lower else round(TARGET_AT - zone, 1),
        zone_width=round(zone, 1),
    )


def _tick(status: MeasureStatus, scale: float) -> float | None:
    """The original target's tick; left out where the new target says the same."""
    value = target_value(status.original.target)
    if not value or status.same_target:
        return None
    return round(min(float(value) * scale, BULLET_WIDTH - 1), 1)


def target_value(target: TargetFact | None) -> Decimal | None:
    return target.value if target else None


@dataclass(frozen=True)
class RankStrip:
    """A place among 98: a dot, and a tick at the place it must be better than."""

    dot: float | None
    yardstick: float | None


def rank_strip(status: MeasureStatus) -> RankStrip:
    scale = Scale(1, RANKS, 4, 110)
    value = status.number
    yardstick = target_value(status.revised.target) or target_value(status.original.target)
    return RankStrip(scale(value) if value is not None else None, scale(yardstick) if yardstick is not None else None)


def measure_spark(status: MeasureStatus) -> svg.Spark | None:
    if not status.latest:
        return None
    newest = status.latest.period
    values = [(p.period, p.value) for p in status.history.points if p.value is not None and p.period <= newest]
    return svg.spark(values, target_value(status.revised.target) or target_value(status.original.target))
