"""What the tests of delivered files stand on: a vocabulary like the portal's, and a reader that writes cells out."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators import periods
from indicators.areas import areas_in
from indicators.files import detect
from indicators.files.errors import TidyError
from indicators.files.reading import Reading
from indicators.frame import SCALE
from indicators.vocabulary import Vocabulary

SHARE, COUNT, RANK = (
    "midlertidig-forsoergelse-pct-befolkning",
    "unge-midlertidig-forsoergelse-antal",
    "benchmark-placering",
)
PERSONS, FULL_TIME = "kontanthjaelp-antal-personer", "kontanthjaelp-antal-fuldtidspersoner"
QUARTERLY, RUNNING = "befolkning-16-66", "nye-forloeb-aar-til-dato"
UNITS = {
    SHARE: "percent", COUNT: "count", RANK: "rank", PERSONS: "count", FULL_TIME: "count", QUARTERLY: "count",
    RUNNING: "count",
}  # fmt: skip
VOCABULARY = Vocabulary(
    frequencies=dict.fromkeys(UNITS, "M") | {RANK: "QMAT", QUARTERLY: "Q"},
    areas={row["name"]: row["code"] for row in areas_in(Path("fixtures/areas.csv").read_text(encoding="utf-8"))},
    units=UNITS,
    labels={"Antal personer": [PERSONS], "Antal fuldtidspersoner": [FULL_TIME]},
    names={"Kontanthjælp, antal personer": [PERSONS], "Kontanthjælp, antal fuldtidspersoner": [FULL_TIME]},
    tables={PERSONS: "y60a02", FULL_TIME: "y60a02"},
    year_to_date=frozenset({RUNNING}),
    values_in_use=lambda: [("køn", "Kvinder")],
    dimensions_in_use=lambda: frozenset({"køn"}),
    delivered_on=date(2026, 11, 30),
)
TIDY = "indicator;area;period;value"


def reading_of(data: bytes | str, name: str = "tal") -> Reading:
    return detect.read_file(data.encode() if isinstance(data, str) else data, VOCABULARY, name)


def cells(data: bytes | str) -> dict[tuple[str, str, str], str | None]:
    """Indicator, area and period with the number, or None where there is none."""
    frame = reading_of(data).frame
    found = {}
    for series, period, value, missing in zip(
        *(getattr(frame, name).tolist() for name in ("series", "period", "value", "missing")), strict=True
    ):
        key = frame.keys[series]
        when = periods.iso(period, VOCABULARY.frequencies[key.indicator])
        number = None if missing else f"{(Decimal(value) / SCALE).normalize():f}"
        found[(key.indicator, key.area, when)] = number
    return found


def one(period: str = "2020M02", value: str = "8,2", area: str = "791", indicator: str = SHARE) -> str:
    """A tidy file of one row."""
    return f"{TIDY}\n{indicator};{area};{period};{value}\n"


def refusal(data: bytes | str) -> str:
    with pytest.raises(TidyError) as error:
        reading_of(data)
    return str(error.value)


def left_out(data: bytes | str) -> list[tuple[str, int]]:
    return [(found.text, found.count) for found in reading_of(data).left_out]
