"""The observation table on PostgreSQL: fixed-width binary COPY in and out."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import Any

import numpy as np

from indicators.cells import Cells
from indicators.models import CURRENT

ADVISORY_LOCK = 7301
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
SLAB = 50_000  # rows made ready while the server takes in those before
BUFFER = 1 << 20  # bytes
MANY = 20_000  # rows from which the table is not what it was
CURRENT_CELLS = """
COPY (
    SELECT series_id, period, coalesce((value * 10000)::int8, 0), missing, provisional
    FROM indicators_observation WHERE batch_to = %s AND series_id = ANY(%s) ORDER BY series_id, period
) TO STDOUT (FORMAT binary)
"""
NEW_CELLS = """
COPY indicators_observation (series_id, period, batch_from, missing, provisional, value)
FROM STDIN (FORMAT binary)
"""
CLOSE = """
UPDATE indicators_observation o SET batch_to = %s FROM closing c
WHERE o.series_id = c.series_id AND o.period = c.period AND o.batch_to = %s
"""
DROP_KEY = "ALTER TABLE indicators_observation DROP CONSTRAINT indicators_observation_pkey"
ADD_KEY = """
ALTER TABLE indicators_observation
ADD CONSTRAINT indicators_observation_pkey PRIMARY KEY (series_id, period, batch_to)
"""


def lock(cursor: Any) -> None:
    """One writer at a time, until the transaction ends; a killed writer's backend notices within a second."""
    cursor.execute("SET LOCAL lock_timeout = '120s'; SET LOCAL client_connection_check_interval = '1s'")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def current(cursor: Any, series: np.ndarray) -> Cells:
    """The current cells of the series, sorted."""
    out = BytesIO()
    cursor.copy_expert(cursor.mogrify(CURRENT_CELLS, [CURRENT, series.tolist()]), out, BUFFER)
    kinds = [np.dtype(kind) for kind in (np.int32, np.int16, np.int64, np.int16, np.bool_)]
    records = np.frombuffer(out.getbuffer()[len(HEADER) : -len(TRAILER)], _record(kinds))
    columns = [records[f"data{number}"].astype(kind) for number, kind in enumerate(kinds)]
    return Cells(*columns[:3], columns[3].astype(np.int8), columns[4])


def close(cursor: Any, cells: Cells, batch: int) -> None:
    cursor.execute("CREATE TEMPORARY TABLE closing (series_id int4, period int2)")
    keys = _Stream([_records([cells.series, cells.period])])
    cursor.copy_expert("COPY closing FROM STDIN (FORMAT binary)", keys, BUFFER)
    cursor.execute(CLOSE, [batch, CURRENT])
    cursor.execute("DROP TABLE closing")


def insert(cursor: Any, cells: Cells, batch: int) -> None:
    """Into an empty table the key is built once behind the rows, in half the time. Readers wait meanwhile."""
    first = len(cells) >= MANY and _is_empty(cursor)
    if first:
        cursor.execute(DROP_KEY)
    cursor.copy_expert(NEW_CELLS, _Stream(_observations(cells, batch)), BUFFER)
    if first:
        cursor.execute(ADD_KEY)
    if len(cells) >= MANY:
        cursor.execute("ANALYZE indicators_observation")  # before this the planner guesses a few hundred rows


def _is_empty(cursor: Any) -> bool:
    cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM indicators_observation)")
    return cursor.fetchone()[0]


class _Stream:
    """A file of COPY's binary format, whose records are made while the server takes in those before."""

    def __init__(self, records: Iterable[np.ndarray]) -> None:
        full = (rows.tobytes() for rows in records if len(rows))  # nothing read would be the end of the file
        self.parts = chain([HEADER], full, [TRAILER])

    def read(self, size: int) -> bytes:
        return next(self.parts, b"")


def _observations(cells: Cells, batch: int) -> Iterator[np.ndarray]:
    """Cells with and without a value are records of different width: one kind after the other."""
    for start in range(0, len(cells), SLAB):
        slab = cells.pick(slice(start, start + SLAB))
        valued, missing = slab.pick(slab.missing == 0), slab.pick(slab.missing != 0)
        yield _records([*_facts(valued, batch), _numeric(valued.value)])
        yield _records([*_facts(missing, batch), None])


def _facts(cells: Cells, batch: int) -> list[np.ndarray]:
    opened = np.full(len(cells), batch, np.int32)
    return [cells.series, cells.period, opened, cells.missing.astype(np.int16), cells.provisional]


def _records(columns: list[np.ndarray | None]) -> np.ndarray:
    """The columns as tuples of the COPY format; a column that is None is null in every row."""
    kinds = [None if column is None else column.dtype for column in columns]
    records = np.empty(len(columns[0]), _record(kinds))
    records["count"] = len(columns)
    for number, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        records[f"length{number}"] = -1 if kind is None else kind.itemsize
        if column is not None:
            records[f"data{number}"] = column
    return records


def _record(kinds: list[np.dtype | None]) -> np.dtype:
    """A tuple of the COPY format: how many fields, then each field behind its length; a null has no more."""
    fields: list[tuple[str, Any]] = [("count", ">i2")]
    for number, kind in enumerate(kinds):
        fields.append((f"length{number}", ">i4"))
        if kind is not None:
            fields.append((f"data{number}", kind.newbyteorder(">")))
    return np.dtype(fields)


def _numeric(value: np.ndarray) -> np.ndarray:
    """numeric(14,4) as the server reads it: digit count, weight, sign, scale, and four digits to base 10000."""
    parts = np.empty((len(value), 8), ">i2")
    parts[:, 0], parts[:, 1], parts[:, 3] = 4, 2, 4
    parts[:, 2] = np.where(value < 0, 0x4000, 0)
    rest = np.abs(value)
    for place in (7, 6, 5, 4):
        rest, parts[:, place] = np.divmod(rest, 10_000)
    return parts.view("V16").ravel()
