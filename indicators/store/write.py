"""The one writer of observations: a delivery in, revisions out, in one transaction; and its undoing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import numpy as np
from django.db import OperationalError, connections, transaction
from django.db.models import Max
from django.utils import timezone

from indicators import data_version
from indicators.frame import Frame
from indicators.models import Batch, Payload, Source
from indicators.store import postgres, series_ids, sqlite, withheld
from indicators.store.diff import Cells, Difference, cells_of_frame, compare
from indicators.store.payloads import compressed
from indicators.store.provisional import outdated_marks
from indicators.store.receipt import Receipt

STORES: dict[str, ModuleType] = {"postgresql": postgres, "sqlite": sqlite}


@dataclass(frozen=True)
class Placed:
    """What a delivery would write: its keys' series, which were there before, and their cells before and after."""

    ids: np.ndarray
    old: np.ndarray
    current: Cells
    difference: Difference


class StoringError(ValueError):
    """A delivery or an undoing that the store refuses as a whole."""


def save(
    frame: Frame,
    *,
    source: str,
    name: str = "",
    sha256: str = "",
    payload: bytes | None = None,
    known_from: datetime | None = None,
    complete: bool = False,
    synthetic: bool = False,
    actor: str = "",
    using: str = "default",
    check: Callable[[Placed], None] | None = None,
) -> Receipt:
    """Write what the delivery changes. A `complete` one withdraws what it lacks of its own indicators' figures.

    `check` sees under the lock what would be written, and may refuse it by an error. Marks of provisional figures
    that the delivery ends are written with it; they are counted by nobody, since no number changes.
    """
    if synthetic != (source == Source.DEMO):
        raise StoringError(f"Kilden »{source}« leverer {'ikke' if synthetic else 'kun'} demotal.")
    with ThreadPoolExecutor(1) as pool, writer(using) as (store, cursor):
        batches = Batch.objects.using(using)
        if batches.repeated(sha256, source, complete=complete):
            return Receipt(unchanged=len(frame))
        ids, old, cells = _placed(frame, synthetic, using, store, cursor)
        scope = series_ids.of_indicators(frame.keys, synthetic=synthetic, using=using) if complete else ids[old]
        digest, latest = cells.digest(), batches.latest_of(source, complete=complete)
        if latest and latest.content == digest:
            return Receipt(unchanged=len(frame))
        packed = pool.submit(compressed, payload or b"")  # beside, while the server works
        current = store.current(cursor, scope)
        difference = compare(cells, current, complete=complete)
        settled = _settled(frame, cells, complete or synthetic, using)
        if not difference and not len(settled):
            return Receipt(unchanged=len(frame))
        if check:
            check(Placed(ids, old, current, difference))
        facts = {"source": source, "name": name, "sha256": sha256, "complete": complete, "actor": actor}
        batch = open_batch(known_from, using, content=digest, **_counts(difference), **facts)
        write(store, cursor, difference, batch.id)
        write(store, cursor, _only_changed(settled), batch.id)
        withheld.renew_codes((key.indicator for key in frame.keys), using)
        if payload is not None and not Payload.objects.using(using).filter(sha256=sha256).exists():
            store.add_payload(cursor, sha256, len(payload), packed.result())
    return Receipt(batch.id, **_counts(difference))


@contextmanager
def writer(using: str) -> Iterator[tuple[ModuleType, Any]]:
    """A transaction that holds the write lock from before its first read."""
    connection = connections[using]
    store = STORES[connection.vendor]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        try:
            store.lock(cursor)
        except OperationalError:
            raise StoringError("En anden indlæsning er i gang; prøv igen, når den er færdig.") from None
        yield store, cursor


def open_batch(known_from: datetime | None, using: str, **facts: Any) -> Batch:
    """A batch that is known later than all before it: under the lock, so numbers and moments agree."""
    last = Batch.objects.using(using).aggregate(last=Max("known_from"))["last"]
    if known_from and last and known_from <= last:
        raise StoringError(f"Leverancen er dateret {known_from}, men der er allerede indlæst tal fra {last}.")
    if not known_from:
        known_from = max(timezone.now(), last + timedelta(microseconds=1)) if last else timezone.now()
    data_version.changed(using)
    return Batch.objects.using(using).create(known_from=known_from, **facts)


def write(store: ModuleType, cursor: Any, difference: Difference, batch: int) -> None:
    for outdated in (difference.changed, difference.gone):
        if len(outdated):
            store.close(cursor, outdated, batch)
    for cells in (difference.new, difference.changed):
        if len(cells):
            store.insert(cursor, cells, batch)


def _placed(
    frame: Frame, synthetic: bool, using: str, store: ModuleType, cursor: Any
) -> tuple[np.ndarray, np.ndarray, Cells]:
    """The series of the frame's keys, which of them were there before, and the frame's cells in them."""
    try:
        ids, old = series_ids.ids_of(frame.keys, store=store, cursor=cursor, synthetic=synthetic, using=using)
        return ids, old, cells_of_frame(frame, ids)
    except ValueError as error:
        raise StoringError(str(error)) from None


def _settled(frame: Frame, cells: Cells, answers_for_all: bool, using: str) -> Cells:
    """Provisional figures that are final by this delivery, without those that it brings itself."""
    if answers_for_all:
        return cells.pick(slice(0))
    outdated = outdated_marks(frame, using)
    return outdated.pick(~np.isin(outdated.key, cells.key)) if len(outdated) else outdated


def _only_changed(cells: Cells) -> Difference:
    none = cells.pick(slice(0))
    return Difference(new=none, changed=cells, gone=none, unchanged=0)


def _counts(difference: Difference) -> dict[str, int]:
    return {
        "new": len(difference.new),
        "changed": len(difference.changed),
        "unchanged": difference.unchanged,
        "withdrawn": len(difference.gone),
    }
