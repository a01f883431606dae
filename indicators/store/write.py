"""The one writer of observations: a delivery in, revisions out, in one transaction; and its undoing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
from indicators.store.receipt import Receipt

STORES: dict[str, ModuleType] = {"postgresql": postgres, "sqlite": sqlite}


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
) -> Receipt:
    """Write what the delivery changes. A `complete` one withdraws what it lacks of its own indicators' figures."""
    if synthetic != (source == Source.DEMO):
        raise StoringError(f"Kilden »{source}« leverer {'ikke' if synthetic else 'kun'} demotal.")
    with ThreadPoolExecutor(1) as pool, writer(using) as (store, cursor):
        batches = Batch.objects.using(using)
        if batches.repeated(sha256, source, complete=complete):
            return Receipt(unchanged=len(frame))
        cells, scope = _placed(frame, complete, synthetic, using, store, cursor)
        digest, latest = cells.digest(), batches.latest_of(source, complete=complete)
        if latest and latest.content == digest:
            return Receipt(unchanged=len(frame))
        packed = pool.submit(compressed, payload or b"")  # beside, while the server works
        difference = compare(cells, store.current(cursor, scope), complete=complete)
        if not difference:
            return Receipt(unchanged=len(frame))
        facts = {"source": source, "name": name, "sha256": sha256, "complete": complete, "actor": actor}
        batch = open_batch(known_from, using, content=digest, **_counts(difference), **facts)
        write(store, cursor, difference, batch.id)
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
    frame: Frame, complete: bool, synthetic: bool, using: str, store: ModuleType, cursor: Any
) -> tuple[Cells, np.ndarray]:
    """The frame's cells in their series, and the series whose current cells they are compared with."""
    whose = {"synthetic": synthetic, "using": using}
    try:
        ids, old = series_ids.ids_of(frame.keys, store=store, cursor=cursor, **whose)
        cells = cells_of_frame(frame, ids)
    except ValueError as error:
        raise StoringError(str(error)) from None
    return cells, series_ids.of_indicators(frame.keys, **whose) if complete else ids[old]


def _counts(difference: Difference) -> dict[str, int]:
    return {
        "new": len(difference.new),
        "changed": len(difference.changed),
        "unchanged": difference.unchanged,
        "withdrawn": len(difference.gone),
    }
