"""What a number of each unit can be at all. Pure."""

from collections.abc import Mapping

import numpy as np

from indicators.frame import LIMIT, SCALE, Frame

RANGES = {"percent": (0, 100 * SCALE), "count": (0, LIMIT), "rank": (SCALE, 1000 * SCALE)}
WORDS = {
    "percent": "en andel ligger fra 0 til 100 %",
    "count": "et antal kan ikke være under 0",
    "rank": "en placering er mindst nr. 1",
}


def outside(value: np.ndarray, missing: np.ndarray, unit: str) -> np.ndarray:
    """Which of the values (ten-thousandths) cannot be."""
    low, high = RANGES[unit]
    return ((value < low) | (value > high)) & (missing == 0)


def is_possible(value: int, unit: str) -> bool:
    low, high = RANGES.get(unit, (value, value))
    return low <= value <= high


def rows_outside(frame: Frame, units: Mapping[str, str]) -> np.ndarray:
    """The rows whose number cannot be; `units` by indicator."""
    of_series = [units.get(key.indicator, "") for key in frame.keys]
    wrong = np.zeros(len(frame), bool)
    for unit in set(of_series) & set(RANGES):
        of_unit = np.array([found == unit for found in of_series])[frame.series]
        wrong |= of_unit & outside(frame.value, frame.missing, unit)
    return np.flatnonzero(wrong)
