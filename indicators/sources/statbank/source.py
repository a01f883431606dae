"""Statistics Denmark's StatBank: what to ask for; how the answer is read is in delivery.py.

Statistics Denmark removes overlaps between benefits and Jobindsats does not: no indicator draws on both. An answer
holds every combination that was asked for, with `..` where there is no number: one with fewer was cut on its way.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.sources.errors import SourceError
from indicators.sources.statbank.query import TIME, Query, Variables, decoded, variables_of
from indicators.vocabulary import Vocabulary

if TYPE_CHECKING:
    from indicators.frame import Frame
    from indicators.sources.statbank.client import StatbankClient

MAX_CELLS = 1_000_000  # what one answer may hold, counted as size() counts
TOO_BIG = {"EXTRACT-TOOBIG", "REQUEST-LIMIT"}  # how the source says that it was asked for more


def queries(indicators: Sequence[Any], path: Path | str | None = None) -> list[Query]:
    return [
        Query(
            indicator.table,
            indicator.code,
            indicator.frequency,
            tuple((name, values_of(text)) for name, text in sorted(indicator.selection["variables"].items())),
            indicator.newest_is_provisional,
        )
        for indicator in indicators
    ]


def values_of(text: str) -> tuple[str, ...]:
    """`TOT` is one value, `16..66` each whole number from the first to the last."""
    first, dots, last = text.partition("..")
    return tuple(str(n) for n in range(int(first), int(last) + 1)) if dots else (text,)


def name_of(query: Query) -> str:
    return query.table


def update_of(table: str, on_request_id: Callable[[str], None] | None = None) -> tuple[str, str] | None:
    from indicators.sources.statbank.client import StatbankClient

    with StatbankClient.from_settings(on_request_id) as client:
        info = decoded(client.post("tableinfo", {"table": table, "format": "JSON", "lang": "da"}))
    return str(info.get("updated") or ""), ""


def fetch(query: Query, on_request_id: Callable[[str], None] | None = None) -> bytes:
    """The question, what the table says of itself, and the answers, as they came."""
    from indicators.sources.statbank.client import StatbankClient

    with StatbankClient.from_settings(on_request_id) as client:
        info = client.post("tableinfo", {"table": query.table, "format": "JSON", "lang": "da"})
        answers = _answers(client, query, variables_of(query, decoded(info)))
    document = {"query": asdict(query), "info": info, "lang": "da", "answers": answers}
    return json.dumps(document, ensure_ascii=False).encode()


def _answers(client: "StatbankClient", query: Query, wanted: Variables) -> list[str]:
    """Halved by time as long as it is too big, by our own count or by the source's."""
    if len(wanted[TIME]) > 1 and size(wanted) > MAX_CELLS:
        return _halves(client, query, wanted)
    try:
        return [client.post("data", body_of(query.table, wanted))]
    except SourceError as error:
        if error.code not in TOO_BIG or len(wanted[TIME]) < 2:
            raise
    return _halves(client, query, wanted)


def size(wanted: Variables) -> int:
    """As StatBank counts: each row has a cell for every variable and one for the number."""
    return prod(map(len, wanted.values())) * (len(wanted) + 1)


def _halves(client: "StatbankClient", query: Query, wanted: Variables) -> list[str]:
    times, middle = wanted[TIME], len(wanted[TIME]) // 2
    parts = (times[:middle], times[middle:])
    return [answer for part in parts for answer in _answers(client, query, wanted | {TIME: part})]


def body_of(table: str, wanted: Variables) -> dict:
    variables = [{"code": code, "values": values} for code, values in wanted.items()]
    return {
        "table": table,
        "format": "CSV",
        "lang": "da",
        "valuePresentation": "Code",
        "variables": variables,
    }


def parse(payload: bytes, query: Query, vocabulary: Vocabulary) -> "Frame":
    from indicators.sources.statbank.delivery import frame_of_document

    try:
        return frame_of_document(decoded(payload.decode()), query, vocabulary)
    except SourceError as error:
        raise SourceError(f"{query.table}: {error}") from None
