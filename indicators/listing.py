"""Observations for the API: public ones, page by page, all pages from one state of knowledge."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators import periods
from indicators.frames import breakdown_parts
from indicators.models import Batch, Missing, Observation, Series
from indicators.reading import version
from indicators.resources import instant, number


class Place(NamedTuple):
    """Where a page ended, and the batch its figures were known by: later pages must not see newer ones."""

    batch: int
    series: int
    period: int

    @classmethod
    def of_cursor(cls, text: str) -> "Place":
        try:
            plain = base64.urlsafe_b64decode(text.encode("ascii") + b"==").decode("ascii")
        except ValueError:
            plain = ""
        if not re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,4}", plain):
            raise ValueError("brug den, der står i »next«, uændret.")
        return cls(*map(int, plain.split(".")))

    @property
    def cursor(self) -> str:
        plain = ".".join(map(str, self)).encode("ascii")
        return base64.urlsafe_b64encode(plain).decode("ascii").rstrip("=")


@dataclass(frozen=True)
class Listing:
    """One page: the observations as the API writes them, and where the next begins."""

    results: list[dict[str, Any]]
    next: Place | None


def listing(asked: dict[str, Any], limit: int) -> Listing:
    """What is asked for by indicator, area, breakdown, from, to, as_of and cursor; in five queries or fewer."""
    place = asked.get("cursor") or Place(version(asked.get("as_of")), 0, 0)
    lines = _lines(asked, place.batch)
    rows = list(_rows(asked, place, lines)[: limit + 1])
    batches = Batch.objects.in_bulk({row.batch_from_id for row in rows[:limit]})
    results = _written(rows[:limit], lines, batches)
    last = rows[limit - 1] if len(rows) > limit else None
    return Listing(results, Place(place.batch, last.series_id, last.period) if last else None)


def _lines(asked: dict[str, Any], batch: int) -> dict[int, dict[str, Any]]:
    """What the numbers of each public series have in common. A real series hides a synthetic one of its key."""
    real = Observation.objects.known_at(batch).filter(
        series__indicator=OuterRef("indicator"),
        series__area=OuterRef("area"),
        series__breakdown=OuterRef("breakdown"),
        series__synthetic=False,
    )
    names = {"indicator": "indicator__code", "area": "area__code", "breakdown": "breakdown"}
    chosen = {path: asked[name] for name, path in names.items() if name in asked}
    series = Series.objects.filter(Q(synthetic=False) | ~Exists(real), indicator__visibility="public", **chosen)
    columns = series.values_list(
        "id", "indicator__code", "area__code", "breakdown", "synthetic", "indicator__frequency"
    )
    return {
        number: {
            "indicator": indicator,
            "area": area,
            "breakdown": breakdown_parts(breakdown),
            "synthetic": synthetic,
            "frequency": frequency,
        }
        for number, indicator, area, breakdown, synthetic, frequency in columns
    }


def _rows(asked: dict[str, Any], place: Place, lines: Iterable[int]) -> QuerySet[Observation]:
    """In the order of the primary key, from the place on; one more than a page tells whether there is a next."""
    after = Q(series__gt=place.series) | Q(series=place.series, period__gt=place.period)
    rows = Observation.objects.disclosed().known_at(place.batch).filter(after, series__in=list(lines))
    rows = rows.filter(series__gte=place.series)  # says the same again, so that the key is searched, not scanned
    if "from" in asked:
        rows = rows.filter(period__gte=asked["from"])
    if "to" in asked:
        rows = rows.filter(period__lte=asked["to"])
    return rows.order_by("series", "period")


def _written(rows: list[Observation], lines: dict[int, dict], batches: dict[int, Batch]) -> list[dict[str, Any]]:
    known_from = {pk: instant(batch.known_from) for pk, batch in batches.items()}
    return [
        {
            "indicator": (line := lines[row.series_id])["indicator"],
            "area": line["area"],
            "breakdown": line["breakdown"],
            "period": periods.iso(row.period, line["frequency"]),
            "value": number(row.shown_value),
            "missing": missing_word(row.shown_missing),
            "provisional": row.provisional,
            "synthetic": line["synthetic"],
            "known_from": known_from[row.batch_from_id],
            "known_to": None,  # at the moment asked for, nothing had taken its place
            "source": batches[row.batch_from_id].source,
            "batch": f"b{row.batch_from_id}",
        }
        for row in rows
    ]


def missing_word(reason: int) -> str | None:
    """`suppressed`, `not_published` …; null for a number that is there."""
    return Missing(reason).name.lower() if reason else None
