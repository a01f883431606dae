"""What a number of each unit can be at all: the one rule that every delivery is held against. Pure."""

from collections.abc import Mapping

import numpy as np

from indicators.frame import LIMIT, SCALE, Frame

RANGES = {"percent": (0, 100 * SCALE), "count": (0, LIMIT), "rank": (SCALE, 1000 * SCALE)}
WORDS = {
    "percent": "en andel ligger fra 0 til 100 %",
    "count": "et antal kan ikke være under 0",
    "rank": "en placering er mindst nr. 1",
}


class ImpossibleValuesError(ValueError):
    """A delivery with numbers that cannot be; `rejected` is how many."""

    def __init__(self, unit: str, rejected: int) -> None:
        super().__init__(f"{rejected} tal kan ikke være rigtige: {WORDS[unit]}.")
        self.rejected = rejected


def impossible_rows(frame: Frame, units: Mapping[str, str]) -> np.ndarray:
    """The rows whose number cannot be, in order; `units` by indicator."""
    unit_of_series = [units.get(key.indicator, "") for key in frame.keys]
    impossible = np.zeros(len(frame), bool)
    for unit in set(unit_of_series) & set(RANGES):
        low, high = RANGES[unit]
        outside = ((frame.value < low) | (frame.value > high)) & (frame.missing == 0)
        impossible |= outside & np.array([each == unit for each in unit_of_series])[frame.series]
    return np.flatnonzero(impossible)


def refuse_impossible(frame: Frame, units: Mapping[str, str]) -> None:
    """For deliveries that come without lines to point at; a file's reader names the line instead."""
    if len(rows := impossible_rows(frame, units)):
        raise ImpossibleValuesError(units[frame.keys[frame.series[rows[0]]].indicator], len(rows))
