"""What a file came to: its figures, what was left out of it and why, and what only a person can answer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from indicators.files.errors import Cause, Problem, TidyError
from indicators.frame import Frame, joined


@dataclass(frozen=True)
class LeftOut:
    """Rows, columns or sheets that were not read, in words."""

    text: str
    count: int = 1


@dataclass(frozen=True)
class Doubt:
    """A column whose label stands in many tables, in a file that says nothing of which it is."""

    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A file's figures. `marked` are the indicators of which the file itself says what is provisional."""

    frame: Frame
    rows: int = 0
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    marked: frozenset[str] = field(default_factory=frozenset)


def merged(readings: Sequence[Reading], left_out: Sequence[LeftOut] = (), notes: Sequence[str] = ()) -> Reading:
    """The tables of one file as one delivery. A figure that two of them agree on counts once."""
    frame, repeated = _once(joined([reading.frame for reading in readings]))
    again = [LeftOut("tal, som står ens på to ark", repeated)] if repeated else []
    return Reading(
        frame,
        sum(reading.rows for reading in readings),
        (*left_out, *(found for reading in readings for found in reading.left_out), *again),
        (*notes, *(note for reading in readings for note in reading.notes)),
        tuple(dict.fromkeys(doubt for reading in readings for doubt in reading.doubts)),
        frozenset(code for reading in readings for code in reading.marked),
    )


def _once(frame: Frame) -> tuple[Frame, int]:
    key = frame.series.astype(np.int64) << 16 | frame.period
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    if len(first) == len(key):
        return frame, 0
    other_value, other_reason = (column != column[first][place] for column in (frame.value, frame.missing))
    differs = np.flatnonzero(other_value | other_reason)
    if len(differs):
        found = frame.keys[int(frame.series[differs[0]])]
        text = f"{found.indicator} i {found.area} står med to forskellige tal for samme periode på to ark"
        raise TidyError([Problem(Cause.DUPLICATE, text, count=len(differs))])
    return frame.rows(np.sort(first)), len(key) - len(first)
