"""The tidy frame: cells of many series as columns of integers, between a source and the store. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

SCALE = 10_000  # values are whole ten-thousandths: exact, and as fine as the store keeps them
LIMIT = 10**14


class SeriesKey(NamedTuple):
    """What a series is known by outside the database; `breakdown` is canonical: "alder=18-29;koen=k"."""

    indicator: str
    area: str
    breakdown: str = ""


class Cell(NamedTuple):
    """One number, or the reason why there is none (indicators.missing.MissingReason)."""

    key: SeriesKey
    period: int
    value: Decimal | None
    missing: int = 0
    provisional: bool = False


class LeftOut(NamedTuple):
    """Rows of a delivery that are no cells: of an area that is no place, or said twice (then no indicator, total 0)."""

    what: str  # the area as the source calls it, or REPEATED
    indicator: str
    rows: int
    total: int = 0  # ten-thousandths, of the numbers in the rows


REPEATED = "gentaget"


@dataclass(frozen=True)
class Frame:
    """A delivery. Row n is in the series `keys[series[n]]`; `value` is 0 where `missing` is not."""

    keys: list[SeriesKey]
    series: np.ndarray  # int32
    period: np.ndarray  # int16
    value: np.ndarray  # int64, ten-thousandths
    missing: np.ndarray  # int8
    provisional: np.ndarray  # bool
    left_out: tuple[LeftOut, ...] = ()

    def __len__(self) -> int:
        return len(self.period)

    @property
    def columns(self) -> tuple[np.ndarray, ...]:
        return self.series, self.period, self.value, self.missing, self.provisional

    def rows(self, places: np.ndarray) -> "Frame":
        """The rows at these places, in their order."""
        names = ("series", "period", "value", "missing", "provisional")
        return replace(self, **{name: column[places] for name, column in zip(names, self.columns, strict=True)})


def breakdown_text(parts: dict[str, str]) -> str:
    """The one way to write a breakdown: dimensions in order, those without a value left out."""
    return ";".join(f"{name}={value}" for name, value in sorted(parts.items()) if value)


def breakdown_parts(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


def scaled(value: Decimal) -> int:
    """The value in ten-thousandths; refuses what the store cannot keep exactly."""
    number = value * SCALE
    if number != number.to_integral_value() or abs(number) >= LIMIT:
        raise ValueError(f"{value} har flere cifre, end der er plads til (10 før og 4 efter kommaet)")
    return int(number)


def frame_of(cells: Iterable[Cell]) -> Frame:
    """A frame of a few thousand cells, for sources that speak in rows."""
    return frame_of_scaled(
        (cell.key, cell.period, scaled(cell.value or Decimal()), cell.missing, cell.provisional) for cell in cells
    )


def frame_of_scaled(cells: Iterable[tuple]) -> Frame:
    """Key, period, ten-thousandths, reason for missing, and whether it is provisional, which may be left out."""
    numbers: dict[SeriesKey, int] = {}
    rows = [
        (numbers.setdefault(key, len(numbers)), period, value, missing, *(rest or [False]))
        for key, period, value, missing, *rest in cells
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    kinds = (np.int32, np.int16, np.int64, np.int8, np.bool_)
    arrays: list[Any] = [np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)]
    return Frame(list(numbers), *arrays)


def joined(frames: list[Frame]) -> Frame:
    """The cells of all, as of one delivery."""
    if len(frames) == 1:
        return frames[0]
    numbers: dict[SeriesKey, int] = {}
    series = [
        np.array([numbers.setdefault(key, len(numbers)) for key in frame.keys], np.int32)[frame.series]
        for frame in frames
    ]
    columns = zip(*((f.period, f.value, f.missing, f.provisional) for f in frames), strict=True)
    arrays: list[Any] = [np.concatenate(column) for column in columns]
    left_out = tuple(item for frame in frames for item in frame.left_out)
    return replace(Frame(list(numbers), np.concatenate(series), *arrays), left_out=left_out)
