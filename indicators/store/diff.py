"""Cells of the store as sorted columns, and what a delivery changes in them. Pure."""

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from indicators.frame import Frame


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

    def pick(self, rows: np.ndarray | slice) -> "Cells":
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


def unpacked(packed: np.ndarray, value: np.ndarray) -> Cells:
    """Cells as the databases send them, in two numbers each: series, period, reason and mark packed; and the value."""
    series, period = (packed >> 24).astype(np.int32), (packed >> 8 & 0xFFFF).astype(np.int16)
    return Cells(series, period, value, (packed >> 1 & 0x7F).astype(np.int8), (packed & 1).astype(np.bool_))


def compare(incoming: Cells, current: Cells, *, complete: bool) -> Difference:
    """What is new and what differs; of a complete delivery, what `current` holds beyond it is gone."""
    if not len(current):
        return Difference(new=incoming, changed=current, gone=current, unchanged=0)
    new_keys, old_keys = incoming.key, current.key
    if np.array_equal(new_keys, old_keys):
        return _revisions(incoming, current)
    place = np.minimum(np.searchsorted(old_keys, new_keys), len(old_keys) - 1)
    known = old_keys[place] == new_keys
    gone = np.full(len(old_keys), complete)
    gone[place[known]] = False
    found = _revisions(incoming.pick(known), current.pick(place[known]))
    return replace(found, new=incoming.pick(~known), gone=current.pick(gone))


def _revisions(incoming: Cells, current: Cells) -> Difference:
    """The same cells on both sides."""
    differs = np.zeros(len(incoming), bool)
    for ours, theirs in zip(incoming.columns[2:], current.columns[2:], strict=True):
        differs |= ours != theirs
    changed, none = incoming.pick(differs), incoming.pick(slice(0))
    return Difference(new=none, changed=changed, gone=none, unchanged=len(incoming) - len(changed))
