"""The rows of an answer that are of no area of the portal: how many, and what they hold. Pure."""

from collections.abc import Iterator

import numpy as np

from indicators.frame import LeftOut
from indicators.sources.jobindsats.numbers import scaled_column
from indicators.sources.jobindsats.query import Measure


class LeftOutRows:
    """Gathered while an answer is read; a row that stands twice counts once."""

    def __init__(self) -> None:
        self.rows: dict[tuple, tuple[int, ...]] = {}  # the row as it came → each measure's number
        self.measures: list[Measure] = []

    def add(self, columns: list[tuple], outside: np.ndarray, places: list[tuple[Measure, int]]) -> None:
        self.measures = [measure for measure, _ in places]
        for place in outside.tolist():
            row = tuple(column[place] for column in columns)
            numbers = [scaled_column((row[column],), measure.labels[0])[0] for measure, column in places]
            self.rows[row] = tuple(int(number[0]) for number in numbers)

    def told(self) -> Iterator[LeftOut]:
        """For each area by the name it came under, and each measure."""
        for area in dict.fromkeys(row[1] for row in self.rows):
            found = [numbers for row, numbers in self.rows.items() if row[1] == area]
            for measure, totals in zip(self.measures, zip(*found, strict=True), strict=True):
                yield LeftOut(str(area), measure.indicator, len(found), sum(totals))
