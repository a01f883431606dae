"""The observation table on PostgreSQL: fixed-width binary COPY in and out."""

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import chain
from typing import Any

import numpy as np
from django.db import OperationalError

from indicators.models import CURRENT
from indicators.store.diff import Cells, unpacked

ADVISORY_LOCK = 7301
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
SLAB = 10_000  # rows made ready at a time, while the server takes in those before
BUFFER = 1 << 20  # bytes
MANY = 20_000  # rows from which the table is not what it was
CURRENT_CELLS = """
COPY (
    SELECT
        (series_id::int8 << 24) | (period::int4 << 8) | (missing::int4 << 1) | provisional::int4,
        coalesce((value * 10000)::int8, 0)
    FROM indicators_observation WHERE batch_to = %s AND series_id = ANY(%s) ORDER BY series_id, period
) TO STDOUT (FORMAT binary)
"""
NEW_SERIES = """
INSERT INTO indicators_series (indicator_id, area_id, breakdown, synthetic)
SELECT indicator, area, breakdown, %s
FROM unnest(%s::int8[], %s::int8[], %s::text[]) WITH ORDINALITY AS key (indicator, area, breakdown, place)
ORDER BY place
"""
NEW_PAYLOAD = "COPY indicators_payload (sha256, size, content) FROM STDIN (FORMAT binary)"
CLOSE = """
UPDATE indicators_observation o SET batch_to = %s FROM closing c
WHERE o.series_id = c.series_id AND o.period = c.period AND o.batch_to = %s
"""
DROP_KEY = "ALTER TABLE indicators_observation DROP CONSTRAINT indicators_observation_pkey"
ADD_KEY = """
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE indicators_observation
ADD CONSTRAINT indicators_observation_pkey PRIMARY KEY (series_id, period, batch_to)
"""
# A small sample is enough until the server's own housekeeping comes by.
ANALYZE = "SET LOCAL default_statistics_target = 10; ANALYZE indicators_observation"


def lock(cursor: Any) -> None:
    """One writer at a time, until the transaction ends; a killed writer's backend notices within a second."""
    cursor.execute("SET LOCAL lock_timeout = '120s'; SET LOCAL client_connection_check_interval = '1s'")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def current(cursor: Any, series: np.ndarray) -> Cells:
    """The current cells of the series, sorted."""
    out = BytesIO()
    cursor.copy_expert(cursor.mogrify(CURRENT_CELLS, [CURRENT, series.tolist()]), out, BUFFER)
    record = _record([np.dtype(np.int64)] * 2)
    records = np.frombuffer(out.getbuffer()[len(HEADER) : -len(TRAILER)], record)
    return unpacked(records["data0"].astype(np.int64), records["data1"].astype(np.int64))


def add_series(cursor: Any, keys: list[tuple[int, int, str]], synthetic: bool) -> None:
    cursor.execute(NEW_SERIES, [synthetic, *(list(column) for column in zip(*keys, strict=True))])


def add_payload(cursor: Any, sha256: str, size: int, content: bytes) -> None:
    """As a COPY, because a parameter of some megabytes is written out in hexadecimal first."""
    fields = [sha256.encode(), size.to_bytes(4, "big"), content]
    row = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    cursor.copy_expert(NEW_PAYLOAD, BytesIO(HEADER + len(fields).to_bytes(2, "big") + row + TRAILER), BUFFER)


def close(cursor: Any, cells: Cells, batch: int) -> None:
    cursor.execute("CREATE TEMPORARY TABLE closing (series_id int4, period int2)")
    keys = _Stream([_records([cells.series, cells.period])])
    cursor.copy_expert("COPY closing FROM STDIN (FORMAT binary)", keys, BUFFER)
    cursor.execute(CLOSE, [batch, CURRENT])
    cursor.execute("DROP TABLE closing")


def insert(cursor: Any, cells: Cells, batch: int) -> None:
    """Into an empty table that nobody reads the key is built once, behind the rows, in half the time."""
    first = len(cells) >= MANY and _is_empty(cursor) and _is_ours_alone(cursor)
    if first:
        cursor.execute(DROP_KEY)
    valued = cells.missing == 0
    _copy(cursor, cells.pick(valued & ~cells.provisional), batch, "value")
    _copy(cursor, cells.pick(valued & cells.provisional), batch, "provisional", "value")
    _copy(cursor, cells.pick(~valued), batch, "provisional", "missing")
    if first:
        cursor.execute(ADD_KEY)
    if len(cells) >= MANY:
        cursor.execute(ANALYZE)  # before this the planner guesses a few hundred rows


def _copy(cursor: Any, cells: Cells, batch: int, *names: str) -> None:
    """Cells that differ from the table's defaults in the named columns alone."""
    columns = {
        "series_id": lambda cells: cells.series,
        "period": lambda cells: cells.period,
        "batch_from": lambda cells: np.full(len(cells), batch, np.int32),
    } | {name: COLUMNS[name] for name in names}
    slabs = (cells.pick(slice(start, start + SLAB)) for start in range(0, len(cells), SLAB))
    records = (_records([column(slab) for column in columns.values()]) for slab in slabs)
    statement = f"COPY indicators_observation ({', '.join(columns)}) FROM STDIN (FORMAT binary)"
    cursor.copy_expert(statement, _Stream(records), BUFFER)


def _is_empty(cursor: Any) -> bool:
    cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM indicators_observation)")
    return cursor.fetchone()[0]


def _is_ours_alone(cursor: Any) -> bool:
    """Take the table from its readers, unless one is at it: nobody shall wait for them to finish."""
    cursor.execute("SAVEPOINT alone")
    try:
        cursor.execute("LOCK TABLE indicators_observation IN ACCESS EXCLUSIVE MODE NOWAIT")
    except OperationalError:
        cursor.execute("ROLLBACK TO SAVEPOINT alone")
        return False
    return True


class _Stream:
    """A file of COPY's binary format, whose records are made while the server takes in those before."""

    def __init__(self, records: Iterable[np.ndarray]) -> None:
        self.parts = chain([HEADER], (rows.tobytes() for rows in records), [TRAILER])

    def read(self, size: int) -> bytes:
        return next(self.parts, b"")


def _records(columns: list[np.ndarray]) -> np.ndarray:
    """The columns as tuples of the COPY format."""
    records = np.empty(len(columns[0]), _record([column.dtype for column in columns]))
    records["count"] = len(columns)
    for number, column in enumerate(columns):
        records[f"length{number}"] = column.dtype.itemsize
        records[f"data{number}"] = column
    return records


def _record(kinds: list[np.dtype]) -> np.dtype:
    """A tuple of the COPY format: how many fields, then each field behind its length."""
    fields: list[tuple[str, Any]] = [("count", ">i2")]
    for number, kind in enumerate(kinds):
        fields += [(f"length{number}", ">i4"), (f"data{number}", kind.newbyteorder(">"))]
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


COLUMNS: dict[str, Callable[[Cells], np.ndarray]] = {
    "value": lambda cells: _numeric(cells.value),
    "missing": lambda cells: cells.missing.astype(np.int16),
    "provisional": lambda cells: cells.provisional,
}
