"""Cells of the store as sorted columns, and what a delivery changes in them. Pure."""

import hashlib
from dataclasses import dataclass

import numpy as np

from indicators.frames import Frame


@dataclass(frozen=True)
class Cells:
    """Cells sorted by series and period, ready to compare and to write."""

    series: np.ndarray  # int32, the series' database id
    period: np.ndarray  # int16
    value: np.ndarray  # int64, ten-thousandths
    missing: np.ndarray  # int8
    provisional: np.ndarray  # bool

    def __len__(self) -> int:
        return len(self.series)

    @property
    def columns(self) -> tuple[np.ndarray, ...]:
        return self.series, self.period, self.value, self.missing, self.provisional

    @property
    def key(self) -> np.ndarray:
        """Series and period in one integer, in the order of the cells."""
        return self.series.astype(np.int64) << 16 | self.period

    def pick(self, rows: np.ndarray) -> "Cells":
        return Cells(*(column[rows] for column in self.columns))

    def digest(self) -> str:
        """The same for the same cells, whatever bytes they came in."""
        digest = hashlib.blake2b(digest_size=32)
        for column in self.columns:
            digest.update(np.ascontiguousarray(column).data)
        return digest.hexdigest()


@dataclass(frozen=True)
class Difference:
    """What a delivery changes: cells to write, cells to close, and how many stay."""

    new: Cells
    changed: Cells
    gone: Cells
    unchanged: int

    def __bool__(self) -> bool:
        return bool(len(self.new) or len(self.changed) or len(self.gone))


def cells_of_frame(frame: Frame, ids: np.ndarray) -> Cells:
    """The frame in the store's order; `ids` holds the database id of each of the frame's keys."""
    cells = Cells(ids[frame.series], frame.period, frame.value, frame.missing, frame.provisional)
    key = cells.key
    if (key[1:] > key[:-1]).all():  # most files are written in this order
        return cells
    order = np.argsort(key, kind="stable")
    if (np.diff(key[order]) == 0).any():
        raise ValueError("samme celle står to gange")
    return cells.pick(order)


def compare(incoming: Cells, current: Cells, *, complete: bool) -> Difference:
    """What is new and what differs; of a complete delivery, what `current` holds beyond it is gone."""
    if not len(current):
        return Difference(new=incoming, changed=current, gone=current, unchanged=0)
    new_keys, old_keys = incoming.key, current.key
    place = np.minimum(np.searchsorted(old_keys, new_keys), len(old_keys) - 1)
    known = old_keys[place] == new_keys
    place = place[known]
    candidates = incoming.pick(known)
    differs = np.zeros(len(place), bool)
    for ours, theirs in zip(candidates.columns[2:], current.columns[2:], strict=True):
        differs |= ours != theirs[place]
    gone = np.full(len(old_keys), complete)
    gone[place] = False
    return Difference(
        new=incoming.pick(~known),
        changed=candidates.pick(differs),
        gone=current.pick(gone),
        unchanged=len(place) - int(differs.sum()),
    )
