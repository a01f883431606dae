"""The published figures of the repository: compact files there, frames and the tidy form to the store. Pure."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import periods
from indicators.frame import Cell, Frame, SeriesKey, breakdown_text, frame_of

HEAD = "# decimal: point\nindicator;area;period;value;provisional\n"
TABLE = "y30r21"
EXPECTED, ACTUAL, PLACE = "benchmark-forventet-antal", "benchmark-faktisk-antal", "benchmark-placering"
GROUPS = {  # as the table calls them → the benefit of a breakdown, none for all
    "Ydelsesgrupper i alt": "",
    "A-dagpenge mv.": "a-dagpenge",
    "Sygedagpenge mv.": "sygedagpenge",
    "Kontanthjælp mv.": "kontanthjaelp",
}


def tidy(compact: bytes) -> bytes:
    """Each line's months as rows of their own. An indicator's newest month is provisional: it rises at the next update.

    A series that ends before is final: the source has published the others' later months without it.
    """
    lines = [line for line in compact.decode().splitlines() if not line.startswith(("#", "indicator;"))]
    series = [_Line.of(line) for line in lines]
    newest: dict[str, int] = {}
    for line in series:
        newest[line.indicator] = max(newest.get(line.indicator, line.last), line.last)
    rows = [row for line in series for row in line.months(newest[line.indicator])]
    return (HEAD + "".join(rows)).encode()


@dataclass(frozen=True)
class _Line:
    indicator: str
    area: str
    first: int
    values: list[str]

    @classmethod
    def of(cls, line: str) -> "_Line":
        indicator, area, first, values = line.split(";")
        return cls(indicator, area, periods.parse(first)[1], values.split(","))

    @property
    def last(self) -> int:
        return self.first + len(self.values) - 1

    def months(self, newest: int) -> Iterator[str]:
        for month, value in enumerate(self.values, self.first):
            mark = "ja" if month == newest else ""
            yield f"{self.indicator};{self.area};{periods.iso(month, 'M')};{value};{mark}\n"


@dataclass(frozen=True)
class Edition:
    """One edition of the ministry's benchmark, and the day from which it counts as known: assumed, none is printed."""

    name: str
    known_on: date
    frame: Frame


def editions(compact: bytes) -> Iterator[Edition]:
    """Expected, actual and place of the 98 municipalities in four groups of benefits, edition by edition."""
    lines = [line for line in compact.decode().splitlines() if not line.startswith("#")]
    known, *rows = csv.DictReader(lines, delimiter=";")
    for text in list(known)[2:]:
        name = f"Benchmark, tabel {TABLE}, {text} (udgivelsesdag antaget)"
        yield Edition(name, date.fromisoformat(known[text]), frame_of(_cells(rows, text)))


def _cells(rows: list[dict[str, str]], text: str) -> Iterator[Cell]:
    period = periods.parse(text)[1]
    for row in rows:
        breakdown = breakdown_text({"ydelse": GROUPS[row["group"]]})
        for code, number in zip((EXPECTED, ACTUAL, PLACE), row[text].split(), strict=True):
            yield Cell(SeriesKey(code, row["area"], breakdown), period, Decimal(number))
