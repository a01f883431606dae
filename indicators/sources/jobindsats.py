"""Jobindsats (STAR), API version 3: what to ask for, and how to read the answer.

`null` is either suppressed (the smallest published count is 3) or not there, and the two cannot be told apart:
both become "not published". Not seen in any answer, and so assumed: that a list of areas may hold the country (`/`)
beside municipalities, and the form of measure groups.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators import periods
from indicators.exact_json import exact_json
from indicators.missing import Missing
from indicators.sources.errors import SourceError
from indicators.sources.jobindsats_metadata import (
    areas_in,
    hierarchy_names,
    measure_names,
    period_ids,
    plain,
    update_in,
)

if TYPE_CHECKING:
    from indicators.frames import Cell, Frame
    from indicators.tidy import Catalogue

NO_MUNICIPALITY = {"Christiansø"}  # answered for, but no municipality
AREA_HIERARCHY, COUNTRY, HOME = "_nykom", "/", "Viborg"
PLACES = ("Periode", "Område")  # the first columns of every answer


class Measure(NamedTuple):
    """The column that is an indicator, by each name it has gone by, the present one first."""

    indicator: str
    labels: tuple[str, ...]
    newest_is_provisional: bool


@dataclass(frozen=True)
class Query:
    """One table with one choice in each of its hierarchies, and the measures wanted from it."""

    table: str
    period_type: str  # M Q QMAT Y MYTD
    hierarchies: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]
    groupings: tuple[str, ...] = ()  # the labels of the hierarchies' columns, where they are known


def queries(indicators: Sequence[Any], path: Path | None = None) -> list[Query]:
    """Each table and choice once, for all the indicators that are found there."""
    wanted, groupings = defaultdict(list), defaultdict(set)
    for indicator in indicators:
        chosen = indicator.selection
        labels = (chosen["measure"], *chosen.get("variants", []))
        place = indicator.table, period_type(indicator), tuple(sorted(chosen.get("hierarchies", {}).items()))
        wanted[place].append(Measure(indicator.code, labels, indicator.newest_is_provisional))
        groupings[place].update(chosen.get("groupings", []))
    return [Query(*place, tuple(measures), tuple(sorted(groupings[place]))) for place, measures in wanted.items()]


def period_type(indicator: Any) -> str:
    """The year to date is told by month, as a type of its own."""
    return "MYTD" if indicator.accumulation == "year_to_date" else str(indicator.frequency)


def name_of(query: Query) -> str:
    return query.table


def update_of(table: str, heard: Callable[[str], None] | None = None) -> tuple[str, str] | None:
    """When the catalogue says the table was and will be updated, or None where it does not say."""
    from indicators.sources.jobindsats_client import Client

    with Client.from_settings(heard) as client:
        return update_in(decoded(client.get("/tables")), table)


def fetch(query: Query, heard: Callable[[str], None] | None = None) -> bytes:
    """The question, the metadata, and the answers, as they came. `heard` is told the numbers of the requests."""
    from indicators.sources.jobindsats_client import Client  # slow to load, and only needed where a key is set

    with Client.from_settings(heard) as client:
        metadata = client.get(f"/table/{query.table}")
        answer = client.get(f"/data/{query.table}", choice(query, decoded(metadata)))
    document = {"query": asdict(query), "metadata": metadata, "answers": [answer]}
    return json.dumps(document, ensure_ascii=False).encode()


def choice(query: Query, metadata: dict) -> dict[str, str]:
    """Viborg, the country and all others there is to compare with in one request, each by its own id in the table.

    To ask for more periods than there are is an error, so they are counted.
    """
    areas = areas_in(metadata, AREA_HIERARCHY)
    if HOME not in areas:
        raise SourceError(f"{query.table}: tabellen har ingen tal for {HOME} i hierarkiet {AREA_HIERARCHY}.")
    ids = [COUNTRY, *(number for name, number in areas.items() if name not in NO_MUNICIPALITY)]
    latest = len(period_ids(metadata, query.period_type))
    chosen = {f"hierarchy.{name}": path for name, path in query.hierarchies}
    chosen |= {f"hierarchy.{AREA_HIERARCHY}": ",".join(ids)}
    return {"mgroup.*": "*", f"period.{query.period_type}": f"latest:{latest}"} | chosen | {"format": "json"}


def parse(payload: bytes, query: Query, catalogue: "Catalogue") -> "Frame":
    from indicators.frames import frame_of

    document = decoded(payload.decode())
    metadata = decoded(document["metadata"])
    try:
        answers = [_Answer(decoded(text), query, metadata) for text in document["answers"]]
        newest = max(answer.newest for answer in answers)
        return frame_of(cell for answer in answers for cell in answer.cells(catalogue, newest))
    except SourceError as error:
        raise SourceError(f"{query.table}: {error}") from None


def decoded(text: str) -> dict:
    """JSON with exact numbers; a page of HTML is no answer, whatever its status said."""
    try:
        answer = exact_json(text)
    except (ValueError, RecursionError):
        raise SourceError("Jobindsats svarede ikke med JSON; prøv igen senere.") from None
    if not isinstance(answer, dict):
        raise SourceError("Jobindsats svarede i en form, portalen ikke kender.")
    return answer


class _Answer:
    """Columns: period, area, one for each hierarchy, then the measures under Danish labels that drift."""

    def __init__(self, answer: dict, query: Query, metadata: dict) -> None:
        self.columns: list[str] = answer.get("columns") or []
        self.rows: list[list] = answer.get("rows") or []
        if not self.columns or not self.rows:
            raise SourceError("svaret er tomt; de tal, portalen har, er ikke rørt.")
        self.query, self.first = query, 2 + len(query.hierarchies)
        self._check_keys(metadata)
        self._check_rows()
        self.places = self._places(measure_names(metadata))
        self.newest = max(self._period(row) for row in self.rows)

    def cells(self, catalogue: "Catalogue", newest: int) -> Iterator["Cell"]:
        from indicators.frames import Cell, SeriesKey

        for row in self.rows:
            area, period = self._area(row[1], catalogue), self._period(row)
            if area is None:
                continue
            for measure, place in self.places:
                value = self._value(row, place)
                missing = Missing.NOT_PUBLISHED if value is None else Missing.NOT_MISSING
                provisional = measure.newest_is_provisional and period == newest
                yield Cell(SeriesKey(measure.indicator, area), period, value, missing, provisional)

    def _check_keys(self, metadata: dict) -> None:
        """Period, area and groupings are called what they should be, as far as anybody says what that is."""
        known = {plain(label) for label in self.query.groupings}
        known |= hierarchy_names(metadata, [name for name, _ in self.query.hierarchies])
        expected = [{plain(name)} for name in PLACES] + [known] * len(self.query.hierarchies)
        for column, names in zip(self.columns, expected, strict=False):
            if names and plain(column) not in names:
                raise SourceError(f"ukendt kolonne »{column}«.")

    def _check_rows(self) -> None:
        """As wide as the header, and of one choice in each hierarchy."""
        labels = self.rows[0][2 : self.first]
        for row in self.rows:
            if len(row) != len(self.columns):
                raise SourceError(f"en række har {len(row)} felter, men der er {len(self.columns)} kolonner.")
            if row[2 : self.first] != labels:
                raise SourceError(f"svaret blander flere værdier i {', '.join(self.columns[2 : self.first])}.")

    def _places(self, offered: set[str]) -> list[tuple[Measure, int]]:
        """Where each measure stands. A column that nobody knows is refused by name, not guessed at."""
        wanted = {plain(label) for measure in self.query.measures for label in measure.labels}
        for column in self.columns[self.first :]:
            if plain(column) not in offered | wanted:
                raise SourceError(f"ukendt kolonne »{column}«.")
        return [(measure, self._place(measure)) for measure in self.query.measures]

    def _place(self, measure: Measure) -> int:
        labels = {plain(label) for label in measure.labels}
        found = [n for n, column in enumerate(self.columns) if n >= self.first and plain(column) in labels]
        if len(found) != 1:
            raise SourceError(f"kolonnen »{measure.labels[0]}« {'står to gange' if found else 'mangler'} i svaret.")
        return found[0]

    def _period(self, row: list) -> int:
        try:
            frequency, period = periods.parse(str(row[0]))
        except ValueError as error:
            raise SourceError(f"{error}.") from None
        wanted = self.query.period_type
        if frequency != periods.LETTERS[wanted] or ("MYTD" in str(row[0]).upper()) != (wanted == "MYTD"):
            raise SourceError(f"perioden {row[0]} er ikke af typen {wanted}.")
        return period

    def _area(self, label: str, catalogue: "Catalogue") -> str | None:
        name = str(label).strip().removesuffix(" Kommune")
        if name not in catalogue.areas and name not in NO_MUNICIPALITY:
            raise SourceError(f"ukendt område »{label}«.")
        return catalogue.areas.get(name)

    def _value(self, row: list, place: int) -> Decimal | None:
        number = row[place]
        if number is not None and (isinstance(number, bool) or not isinstance(number, int | Decimal)):
            raise SourceError(f"»{number}« i kolonnen »{self.columns[place]}« er ikke et tal.")
        return None if number is None else Decimal(number)
