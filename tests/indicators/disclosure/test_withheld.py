"""The list of withheld numbers follows the figures: with every import, every undoing and every new rule."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from indicators import data_version
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.models import Area, Indicator, Observation, Withheld
from indicators.queries.histories import histories, vintages
from indicators.store import undo, withheld, write

BOTH = ["default", "sqlite"]
MONTH = 1440
FIRST = {"": 19, "team=a": 3, "team=b": 7, "team=c": 9}


@pytest.fixture
def using(request) -> str:
    Area.objects.using(request.param).create(code="791", name="Viborg", kind="municipality")
    Indicator.objects.using(request.param).create(
        code="forloeb", name="Forløb", definition="…", unit="count", direction="lower", publisher="Viborg Kommune",
        source="file", min_count=5,
    )  # fmt: skip
    return request.param


both = [pytest.mark.django_db(databases=BOTH), pytest.mark.parametrize("using", BOTH, indirect=True)]


def deliver(numbers: dict[str, int], using: str = "default", day: int = 1) -> int | None:
    cells = [Cell(SeriesKey("forloeb", "791", name), MONTH, Decimal(value)) for name, value in numbers.items()]
    known = datetime(2020, 3, day, tzinfo=ZoneInfo("Europe/Copenhagen"))
    return write.save(frame_of(cells), source="file", known_from=known, using=using).batch


def shown(using: str) -> dict[str, int | None]:
    rows = Observation.objects.using(using).current().disclosed()
    found = {row.series.breakdown: row.shown_value for row in rows.select_related("series")}
    return {name: None if value is None else int(value) for name, value in found.items()}


def apply_both(test):
    for mark in both:
        test = mark(test)
    return test


@apply_both
def test_a_small_number_and_the_neighbour_that_would_tell_it_are_withheld(using):
    deliver(FIRST, using)
    assert shown(using) == {"": 19, "team=a": None, "team=b": None, "team=c": 9}


@apply_both
def test_a_revision_does_not_uncover_what_was_withheld(using):
    deliver(FIRST, using)
    deliver({"": 21, "team=b": 9}, using, day=2)
    assert shown(using)["team=a"] is None and shown(using)["team=b"] is None


@apply_both
def test_an_undoing_brings_the_former_decision_back_with_the_former_number(using):
    deliver(FIRST, using)
    before = shown(using)
    batch = deliver({"": 26, "team=a": 10}, using, day=2)
    undo.undo(batch, using=using)
    assert shown(using) == before


@apply_both
def test_the_same_figures_give_the_same_list_and_write_nothing(using):
    deliver(FIRST, using)
    rows = list(Withheld.objects.using(using).order_by("pk").values())
    withheld.renew(Indicator.objects.using(using).all(), using)
    assert rows and list(Withheld.objects.using(using).order_by("pk").values()) == rows


@pytest.mark.django_db
@pytest.mark.parametrize("using", ["default"], indirect=True)
def test_another_rule_is_another_list(using):
    deliver(FIRST)
    Indicator.objects.update(min_count=0)
    data_version.changed()
    withheld.renew(Indicator.objects.all())
    assert shown(using) == FIRST and not Withheld.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("using", ["default"], indirect=True)
def test_every_way_of_reading_withholds_the_neighbour(client, using):
    deliver({"": 9419})
    data_version.changed()
    neighbour = SeriesKey("forloeb", "791", "breakdown=b")
    cells = [Cell(SeriesKey("forloeb", "791", f"breakdown={n}"), MONTH, Decimal(v)) for n, v in [("b", 9416), ("c", 3)]]
    write.save(frame_of(cells), source="file")
    point = histories([neighbour])[neighbour].points[0]
    assert (point.value, point.missing) == (None, MissingReason.BELOW_MIN_COUNT)
    assert [vintage.value for vintage in vintages(neighbour)] == [None]
    since = "&known_since=2020-01-01"
    for asked in ("", since, "&format=csv", "&format=columnar", f"&format=csv{since}"):
        answer = client.get(f"/api/v1/observations/?indicator=forloeb&breakdown=breakdown=b{asked}")
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200 and b"below_min_count" in body and b"9416" not in body
