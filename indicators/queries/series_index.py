"""The index of all series: what can be asked for by indicator, area and breakdown, kept while nothing is written."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indicators.data_version import cached_per_version
from indicators.models import Area, Indicator, Series

PUBLIC = Indicator.Visibility.PUBLIC


@dataclass(frozen=True)
class SeriesEntry:
    """What the numbers of one series have in common. `guarded`: small counts in it must be withheld."""

    id: int
    indicator: str
    area: str
    breakdown: str
    synthetic: bool
    frequency: str
    guarded: bool
    visibility: str

    @property
    def public(self) -> bool:
        return self.visibility == PUBLIC

    @property
    def key(self) -> tuple[str, str, str]:
        return self.indicator, self.area, self.breakdown


@dataclass(frozen=True)
class SeriesIndex:
    """The entries of all series in order of their ids, and the same by their indicator's code."""

    entries: tuple[SeriesEntry, ...]
    by_indicator: dict[str, list[SeriesEntry]] = field(default_factory=dict)

    @cached_property
    def breakdowns(self) -> frozenset[str]:
        return frozenset(entry.breakdown for entry in self.entries)

    def chosen(self, asked: dict[str, Any]) -> list[SeriesEntry]:
        """Of the indicator, area, breakdown and measured series that are asked for."""
        entries = self.by_indicator.get(asked["indicator"], []) if "indicator" in asked else list(self.entries)
        if "area" in asked:
            entries = [entry for entry in entries if entry.area == asked["area"]]
        if "breakdown" in asked:
            entries = [entry for entry in entries if entry.breakdown == asked["breakdown"]]
        if "measure" in asked:
            entries = [entry for entry in entries if entry.key in asked["measure"]]
        return list(entries)


@cached_per_version
def series_index(internal: bool = False) -> SeriesIndex:
    """Of the public series; with `internal`, of those that only staff and their tokens may read too."""
    if not internal:
        return _indexed(tuple(entry for entry in series_index(True).entries if entry.public))
    rows = Series.objects.outside_the_house().order_by("id")
    columns = (
        "id", "indicator__code", "area__code", "breakdown", "synthetic",
        "indicator__frequency", "indicator__unit", "indicator__min_count", "indicator__visibility",
    )  # fmt: skip
    return _indexed(tuple(_entry(*row) for row in rows.values_list(*columns)))


def _entry(
    id: int, indicator: str, area: str, breakdown: str, synthetic: bool,
    frequency: str, unit: str, min_count: int, visibility: str,
) -> SeriesEntry:  # fmt: skip
    guarded = unit == Indicator.Unit.COUNT and min_count > 0
    return SeriesEntry(id, indicator, area, breakdown, synthetic, frequency, guarded, visibility)


def _indexed(entries: tuple[SeriesEntry, ...]) -> SeriesIndex:
    by_indicator: dict[str, list[SeriesEntry]] = {}
    for entry in entries:
        by_indicator.setdefault(entry.indicator, []).append(entry)
    return SeriesIndex(entries, by_indicator)


@cached_per_version
def indicator_codes(internal: bool = False) -> frozenset[str]:
    visible = Indicator.objects.all() if internal else Indicator.objects.public()
    return frozenset(visible.values_list("code", flat=True))


@cached_per_version
def area_codes() -> frozenset[str]:
    return frozenset(Area.objects.values_list("code", flat=True))
