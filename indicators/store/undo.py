"""Taking an import back as a new batch: the past stays, and so do cells that a later import has touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from indicators.models import CURRENT, Batch, Observation, Source
from indicators.store import withheld
from indicators.store.write import StoringError, open_batch, writer

# The cells the batch opened or closed; those that a later batch opened or closed again are left alone.
TOUCHED = """
CREATE TEMPORARY TABLE touched AS
SELECT t.series_id, t.period, EXISTS (
    SELECT 1 FROM indicators_observation y WHERE y.series_id = t.series_id AND y.period = t.period
    AND (y.batch_from > %(batch)s OR (y.batch_to > %(batch)s AND y.batch_to < %(current)s))
) AS later
FROM (
    SELECT DISTINCT series_id, period FROM indicators_observation
    WHERE batch_from = %(batch)s OR batch_to = %(batch)s
) t
"""
CLOSE = """
UPDATE indicators_observation SET batch_to = %(undo)s
FROM touched t WHERE NOT t.later AND indicators_observation.series_id = t.series_id
AND indicators_observation.period = t.period AND indicators_observation.batch_to = %(current)s
"""
BRING_BACK = """
INSERT INTO indicators_observation (series_id, period, missing, provisional, value, batch_from, batch_to)
SELECT p.series_id, p.period, p.missing, p.provisional, p.value, %(undo)s, %(current)s
FROM touched t JOIN indicators_observation p
ON p.series_id = t.series_id AND p.period = t.period AND p.batch_to = %(batch)s
WHERE NOT t.later
"""


@dataclass(frozen=True)
class Undone:
    """What taking a batch back did: cells that got their former figure, lost theirs, or were left alone."""

    batch: int
    restored: int
    removed: int
    left_alone: int

    def __str__(self) -> str:
        return f"batch={self.batch} restored={self.restored} removed={self.removed} left_alone={self.left_alone}"


def undo(number: int, *, known_from: datetime | None = None, actor: str = "", using: str = "default") -> Undone:
    with writer(using) as (_, cursor):
        batch = _undoable(number, using)
        values = {"batch": batch.id, "current": CURRENT}
        left_alone, touched = _touch(cursor, values)
        if not touched:
            raise StoringError(f"Indlæsning {number} kan ikke fortrydes: alle dens tal er siden ændret.")
        facts = {"source": Source.UNDO, "name": f"indlæsning {number}", "undoes": batch, "actor": actor}
        opened = open_batch(known_from, using, **facts)
        restored = _turn_back(cursor, values | {"undo": opened.id})
        removed = touched - restored
        Batch.objects.using(using).filter(id=opened.id).update(changed=restored, withdrawn=removed)
        withheld.renew_codes(_indicators(opened.id, using), using)
    return Undone(opened.id, restored, removed, left_alone)


def _indicators(batch: int, using: str) -> Iterable[str]:
    """Of the figures that the undoing brought back or took away."""
    touched = Observation.objects.using(using).filter(Q(batch_from=batch) | Q(batch_to=batch))
    return touched.values_list("series__indicator__code", flat=True).distinct()


def _undoable(number: int, using: str) -> Batch:
    batch = Batch.objects.using(using).select_related("undone_by").filter(id=number).first()
    if batch is None:
        raise StoringError(f"Der er ingen indlæsning {number}.")
    if hasattr(batch, "undone_by"):
        raise StoringError(f"Indlæsning {number} er allerede fortrudt af indlæsning {batch.undone_by.id}.")
    return batch


def _touch(cursor: Any, values: dict[str, int]) -> tuple[int, int]:
    """How many of the batch's cells must be left alone, and how many can be turned back."""
    cursor.execute(TOUCHED, values)
    cursor.execute("SELECT count(CASE WHEN later THEN 1 END), count(CASE WHEN NOT later THEN 1 END) FROM touched")
    return cursor.fetchone()


def _turn_back(cursor: Any, values: dict[str, int]) -> int:
    cursor.execute(CLOSE, values)
    cursor.execute(BRING_BACK, values)
    restored = cursor.rowcount
    cursor.execute("DROP TABLE touched")
    return restored
