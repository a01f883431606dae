"""Cells that differ so much from what stood before that a person shall say why. Pure."""

import numpy as np

from indicators.frame import SCALE
from indicators.store.diff import Cells

# Below this level a share of the figure says little: four persons are not a jump from two.
FLOORS = {"count": 50 * SCALE, "percent": 2 * SCALE, "rank": 40 * SCALE}
MEMORY = 12  # months; an older figure is nothing to compare with


def jumps(cells: Cells, current: Cells, limit: np.ndarray, floor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which cells are jumps, and the figure each came from.

    A revised cell comes from the figure it replaces, a new one from the one before it in its series. `limit`
    (per cent, 0 for none) and `floor` (ten-thousandths) are given for each cell.
    """
    reference, has_one = _references(cells, current)
    distance = np.abs(cells.value - reference)
    far = distance * 100 > limit * np.maximum(np.abs(reference), floor)
    jumped = np.flatnonzero(far & has_one & (cells.missing == 0) & (limit > 0))
    return jumped, reference


def _references(cells: Cells, current: Cells) -> tuple[np.ndarray, np.ndarray]:
    if not len(current):
        return np.zeros(len(cells), np.int64), np.zeros(len(cells), bool)
    old = np.minimum(np.searchsorted(current.key, cells.key), len(current) - 1)
    revised = current.key[old] == cells.key
    reference, usable = current.value[old], revised & (current.missing[old] == 0)
    key, value, missing = _merged(cells, current)
    before = np.searchsorted(key, cells.key) - 1
    there = (before >= 0) & (key[before] >> 16 == cells.series) & (cells.key - key[before] <= MEMORY)
    there &= np.isin(cells.series, current.series) & (missing[before] == 0)
    return np.where(revised, reference, value[before]), np.where(revised, usable, there)


def _merged(cells: Cells, current: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All cells as they will stand, in order."""
    keys = np.concatenate([cells.key, current.key])
    key, first = np.unique(keys, return_index=True)  # the first of equals: the delivery's
    value = np.concatenate([cells.value, current.value])[first]
    return key, value, np.concatenate([cells.missing, current.missing])[first]
