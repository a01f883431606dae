"""Small counts are withheld wherever numbers are read."""

from decimal import Decimal

import pytest

from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.models import Area, Indicator
from indicators.queries.histories import histories, vintages
from indicators.store import write

pytestmark = pytest.mark.django_db
KEY = SeriesKey("forloeb", "791")


@pytest.fixture
def indicator():
    Area.objects.get_or_create(code="791", defaults={"name": "Viborg", "kind": "municipality"})
    return Indicator.objects.create(
        code="forloeb", name="Forløb", definition="…", unit="count", direction="lower", publisher="Viborg Kommune",
        source="file", min_count=5,
    )  # fmt: skip


def shown(*values: str) -> list[tuple]:
    cells = [Cell(KEY, 1440 + n, Decimal(value)) for n, value in enumerate(values)]
    write.save(frame_of(cells), source="file", name="test")
    return [(point.value, point.missing) for point in histories([KEY])[KEY].points]


def test_a_count_below_the_minimum_is_withheld_with_its_reason(indicator):
    withheld = (None, MissingReason.BELOW_MIN_COUNT)
    assert shown("0", "1", "4", "5") == [(Decimal(0), 0), withheld, withheld, (Decimal(5), 0)]
    assert {vintage.value for vintage in vintages(KEY)} == {Decimal(0), None, Decimal(5)}


def test_a_share_is_shown_however_small(indicator):
    Indicator.objects.update(unit="percent")
    assert shown("0.4") == [(Decimal("0.4"), 0)]


def test_the_api_withholds_it_too(indicator, client):
    shown("4", "5")
    found = client.get("/api/v1/observations/", {"indicator": KEY.indicator}).json()["results"]
    assert [(row["value"], row["missing"]) for row in found] == [(None, "below_min_count"), (5, None)]
