"""Made-up editions of the ministry's benchmark: actual and expected persons of the 98 municipalities. Pure.

The benchmark comes in spring and autumn and is final when it comes. Viborg's places are those the demo tells of (48 is
the place the supplement prints); Viborg's own numbers follow from them, so that whoever ranks the 98 municipalities by
the difference as a share of what was expected finds Viborg on the very place that is told.
"""

import random
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from indicators import periods
from indicators.areas import HOME
from indicators.frame import Cell, SeriesKey

PLACE, ACTUAL, EXPECTED = "benchmark-placering", "benchmark-faktisk-antal", "benchmark-forventet-antal"
# Month of delivery → period, Viborg's place, and how many persons were expected against the first edition.
EDITIONS = {
    "2018-10": ("2018QMAT02", 56, 1.0),
    "2019-04": ("2018QMAT04", 54, 0.98),
    "2019-10": ("2019QMAT02", 52, 0.96),
    "2020-04": ("2019QMAT04", 48, 0.95),
    "2020-10": ("2020QMAT02", 47, 1.01),
}
HOME_SIZE = 4110
# Round numbers of full-time persons, about in the proportions of the municipalities.
SIZES = {
    area: int(size)
    for area, size in re.findall(
        r"(\d+):(\d+)",
        """
    101:47000 147:5300 151:2300 153:3100 155:490 157:2500 159:3000 161:1300 163:1300 165:1800 167:2900 169:3500
    173:2300 175:2400 183:1700 185:2200 187:670 190:1300 201:650 210:1400 217:2800 219:2000 223:760 230:1700
    240:1300 250:1700 253:1700 259:2500 260:1200 265:3800 269:630 270:1300 306:1400 316:2900 320:1700 326:2400
    329:1600 330:5000 336:970 340:1200 350:740 360:2800 370:4300 376:3500 390:2400 400:1100 410:1300 420:1800
    430:2200 440:970 450:1300 461:14000 479:3100 480:1400 482:680 492:170 510:2700 530:830 540:3200 550:1400
    561:5900 563:110 573:1700 575:1500 580:2000 607:3100 615:4100 621:4200 630:5100 657:3900 661:2200 665:530
    671:910 706:1600 707:1800 710:1600 727:940 730:5800 740:3900 741:92 746:1700 751:23000 756:1600 760:1700
    766:1500 773:710 779:1500 787:1500 810:1500 813:2800 820:1500 825:51 840:1000 846:2200 849:1500 851:15000
    860:2400""",
    )
}
SPREAD = 0.055  # standard deviation of a municipality's difference, as a share of what was expected
DRIFT = 0.006  # and of how it moves from one edition to the next
Pair = tuple[int, int]  # actual, expected


def cells(delivered: str) -> Iterator[Cell]:
    """What the edition of that month brings; nothing in the months between."""
    if delivered not in EDITIONS:
        return
    text, place, level = EDITIONS[delivered]
    period = periods.parse(text)[1]
    yield Cell(SeriesKey(PLACE, HOME), period, Decimal(place))
    for area, (actual, expected) in municipalities(text, place, level).items():
        yield Cell(SeriesKey(ACTUAL, area), period, Decimal(actual))
        yield Cell(SeriesKey(EXPECTED, area), period, Decimal(expected))


def municipalities(period: str, place: int, level: float) -> dict[str, Pair]:
    others = {area: _other(area, size, period, level) for area, size in SIZES.items()}
    return others | {HOME: _at_home(place, round(HOME_SIZE * level), others.values())}


def _other(area: str, size: int, period: str, level: float) -> Pair:
    # The municipality is one seed and the edition another: a place is kept about from one edition to the next.
    standing = random.Random(area).gauss(0, SPREAD)  # noqa: S311 - not for secrets
    moved = random.Random(f"{area} {period}").gauss(0, DRIFT)  # noqa: S311 - not for secrets
    expected = round(size * level)
    return round(expected * (1 + standing + moved)), expected


def _at_home(place: int, expected: int, others: Iterable[Pair]) -> Pair:
    """Midway between the municipality before and the one after."""
    ratios = sorted(actual / awaited for actual, awaited in others)
    return round(expected * (ratios[place - 2] + ratios[place - 1]) / 2), expected
