"""An indicator's numbers as a JSON-stat 2.0 dataset: a cube of area, breakdown and time."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from indicators.api.observations_json import missing_word
from indicators.frame import breakdown_parts
from indicators.models import Area, Indicator
from indicators.queries.columns import Column, iso

WHOLE = "I alt"  # the category of a number that is not broken down by a dimension
MOST_CELLS = 5_000_000


class TooSparse(ValueError):
    """The cube would have far more cells than numbers."""


def dataset(indicator: Indicator, columns: Iterable[Column], facts: dict[str, Any]) -> Iterator[str]:
    """`facts` are those of the portal: source, link, licence. Values are sparse: cell number → number."""
    kept = list(columns)
    dimensions = _dimensions(indicator, kept)
    sizes = [len(dimension["category"]["index"]) for dimension in dimensions.values()]
    if _product(sizes) > MOST_CELLS:
        raise TooSparse("valget giver en terning med for mange tomme felter; vælg færre områder eller opdelinger.")
    head = {"version": "2.0", "class": "dataset", "label": indicator.name, **facts}
    head |= {"id": list(dimensions), "size": sizes, "dimension": dimensions, "role": _role(dimensions)}
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield from _cells(kept, dimensions, sizes)


def _role(dimensions: dict[str, dict]) -> dict[str, list[str]]:
    return {"time": ["period"], "geo": ["area"]}


def _dimensions(indicator: Indicator, columns: list[Column]) -> dict[str, dict]:
    areas = sorted({column.entry.area for column in columns})
    names = dict(Area.objects.filter(code__in=areas).values_list("code", "name"))
    months = sorted({month for column in columns for month in column.months})
    periods = {iso(month, indicator.frequency): "" for month in months}
    return {
        "area": _dimension("Område", {area: names[area] for area in areas}),
        **{name: _dimension(name, values) for name, values in _breakdowns(columns).items()},
        "period": _dimension("Periode", {period: period for period in periods}),
    }


def _breakdowns(columns: list[Column]) -> dict[str, dict[str, str]]:
    parts = [breakdown_parts(column.entry.breakdown) for column in columns]
    names = sorted({name for part in parts for name in part})
    return {name: {value: value for value in sorted({part.get(name, WHOLE) for part in parts})} for name in names}


def _dimension(label: str, categories: dict[str, str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": list(categories), "label": categories}}


def _cells(columns: list[Column], dimensions: dict[str, dict], sizes: list[int]) -> Iterator[str]:
    places = {name: _places(dimension) for name, dimension in dimensions.items()}
    status: dict[int, str] = {}
    mixed = len({column.entry.synthetic for column in columns}) == 2
    yield ',"value":{'
    comma = ""
    for column in columns:
        start = _start(column, places, sizes)
        numbers = [start + places["period"][period] for period in column.periods]
        yield comma + ",".join(f'"{cell}":{value}' for cell, value in zip(numbers, column.values, strict=True))
        made_up = ["synthetic"] if mixed and column.entry.synthetic else []
        for cell, month in zip(numbers, column.months, strict=True):
            if words := [*_words(column.notes.get(month, 0)), *made_up]:
                status[cell] = ", ".join(words)
        comma = ","
    yield f'}},"status":{json.dumps(status)}}}'


def _words(note: int) -> list[str]:
    return [missing_word(note // 2) or "provisional"] if note else []


def _start(column: Column, places: dict[str, dict[str, int]], sizes: list[int]) -> int:
    """The number of the series' first cell: dimensions count like the digits of a number, the period is the last."""
    parts = breakdown_parts(column.entry.breakdown) | {"area": column.entry.area}
    cell = 0
    for (name, own), size in zip(list(places.items())[:-1], sizes[:-1], strict=True):
        cell = cell * size + own[parts.get(name, WHOLE)]
    return cell * sizes[-1]


def _places(dimension: dict[str, Any]) -> dict[str, int]:
    return {code: place for place, code in enumerate(dimension["category"]["index"])}


def _product(sizes: list[int]) -> int:
    product = 1
    for size in sizes:
        product *= size
    return product
