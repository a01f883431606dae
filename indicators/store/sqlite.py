"""The observation table on SQLite. The connection's BEGIN IMMEDIATE is the lock."""

from typing import Any

import numpy as np

from indicators.frame import SCALE
from indicators.models import CURRENT
from indicators.store.diff import Cells, unpacked

MANY = 20_000  # rows from which the table is not what it was
CURRENT_CELLS = """
SELECT (o.series_id << 24) | (o.period << 8) | (o.missing << 1) | o.provisional, coalesce(o.value, 0)
FROM wanted w CROSS JOIN indicators_observation o ON o.series_id = w.id
WHERE o.batch_to = %s ORDER BY o.series_id, o.period
"""
NEW_SERIES = "INSERT INTO indicators_series (indicator_id, area_id, breakdown, synthetic) VALUES (%s, %s, %s, %s)"
NEW_PAYLOAD = "INSERT INTO indicators_payload (sha256, size, content) VALUES (%s, %s, %s)"
CLOSE = """
UPDATE indicators_observation SET batch_to = %s WHERE series_id = %s AND period = %s AND batch_to = %s
"""
NEW_CELLS = """
INSERT INTO indicators_observation (batch_from, batch_to, missing, provisional, series_id, period, value) VALUES
"""
TOGETHER = 100  # rows in one statement: a statement costs more than a row
SLAB = 500 * TOGETHER


def lock(cursor: Any) -> None:
    """Take the write lock now, also where the transaction did not begin with it."""
    cursor.execute("UPDATE indicators_batch SET id = id WHERE 0")


def current(cursor: Any, series: np.ndarray) -> Cells:
    """The current cells of the series, sorted."""
    cursor.execute("CREATE TEMPORARY TABLE wanted (id integer PRIMARY KEY)")
    cursor.executemany("INSERT INTO wanted VALUES (%s)", ((number,) for number in series.tolist()))
    cursor.execute(CURRENT_CELLS, [CURRENT])
    records = np.fromiter(cursor, "i8,f8")
    cursor.execute("DROP TABLE wanted")
    return unpacked(records["f0"], np.rint(records["f1"] * SCALE).astype(np.int64))


def add_series(cursor: Any, keys: list[tuple[int, int, str]], synthetic: bool) -> None:
    cursor.executemany(NEW_SERIES, [(*key, synthetic) for key in keys])


def add_payload(cursor: Any, sha256: str, size: int, content: bytes) -> None:
    cursor.execute(NEW_PAYLOAD, [sha256, size, content])


def close(cursor: Any, cells: Cells, batch: int) -> None:
    keys = zip(cells.series.tolist(), cells.period.tolist(), strict=True)
    cursor.executemany(CLOSE, ((batch, series, period, CURRENT) for series, period in keys))


def insert(cursor: Any, cells: Cells, batch: int) -> None:
    """Rows of one kind share a statement that holds what they have in common."""
    kinds = cells.missing.astype(np.int16) * 2 + cells.provisional
    for kind in np.unique(kinds).tolist():
        missing, provisional = divmod(kind, 2)
        common = f"({int(batch)}, {CURRENT}, {missing}, {provisional}, %s, %s, {'NULL' if missing else '%s'})"
        _insert_alike(cursor, cells.pick(kinds == kind), common)
    if len(cells) >= MANY:
        cursor.execute("ANALYZE indicators_observation")


def _insert_alike(cursor: Any, cells: Cells, common: str) -> None:
    facts = [cells.series, cells.period, *([cells.value / SCALE] if "NULL" not in common else [])]
    for start in range(0, len(cells), SLAB):
        slab = [column[start : start + SLAB] for column in facts]
        rows = np.empty((len(slab[0]), len(facts)), object)
        for number, column in enumerate(slab):
            rows[:, number] = column
        whole = len(rows) // TOGETHER * TOGETHER
        for part, together in ((rows[:whole], TOGETHER), (rows[whole:], 1)):
            statement = NEW_CELLS + ", ".join([common] * together)
            cursor.executemany(statement, part.reshape(-1, together * len(facts)).tolist())
