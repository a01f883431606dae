"""What a number of each unit can be at all. Pure."""

import numpy as np

from indicators.frames import LIMIT, SCALE

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
