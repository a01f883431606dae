"""The database ids of series, made where they are missing."""

import numpy as np

from indicators.frames import SeriesKey
from indicators.models import Area, Indicator, Series


class UnknownCodeError(ValueError):
    """A frame that names an indicator or an area the portal does not have."""


def ids_of(keys: list[SeriesKey], *, synthetic: bool, using: str) -> tuple[np.ndarray, np.ndarray]:
    """The id of each key, and which of them had a series before; the rest get theirs here."""
    known = _known(keys, synthetic, using)
    fresh = [key for key in keys if key not in known]
    numbers = known | _made(fresh, synthetic, using)
    ids = np.fromiter((numbers[key] for key in keys), np.int32, len(keys))
    old = np.fromiter((key in known for key in keys), np.bool_, len(keys))
    return ids, old


def of_indicators(keys: list[SeriesKey], *, synthetic: bool, using: str) -> np.ndarray:
    """All series of the keys' indicators: what a complete delivery answers for."""
    found = _of_indicators(keys, synthetic, using).order_by("id").values_list("id", flat=True)
    return np.fromiter(found, np.int32)


def _of_indicators(keys: list[SeriesKey], synthetic: bool, using: str):
    codes = {key.indicator for key in keys}
    return Series.objects.using(using).filter(indicator__code__in=codes, synthetic=synthetic)


def _known(keys: list[SeriesKey], synthetic: bool, using: str) -> dict[SeriesKey, int]:
    rows = _of_indicators(keys, synthetic, using).values_list("indicator__code", "area__code", "breakdown", "id")
    return {SeriesKey(indicator, area, breakdown): number for indicator, area, breakdown, number in rows}


def _made(keys: list[SeriesKey], synthetic: bool, using: str) -> dict[SeriesKey, int]:
    if not keys:
        return {}
    indicators = _numbers(Indicator, {key.indicator for key in keys}, using)
    areas = _numbers(Area, {key.area for key in keys}, using)
    rows = [
        Series(
            indicator_id=indicators[key.indicator],
            area_id=areas[key.area],
            breakdown=key.breakdown,
            synthetic=synthetic,
        )
        for key in keys
    ]
    made = Series.objects.using(using).bulk_create(rows)
    return {key: row.id for key, row in zip(keys, made, strict=True)}


def _numbers(model: type[Indicator] | type[Area], codes: set[str], using: str) -> dict[str, int]:
    numbers = dict(model.objects.using(using).filter(code__in=codes).values_list("code", "id"))
    if unknown := sorted(codes - numbers.keys()):
        raise UnknownCodeError(f"Ukendt {model._meta.verbose_name}: {', '.join(unknown)}")
    return numbers
