"""An import as the steps it takes: ask, fetch, stop if it is known, parse, store."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from indicators.models import Area, Batch, Indicator, Payload
from indicators.receipts import Receipt
from indicators.sources import SOURCES
from indicators.sources.errors import SourceError

if TYPE_CHECKING:
    from indicators.tidy import Catalogue

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What to import: from where, which indicators (all of the source's if none are named), and for whom."""

    source: str
    codes: tuple[str, ...] = ()
    path: Path | None = None
    complete: bool = False
    actor: str = ""
    using: str = "default"


class Refused(ValueError):
    """A delivery that was not used; `rejected` rows of it were wrong."""

    def __init__(self, reason: str, rejected: int = 1) -> None:
        super().__init__(reason)
        self.rejected = rejected


def import_figures(order: Order) -> Iterator[Receipt | Refused]:
    """Each delivery's receipt, or why it was refused; one that is refused stops no other."""
    source = SOURCES[order.source]
    indicators = _indicators(order)
    for query in source.queries(indicators, order.path):
        try:
            yield _import(source, query, indicators, order)
        except ValueError as error:
            log.warning("%s %s refused", order.source, source.name_of(query))
            yield Refused(str(error), getattr(error, "rejected", 1))


def _import(source: ModuleType, query: Any, indicators: Sequence[Indicator], order: Order) -> Receipt:
    payload = source.fetch(query)
    sha256 = hashlib.sha256(payload).hexdigest()
    if known := Batch.objects.using(order.using).repeated(sha256, order.source, complete=order.complete):
        return Receipt(unchanged=known.size)
    from indicators import storing  # slow to load, and most imports bring what is already known

    frame = source.parse(payload, query, catalogue_of(indicators, order.using))
    receipt = storing.save(
        frame,
        source=order.source,
        name=source.name_of(query),
        sha256=sha256,
        payload=payload,
        complete=order.complete,
        actor=order.actor,
        using=order.using,
    )
    log.info("%s %s: %s", order.source, source.name_of(query), receipt)
    return receipt


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


def catalogue_of(indicators: Sequence[Indicator] | None = None, using: str = "default") -> "Catalogue":
    """What a delivery may speak of: the indicators, or all that there are."""
    from indicators.tidy import Catalogue

    found = Indicator.objects.using(using).all() if indicators is None else indicators
    areas = dict(Area.objects.using(using).values_list("name", "code"))
    return Catalogue(
        frequencies={indicator.code: indicator.frequency for indicator in found},
        areas=areas,
        units={indicator.code: indicator.unit for indicator in found},
        labels=labels_of(found),
    )


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
    from indicators.storing import CODEC

    content = CODEC.compress(payload, asbytes=True)
    Payload.objects.get_or_create(sha256=sha256, defaults={"size": len(payload), "content": content})
