"""An import as the steps it takes: ask, fetch, stop if it is known, parse, store."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from accounts.civil_numbers import holds_civil_number
from indicators.ingest import states
from indicators.ingest.liveness import heartbeat
from indicators.models import Area, Batch, ImportRun, Indicator, Payload, Series
from indicators.sources import SOURCES
from indicators.sources.errors import SourceError
from indicators.store.receipt import Receipt

if TYPE_CHECKING:
    from indicators.files.tidy import Vocabulary
    from indicators.frame import Frame

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What to import: from where, and which indicators (all of the source's if none are named)."""

    source: str
    codes: tuple[str, ...] = ()
    path: Path | None = None
    complete: bool = False
    using: str = "default"


class Refused(ValueError):
    """A delivery that was not used; `rejected` rows of it were wrong."""

    def __init__(self, reason: str, rejected: int = 1) -> None:
        super().__init__(reason)
        self.rejected = rejected


def import_figures(order: Order) -> Iterator[Receipt | Refused]:
    """Each delivery's receipt, or why it was refused; one that is refused stops no other. Each is a run of its own."""
    source = SOURCES[order.source]
    indicators = _indicators(order)
    for query in source.queries(indicators, order.path):
        yield _delivery(source, query, indicators, order)


def _delivery(source: ModuleType, query: Any, indicators: Sequence[Indicator], order: Order) -> Receipt | Refused:
    name = source.name_of(query)
    run = states.begin_by_hand(order.using, source=order.source, **_named(order.source, name))
    try:
        with heartbeat(run, order.using):
            return _import(source, query, indicators, order, run)
    except states.RunTakenOver:
        return Refused("Indlæsningen blev taget for død, og en anden er begyndt; kør kommandoen igen.")
    except ValueError as error:
        log.warning("run %s refused", run.pk)
        states.refuse(run, error, order.using)
        return Refused(str(error), getattr(error, "rejected", 1))
    except BaseException:
        states.finish(run, ImportRun.State.FAILED, order.using, error=states.BROKEN_OFF)
        raise
    finally:
        if order.using == DEFAULT_DB_ALIAS:
            states.enqueue_next(order.source)


def _named(source: str, name: str) -> dict[str, str]:
    """A file by its name, unless that tells of a person; else by its table."""
    if source != "file":
        return {"table": name}
    return {"name": "" if holds_civil_number(name) else name[:200]}


def _import(source: ModuleType, query: Any, indicators: Sequence[Indicator], order: Order, run: ImportRun) -> Receipt:
    payload = source.fetch(query, run.request_ids.append)
    run.sha256 = hashlib.sha256(payload).hexdigest()
    if known := Batch.objects.using(order.using).repeated(run.sha256, order.source, complete=order.complete):
        receipt = Receipt(unchanged=known.size)
        states.end(run, receipt, order.using)
        return receipt
    catalogue = catalogue_of(indicators, order.using)
    frame = source.parse(payload, query, catalogue)
    if order.source != "file":  # a file was checked line by line
        _refuse_impossible(frame, catalogue)
    return states.store(run, frame, payload, complete=order.complete, using=order.using)


def _refuse_impossible(frame: "Frame", catalogue: "Vocabulary") -> None:
    from indicators.value_ranges import WORDS, rows_outside

    if len(rows := rows_outside(frame, catalogue.units)):
        unit = catalogue.units[frame.keys[frame.series[rows[0]]].indicator]
        raise Refused(f"{len(rows)} tal kan ikke være rigtige: {WORDS[unit]}.", len(rows))


def _indicators(order: Order) -> list[Indicator]:
    """A file may speak of every indicator, or of all that are named; a source that is asked answers for its own."""
    found = Indicator.objects.using(order.using).all()
    if order.source != "file":
        found = found.filter(source=order.source)
    if not order.codes:
        return list(found)
    chosen = list(found.filter(code__in=order.codes))
    if unknown := sorted(set(order.codes) - {indicator.code for indicator in chosen}):
        raise SourceError(f"Kilden {order.source} har ingen indikator »{unknown[0]}«.")
    return chosen


def catalogue_of(indicators: Sequence[Indicator] | None = None, using: str = "default") -> "Vocabulary":
    """What a delivery may speak of: the indicators, or all that there are."""
    from indicators.files.tidy import Vocabulary

    found = Indicator.objects.using(using).all() if indicators is None else indicators
    areas = dict(Area.objects.using(using).values_list("name", "code"))
    return Vocabulary(
        frequencies={indicator.code: indicator.frequency for indicator in found},
        areas=areas,
        units={indicator.code: indicator.unit for indicator in found},
        labels=labels_of(found),
        dimensions_in_use=lambda: _dimensions_in_use(using),
    )


def _dimensions_in_use(using: str) -> frozenset[str]:
    from indicators.frame import breakdown_parts

    breakdowns = Series.objects.using(using).exclude(breakdown="").values_list("breakdown", flat=True).distinct()
    return frozenset(name for breakdown in breakdowns for name in breakdown_parts(breakdown))


def labels_of(indicators: Iterable[Indicator]) -> dict[str, list[str]]:
    """The codes behind each column label of Jobindsats that stands for a whole, not for one of its groups."""
    labels: dict[str, list[str]] = {}
    for indicator in indicators:
        selection = indicator.selection
        if "measure" not in selection or any(path != "/" for path in selection.get("hierarchies", {}).values()):
            continue
        for label in (selection["measure"], *selection.get("variants", [])):
            labels.setdefault(label, []).append(indicator.code)
    return labels


def keep_payload(payload: bytes, sha256: str) -> None:
    """The bytes of a delivery that waits for a person."""
    from indicators.store.write import CODEC

    content = CODEC.compress(payload, asbytes=True)
    Payload.objects.get_or_create(sha256=sha256, defaults={"size": len(payload), "content": content})
