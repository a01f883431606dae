"""Statistics Denmark's StatBank: what to ask for, and how to read the answer.

Statistics Denmark removes overlaps between benefits and Jobindsats does not: no indicator draws on both. An answer
holds every combination that was asked for, with `..` where there is no number: one with fewer was cut on its way.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators import periods
from indicators.areas import COUNTRY, NO_MUNICIPALITY
from indicators.missing import MissingReason
from indicators.sources.errors import SourceError
from indicators.sources.exact_json import exact_json
from indicators.sources.statbank.answers import Row, rows_of
from indicators.vocabulary import Vocabulary

if TYPE_CHECKING:
    from indicators.frame import Cell, Frame
    from indicators.sources.statbank.client import StatbankClient

AREA, TIME = "OMRÅDE", "Tid"
MAX_CELLS = 1_000_000  # what one answer may hold
TOO_BIG = "EXTRACT-TOOBIG"
Variables = dict[str, list[str]]


@dataclass(frozen=True)
class Query:
    """One indicator: a table, and the values of each variable beside area and time. Several values are added up."""

    table: str
    indicator: str
    frequency: str
    variables: tuple[tuple[str, tuple[str, ...]], ...]
    newest_is_provisional: bool = False


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
    if len(wanted[TIME]) > 1 and prod(len(values) for values in wanted.values()) > MAX_CELLS:
        return _halves(client, query, wanted)
    try:
        return [client.post("data", body_of(query.table, wanted))]
    except SourceError as error:
        if error.code != TOO_BIG or len(wanted[TIME]) < 2:
            raise
    return _halves(client, query, wanted)


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


def variables_of(query: Query, info: dict) -> Variables:
    """Every variable with its values; what the table does not have, or wants and was not given, is refused by name."""
    offered = {v["id"]: [value["id"] for value in v.get("values", [])] for v in info.get("variables", [])}
    wanted: Variables = {}
    for code, values in query.variables:
        if absent := [value for value in values if value not in offered.get(code, [])]:
            raise SourceError(f"{query.table}: variablen {code} har ikke værdien »{absent[0]}«.")
        wanted[code] = list(values)
    for name in (AREA, TIME):
        if name not in offered:
            raise SourceError(f"{query.table}: tabellen har ingen variabel {name}.")
    for variable in info["variables"]:
        if variable["id"] not in wanted and variable["id"] not in (AREA, TIME) and not variable.get("elimination"):
            raise SourceError(f"{query.table}: variablen {variable['id']} skal vælges.")
    return wanted | {AREA: [code for code in offered[AREA] if is_place(code)], TIME: offered[TIME]}


def is_place(code: str) -> bool:
    """The country or a municipality; regions and provinces have codes below 101."""
    municipality = len(code) == 3 and code.isdigit() and int(code) > 100 and code not in NO_MUNICIPALITY
    return code == COUNTRY or municipality


def parse(payload: bytes, query: Query, vocabulary: Vocabulary) -> "Frame":
    from indicators.frame import frame_of

    document = decoded(payload.decode())
    names = {code.casefold() for code, _ in query.variables} | {AREA.casefold(), TIME.casefold()}
    try:
        rows = [row for text in document["answers"] for row in rows_of(text, names, document.get("lang", "da"))]
        _check_whole(rows, query, document)
        return frame_of(_cells(rows, query, vocabulary))
    except SourceError as error:
        raise SourceError(f"{query.table}: {error}") from None


def _check_whole(rows: list[Row], query: Query, document: dict) -> None:
    if not rows:
        raise SourceError("svaret er tomt; de tal, portalen har, er ikke rørt.")
    asked = prod(map(len, variables_of(query, decoded(document["info"])).values())) if "info" in document else 0
    if len(rows) < asked:
        raise SourceError(f"svaret har kun {len(rows)} af {asked} tal og er skåret over; prøv igen senere.")


def decoded(text: str) -> dict:
    try:
        answer = exact_json(text)
    except (ValueError, RecursionError):
        raise SourceError("Danmarks Statistik svarede ikke med JSON; prøv igen senere.") from None
    if not isinstance(answer, dict):
        raise SourceError("Danmarks Statistik svarede i en form, portalen ikke kender.")
    return answer


def _cells(rows: list[Row], query: Query, vocabulary: Vocabulary) -> Iterator["Cell"]:
    from indicators.frame import Cell, SeriesKey

    parts: dict[tuple[str, int], dict[tuple[str, ...], Decimal | None]] = defaultdict(dict)
    chosen = {code.casefold(): set(values) for code, values in query.variables}
    for keys, value in rows:
        place = _area(keys[AREA.casefold()], vocabulary), _period(keys[TIME.casefold()], query)
        part = tuple(keys[code] for code in sorted(chosen))
        if any(keys[code] not in values for code, values in chosen.items()):
            raise SourceError(f"svaret har værdier, der ikke blev spurgt om: {', '.join(part)}.")
        if part in parts[place]:
            raise SourceError(f"svaret har to tal for {place[0]} i {keys[TIME.casefold()]}.")
        parts[place][part] = value
    whole, newest = prod(len(values) for values in chosen.values()), max(period for _, period in parts)
    for (area, period), found in parts.items():
        value = _total(found, whole)
        missing = MissingReason.NOT_PUBLISHED if value is None else MissingReason.NOT_MISSING
        provisional = query.newest_is_provisional and period == newest
        yield Cell(SeriesKey(query.indicator, area), period, value, missing, provisional)


def _total(found: dict[tuple[str, ...], Decimal | None], whole: int) -> Decimal | None:
    """Only of all the parts: a part that is withheld makes the total unknown."""
    values = [value for value in found.values() if value is not None]
    return sum(values, Decimal()) if len(values) == whole else None


def _area(code: str, vocabulary: Vocabulary) -> str:
    if code not in vocabulary.area_codes:
        raise SourceError(f"ukendt område »{code[:40]}«.")
    return code


def _period(text: str, query: Query) -> int:
    try:
        frequency, period = periods.parse(text)
    except ValueError as error:
        raise SourceError(f"{error}.") from None
    if frequency != query.frequency:
        raise SourceError(f"perioden {text} er ikke af typen {query.frequency}.")
    return period
