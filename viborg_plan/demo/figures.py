"""Made-up figures for 2018-2020, where none were found, delivered month by month as real ones come. Pure.

A figure is a line drawn through fixed points, lifted in winter (most in February, not at all in November),
with a little noise; the lockdown of spring 2020 is in the points. The noise is seeded by indicator and month,
so that every portal shows the same figures. November has no noise: the points of November 2019 and 2020 are
those the rule for verdicts was agreed on, and tests hold them.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import cos, pi
from zoneinfo import ZoneInfo

from indicators import periods
from indicators.areas import HOME
from indicators.frame import Cell, Frame, SeriesKey, frame_of

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FIRST, LAST = periods.of(2018, 1), periods.of(2020, 12)
FEBRUARY, NOVEMBER = 1, 10


@dataclass(frozen=True)
class Shape:
    """How an indicator moves. `late` is the share of a figure that is registered after it was published."""

    points: Mapping[str, float]
    decimals: int = 1
    season: float = 0
    noise: float = 0
    late: float = 0.008


SHAPES = {
    "midlertidig-forsoergelse-pct-befolkning": Shape(
        {"2018-01": 7.9, "2018-11": 7.7, "2019-11": 7.6, "2020-02": 7.5, "2020-04": 8.5, "2020-05": 8.8}
        | {"2020-08": 8.3, "2020-11": 8.1, "2020-12": 8.1},
        season=0.15,
        noise=0.04,
    ),
    "permanent-forsoergelse-pct-befolkning": Shape(
        {"2018-01": 10.4, "2018-11": 10.6, "2019-11": 10.8, "2020-11": 10.9, "2020-12": 10.9}, late=0.002
    ),
    "unge-midlertidig-forsoergelse-pct": Shape(
        {"2018-01": 11.8, "2018-11": 11.4, "2019-11": 11.1, "2020-02": 11.0, "2020-04": 11.8, "2020-05": 12.1}
        | {"2020-08": 11.6, "2020-11": 11.3, "2020-12": 11.3},
        season=0.15,
        noise=0.04,
    ),
    "unge-midlertidig-forsoergelse-antal": Shape(
        {"2018-01": 1512, "2018-11": 1458, "2019-11": 1410, "2020-02": 1391, "2020-04": 1478, "2020-05": 1502}
        | {"2020-08": 1436, "2020-11": 1400, "2020-12": 1396},
        decimals=0,
        season=14,
        noise=4,
    ),
    "sygedagpenge-pct-befolkning": Shape(
        {"2018-01": 2.1, "2018-11": 2.0, "2019-11": 2.0, "2020-02": 2.0, "2020-05": 2.2, "2020-11": 2.0}
        | {"2020-12": 2.0},
        season=0.1,
        noise=0.02,
        late=0.015,
    ),
    "sygedagpenge-jobafklaring-over-52-uger": Shape(
        {"2018-01": 288, "2018-11": 312, "2019-11": 338, "2020-02": 346, "2020-05": 458, "2020-08": 431}
        | {"2020-11": 400, "2020-12": 393},
        decimals=0,
        noise=3,
    ),
    "ledige-ordinaere-timer-pct": Shape(
        {"2018-01": 24, "2018-11": 26, "2019-11": 27, "2020-02": 29, "2020-04": 22, "2020-05": 23}
        | {"2020-08": 26, "2020-11": 28, "2020-12": 28},
        decimals=0,
        noise=0.3,
        late=0.02,
    ),
    "selvforsoergende-flygtninge-pct": Shape(
        {"2018-01": 34, "2018-11": 37, "2019-11": 39, "2020-02": 41, "2020-05": 36, "2020-11": 38} | {"2020-12": 38},
        decimals=0,
        noise=0.3,
        late=0.02,
    ),
    "selvforsoergende-flygtninge-kvinder-pct": Shape(
        {"2018-01": 13, "2018-11": 15, "2019-11": 17, "2020-02": 18, "2020-05": 17, "2020-11": 19} | {"2020-12": 19},
        decimals=0,
        noise=0.3,
        late=0.02,
    ),
    "ledige-pct-befolkning": Shape(
        {"2018-01": 2.3, "2018-11": 2.2, "2019-11": 2.1, "2020-02": 2.2, "2020-04": 3.3, "2020-05": 3.5}
        | {"2020-08": 3.1, "2020-11": 2.9, "2020-12": 2.8},
        season=0.2,
        noise=0.03,
        late=0.015,
    ),
}

# One settled figure left late registrations out and was corrected two deliveries later, so that the portal can show
# how it tells of a correction. Indicator → the month that was wrong, and the month whose delivery set it right.
CORRECTED = {"ledige-pct-befolkning": (periods.of(2020, 8), periods.of(2020, 11))}


@dataclass(frozen=True)
class Delivery:
    """What became known at a moment: a month's first figures, and the final ones of the month before."""

    name: str
    known_from: datetime
    frame: Frame


def deliveries() -> Iterator[Delivery]:
    """One a month in the order they came, each about five weeks after the end of the month it brings."""
    for month in range(FIRST, LAST + 1):
        year, number = periods.year_month(month + 2)
        known_from = datetime(year, number, 5, 6, tzinfo=COPENHAGEN)
        name = f"Demotal {periods.named(month, periods.Frequency.MONTH)}"
        for wrong, right in CORRECTED.values():
            name += f", med rettelse af {periods.named(wrong, periods.Frequency.MONTH)}" if month == right else ""
        yield Delivery(name, known_from, frame_of(_cells(month)))


def _cells(month: int) -> Iterator[Cell]:
    for code, shape in SHAPES.items():
        key = SeriesKey(code, HOME)
        if month > FIRST:
            yield Cell(key, month - 1, _settled(code, shape, month - 1))
        yield Cell(key, month, _first_known(code, shape, month), provisional=True)
    for code, (wrong, right) in CORRECTED.items():
        if month == right:
            yield Cell(SeriesKey(code, HOME), wrong, final(code, SHAPES[code], wrong))


def _settled(code: str, shape: Shape, month: int) -> Decimal:
    """As published when the month was said to be final: for one month too low."""
    wrong, _ = CORRECTED.get(code, (None, None))
    return _first_known(code, shape, month) if month == wrong else final(code, shape, month)


def final(code: str, shape: Shape, month: int) -> Decimal:
    return _rounded(_exact(code, shape, month), shape)


def _first_known(code: str, shape: Shape, month: int) -> Decimal:
    """As published the first time, before late registration has raised it."""
    return _rounded(_exact(code, shape, month) * (1 - shape.late), shape)


def _exact(code: str, shape: Shape, month: int) -> float:
    # The month and the indicator are the seed: a figure does not depend on which others were made before it.
    noise = random.Random(f"{code} {month}").uniform(-shape.noise, shape.noise)  # noqa: S311 - not for secrets
    season = shape.season * cos((month % 12 - FEBRUARY) * pi / 6)
    return _line(shape.points, month) + season + (noise if month % 12 != NOVEMBER else 0)


def _line(points: Mapping[str, float], month: int) -> float:
    """The straight line between the two points around the month."""
    months = [periods.parse(text)[1] for text in points]
    heights = list(points.values())
    after = min(bisect_right(months, month), len(months) - 1)
    share = (month - months[after - 1]) / (months[after] - months[after - 1])
    return heights[after - 1] + share * (heights[after] - heights[after - 1])


def _rounded(number: float, shape: Shape) -> Decimal:
    return Decimal(f"{number:.{shape.decimals}f}")
