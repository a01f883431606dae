"""Which figures are provisional: an indicator's newest period, until a later one of it is delivered."""

from dataclasses import replace
from functools import reduce
from operator import or_

import numpy as np
from django.db.models import Q

from indicators.frame import SCALE, Frame
from indicators.models import Indicator, Observation
from indicators.store.diff import Cells

NONE = np.iinfo(np.int16).min


def with_newest_marked(frame: Frame, marked: frozenset[str], using: str = "default") -> Frame:
    """As a source's own answers are marked, where a file does not say itself (`marked`) what is provisional.

    Only the newest period of all is: an archived file that is older than what the portal has brings final figures.
    """
    codes, newest, place = _newest(frame)
    flagged = _flagged([code for code in codes if code not in marked], using)
    latest = np.full(len(codes), NONE, np.int16)
    for number, code in enumerate(codes):
        if code in flagged and newest[number] > NONE and not _has_later(code, int(newest[number]), using):
            latest[number] = newest[number]
    if (latest == NONE).all():
        return frame
    return replace(frame, provisional=frame.provisional | (frame.period == latest[place]))


def outdated_marks(frame: Frame, using: str) -> Cells:
    """The marks that the delivery ends, also of areas it does not name: their cells, final, in the store's order."""
    codes, newest, _ = _newest(frame)
    flagged = _flagged(codes, using)
    older = [
        Q(series__indicator__code=code, period__lt=int(newest[number]))
        for number, code in enumerate(codes)
        if code in flagged and newest[number] > NONE
    ]
    if not older:
        return _cells([])
    rows = Observation.objects.using(using).current().filter(provisional=True, series__synthetic=False)
    rows = rows.filter(reduce(or_, older)).order_by("series_id", "period")
    return _cells(list(rows.values_list("series_id", "period", "value", "missing")))


def _newest(frame: Frame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The indicators, the newest period with a number of each, and each row's place among the indicators."""
    codes = list(dict.fromkeys(key.indicator for key in frame.keys))
    numbers = {code: number for number, code in enumerate(codes)}
    place = np.array([numbers[key.indicator] for key in frame.keys], np.int32)[frame.series]
    newest, present = np.full(len(codes), NONE, np.int16), frame.missing == 0
    np.maximum.at(newest, place[present], frame.period[present])
    return codes, newest, place


def _flagged(codes: list[str], using: str) -> set[str]:
    indicators = Indicator.objects.using(using).filter(code__in=codes, newest_is_provisional=True)
    return set(indicators.values_list("code", flat=True))


def _has_later(code: str, period: int, using: str) -> bool:
    later = Observation.objects.using(using).current().filter(period__gt=period, missing=0)
    return later.filter(series__indicator__code=code, series__synthetic=False).exists()


def _cells(rows: list[tuple]) -> Cells:
    series, period, value, missing = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Cells(
        np.array(series, np.int32),
        np.array(period, np.int16),
        np.array([int((each or 0) * SCALE) for each in value], np.int64),
        np.array(missing, np.int8),
        np.zeros(len(rows), np.bool_),
    )
