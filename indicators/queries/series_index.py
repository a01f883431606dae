"""What there is to ask for: series, areas and deliveries, read once and remembered while nothing is written."""

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from indicators.data_version import cached_per_version
from indicators.frame import breakdown_parts
from indicators.models import CURRENT, Area, Batch, Indicator, Observation, Series

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

    @cached_property
    def beginning(self) -> str:
        """How every number of the series begins in JSON."""
        return f'{self._key_in_json},"period":"'

    @cached_property
    def heading(self) -> str:
        """How the series as a whole begins in JSON."""
        synthetic = "true" if self.synthetic else "false"
        return f'{self._key_in_json},"synthetic":{synthetic},"frequency":"{self.frequency}"'

    @property
    def _key_in_json(self) -> str:
        parts = json.dumps(breakdown_parts(self.breakdown), ensure_ascii=False, separators=(",", ":"))
        return f'{{"indicator":"{self.indicator}","area":"{self.area}","breakdown":{parts}'


@dataclass(frozen=True)
class Catalogue:
    """All series, in order of their ids; `internal` tells whether those not for the public are among them."""

    lines: tuple[SeriesEntry, ...]
    by_indicator: dict[str, list[SeriesEntry]] = field(default_factory=dict)

    @cached_property
    def breakdowns(self) -> frozenset[str]:
        return frozenset(line.breakdown for line in self.lines)

    def chosen(self, asked: dict[str, Any]) -> list[SeriesEntry]:
        """Of the indicator, area, breakdown and measured series that are asked for."""
        found = self.by_indicator.get(asked["indicator"], []) if "indicator" in asked else self.lines
        if "area" in asked:
            found = [line for line in found if line.area == asked["area"]]
        if "breakdown" in asked:
            found = [line for line in found if line.breakdown == asked["breakdown"]]
        if "measure" in asked:
            found = [line for line in found if line.key in asked["measure"]]
        return list(found)


@cached_per_version
def catalogue(internal: bool = False) -> Catalogue:
    if not internal:
        return _indexed(tuple(line for line in catalogue(True).lines if line.public))
    columns = (
        "id", "indicator__code", "area__code", "breakdown", "synthetic",
        "indicator__frequency", "indicator__unit", "indicator__min_count", "indicator__visibility",
    )  # fmt: skip
    lines = tuple(
        SeriesEntry(*facts, guarded=unit == Indicator.Unit.COUNT and least > 0, visibility=visibility)
        for *facts, unit, least, visibility in Series.objects.outside_the_house().order_by("id").values_list(*columns)
    )
    return _indexed(lines)


def _indexed(lines: tuple[SeriesEntry, ...]) -> Catalogue:
    by_indicator: dict[str, list[SeriesEntry]] = {}
    for line in lines:
        by_indicator.setdefault(line.indicator, []).append(line)
    return Catalogue(lines, by_indicator)


@cached_per_version
def indicator_codes(internal: bool = False) -> frozenset[str]:
    visible = Indicator.objects.all() if internal else Indicator.objects.public()
    return frozenset(visible.values_list("code", flat=True))


@cached_per_version
def area_codes() -> frozenset[str]:
    return frozenset(Area.objects.values_list("code", flat=True))


@dataclass(frozen=True)
class Delivery:
    """A batch as the API tells of it."""

    code: str
    known_from: datetime
    instant: str  # known_from with Copenhagen's zone
    source: str


@cached_per_version
def deliveries() -> dict[int, Delivery]:
    rows = Batch.objects.order_by("id").values_list("id", "known_from", "source")
    return {
        number: Delivery(f"b{number}", known_from, timezone.localtime(known_from).isoformat(), source)
        for number, known_from, source in rows
    }


def newest_delivery(moment: datetime | None = None) -> int:
    """The number of the newest batch at the moment, 0 before the first. Numbers and moments have one order."""
    numbers = list(deliveries())
    if moment is None:
        return numbers[-1] if numbers else 0
    place = bisect_right(numbers, moment, key=lambda number: deliveries()[number].known_from)
    return numbers[place - 1] if place else 0


@cached_per_version
def hidden(batch: int) -> frozenset[int]:
    """Synthetic series whose key had real figures by the batch: those stand in their place."""
    by_key: dict[tuple, list[SeriesEntry]] = {}
    for line in catalogue(True).lines:
        by_key.setdefault(line.key, []).append(line)
    doubled = {line.id: pair for pair in by_key.values() if len(pair) > 1 for line in pair}
    real = [number for number, pair in doubled.items() if not _line_of(pair, number).synthetic]
    known = Observation.objects.known_at(batch).filter(series__in=real)
    shown = set(known.values_list("series", flat=True).distinct()) if real else set()
    return frozenset(line.id for number in shown for line in doubled[number] if line.synthetic)


def _line_of(pair: list[SeriesEntry], number: int) -> SeriesEntry:
    return next(line for line in pair if line.id == number)


@cached_per_version
def shown_deliveries(internal: bool = False) -> frozenset[int]:
    """Batches that opened or closed a figure one may see. No index helps: one look at the whole table."""
    visible = Observation.objects.all()
    if not internal:
        visible = visible.filter(series__indicator__visibility=PUBLIC)
    opened = visible.values_list("batch_from", flat=True).distinct()
    closed = visible.filter(~Q(batch_to=CURRENT)).values_list("batch_to", flat=True).distinct()
    return frozenset(opened.order_by()) | frozenset(closed.order_by())
