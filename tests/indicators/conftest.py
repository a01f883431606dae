"""Areas, indicators and both databases for the tests of the store."""

import os
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connections

from indicators.frame import Cell, Frame, SeriesKey, frame_of
from indicators.ingest import queue
from indicators.models import Area, Indicator, Observation
from indicators.periods import of
from indicators.sources import http_client
from tests.indicators.sources import jobindsats_stand_in

BOTH = ["default", "sqlite"]  # PostgreSQL and SQLite
UNEMPLOYED = SeriesKey("ledige", "791")


@pytest.fixture(params=BOTH)
def using(request) -> str:
    return request.param


@pytest.fixture
def catalogue(using) -> str:
    """Two monthly indicators in three areas, in the database that the test runs on."""
    fill(using)
    return using


def fill(using: str) -> None:
    names = {"000": "Hele landet", "791": "Viborg", "615": "Horsens"}
    Area.objects.using(using).bulk_create(
        Area(code=code, name=name, kind="country" if code == "000" else "municipality") for code, name in names.items()
    )
    Indicator.objects.using(using).bulk_create(
        Indicator(
            code=code,
            name=code.capitalize(),
            definition="Til prøve.",
            unit="count",
            direction="lower",
            publisher="Prøve",
            source="file",
        )
        for code in ("ledige", "sygemeldte")
    )


@pytest.fixture
def jobindsats(settings, monkeypatch):
    """The source that the one indicator is fetched from; a test may change what it says."""
    monkeypatch.setattr(http_client, "BACK_OFF", 0)
    Indicator.objects.filter(code="ledige").update(
        source="jobindsats",
        table="y25i01",
        selection={"measure": jobindsats_stand_in.COUNT, "hierarchies": {"_ygrpi09": "/", "_akassebl": "/"}},
        newest_is_provisional=True,
    )
    with jobindsats_stand_in.serving() as server:
        settings.JOBINDSATS_URL, settings.JOBINDSATS_API_KEY = server.url, jobindsats_stand_in.KEY
        yield server


def monthly(*values: str | None, key: SeriesKey = UNEMPLOYED, provisional: int | None = None) -> Frame:
    """January 2020 and on; None is a month without a number, `provisional` the place of a provisional one."""
    return frame_of(
        Cell(key, of(2020, 1) + n, None if v is None else Decimal(v), 2 if v is None else 0, n == provisional)
        for n, v in enumerate(values)
    )


def environment(using: str) -> dict[str, str]:
    """What a command of its own needs to work on the test's database."""
    database = connections[using].settings_dict
    if connections[using].vendor == "sqlite":
        return os.environ | {"DATABASE_URL": f"sqlite:///{database['NAME']}"}
    place = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{quote(database['NAME'])}"
    return os.environ | {"DATABASE_URL": f"postgres://{place}"}


@pytest.fixture
def rung(monkeypatch) -> list[int]:
    """The messages that were sent, instead of a broker."""
    fill("default")
    sent: list[int] = []
    monkeypatch.setattr(queue, "enqueue", lambda run: sent.append(run.pk))
    return sent


def values() -> dict[tuple[str, int], Decimal]:
    rows = Observation.objects.current().values_list("series__indicator__code", "period", "value")
    return {(code, period % 12 + 1): value for code, period, value in rows}
