"""A cell that a source says twice: the same number counts once, another one is refused. Pure."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from indicators.frame import REPEATED, SCALE, Frame, LeftOut, SeriesKey
from indicators.sources.errors import SourceError

Named = Callable[[SeriesKey, int], str]  # a cell in the source's own words


def without_repeats(frame: Frame, named: Named, cells_in_a_row: int = 1) -> Frame:
    """Each cell once. `cells_in_a_row` tells how many cells a row of the source is, so that rows are counted."""
    key = frame.series.astype(np.int64) << 16 | frame.period
    order = np.argsort(key, kind="stable")
    twice = order[1:][np.diff(key[order]) == 0]
    if not len(twice):
        return frame
    first = order[np.searchsorted(key[order], key[twice])]
    _refuse_contradiction(frame, first, twice, named)
    kept = np.ones(len(frame), bool)
    kept[twice] = False
    repeated = LeftOut(REPEATED, "", len(twice) // cells_in_a_row)
    return replace(frame.rows(kept), left_out=(*frame.left_out, repeated))


def _refuse_contradiction(frame: Frame, first: np.ndarray, again: np.ndarray, named: Named) -> None:
    differs = (frame.value[first] != frame.value[again]) | (frame.missing[first] != frame.missing[again])
    for place in np.flatnonzero(differs)[:1].tolist():
        cell = first[place]
        numbers = " og ".join(_shown(frame, row) for row in (cell, again[place]))
        row = named(frame.keys[frame.series[cell]], int(frame.period[cell]))
        raise SourceError(f"svaret har to tal for {row}: {numbers}.")


def _shown(frame: Frame, row: int) -> str:
    number = Decimal(int(frame.value[row])) / SCALE
    return "intet tal" if frame.missing[row] else f"{number:f}".replace(".", ",")
