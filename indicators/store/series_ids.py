"""The database ids of series, made where they are missing."""

from types import ModuleType
from typing import Any

import numpy as np

from indicators.frame import SeriesKey
from indicators.models import Area, Indicator, Series


class UnknownCodeError(ValueError):
    """A frame that names an indicator or an area the portal does not have."""


def ids_of(
    keys: list[SeriesKey], *, synthetic: bool, using: str, store: ModuleType, cursor: Any
) -> tuple[np.ndarray, np.ndarray]:
    """The id of each key, and which of them had a series before; the rest get theirs here."""
    known = known_ids(keys, synthetic, using)
    old = np.fromiter((key in known for key in keys), np.bool_, len(keys))
    if not old.all():
        fresh = [key for key in keys if key not in known]
        store.add_series(cursor, _numbered(fresh, using), synthetic)
        known = known_ids(keys, synthetic, using)
    return np.fromiter((known[key] for key in keys), np.int32, len(keys)), old


def of_indicators(keys: list[SeriesKey], *, synthetic: bool, using: str) -> np.ndarray:
    """All series of the keys' indicators: what a complete delivery answers for."""
    return np.fromiter(known_ids(keys, synthetic, using).values(), np.int32)


def known_ids(keys: list[SeriesKey], synthetic: bool, using: str) -> dict[SeriesKey, int]:
    codes = {key.indicator for key in keys}
    rows = Series.objects.using(using).filter(indicator__code__in=codes, synthetic=synthetic)
    columns = rows.values_list("indicator__code", "area__code", "breakdown", "id")
    return {SeriesKey(indicator, area, breakdown): number for indicator, area, breakdown, number in columns}


def _numbered(keys: list[SeriesKey], using: str) -> list[tuple[int, int, str]]:
    """The keys with the ids of their indicators and areas."""
    indicators = _numbers(Indicator, {key.indicator for key in keys}, using)
    areas = _numbers(Area, {key.area for key in keys}, using)
    return [(indicators[key.indicator], areas[key.area], key.breakdown) for key in keys]


def _numbers(model: type[Indicator] | type[Area], codes: set[str], using: str) -> dict[str, int]:
    numbers = dict(model.objects.using(using).filter(code__in=codes).values_list("code", "id"))
    if unknown := sorted(codes - numbers.keys()):
        raise UnknownCodeError(f"Ukendt {model._meta.verbose_name}: {', '.join(unknown)}")
    return numbers
