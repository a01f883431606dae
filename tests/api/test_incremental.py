"""Incremental pull: every vintage recorded after a moment, corrections and withdrawals included, once each."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import data_version
from indicators.frame import frame_of
from indicators.models import Batch, Observation, Series
from indicators.store import write as store_write
from indicators.store.undo import undo
from tests.api.conftest import ON_BENEFITS, at, cell, deliver, make_goal
from tests.long_form import at_length

ADDRESS = "/api/v1/observations/"


def ask(client, address: str = ADDRESS, **query):
    return client.get(address, query).json()


def told(answer: dict) -> list[tuple]:
    return [(row["period"], row["value"], row["missing"], row["known_to"]) for row in answer["results"]]


def everything(*cells, known) -> None:
    store_write.save(frame_of(cells), source="jobindsats", known_from=known, complete=True)


def test_only_what_was_recorded_after_the_moment_comes(client, figures):
    assert told(ask(client, known_since="2020-09-15T00:00:00Z")) == [("2020-07", 8.1, None, None)]
    assert told(ask(client, known_since="2020-08-25T00:00:00Z")) == [
        ("2020-07", 8, None, "2020-10-01T06:00:00+02:00"),
        ("2020-07", 8.1, None, None),
    ]
    assert told(ask(client, known_since="2020-10-01T06:00:00+02:00")) == []


def test_a_withdrawn_number_leaves_a_tombstone(client, indicator):
    everything(cell("2020-07", "8.0"), cell("2020-08", "8.1"), known=at(2020, 9, 1))
    everything(cell("2020-08", "8.1"), known=at(2020, 10, 1))
    assert told(ask(client, known_since="2020-09-15")) == [("2020-07", None, "withdrawn", None)]


def test_a_tombstone_ends_when_the_number_comes_back(client, indicator):
    everything(cell("2020-07", "8.0"), cell("2020-08", "8.1"), known=at(2020, 9, 1))
    everything(cell("2020-08", "8.1"), known=at(2020, 10, 1))
    everything(cell("2020-07", "7.9"), cell("2020-08", "8.1"), known=at(2020, 11, 1))
    assert told(ask(client, known_since="2020-09-15")) == [
        ("2020-07", None, "withdrawn", "2020-11-01T00:00:00+01:00"),
        ("2020-07", 7.9, None, None),
    ]


def test_an_import_that_is_undone_is_told_as_what_it_does_to_the_figures(client, indicator):
    deliver(cell("2020-07", "8.0"), known=at(2020, 9, 1))
    deliver(cell("2020-07", "9.9"), cell("2020-08", "9.8"), known=at(2020, 10, 1))
    undo(Batch.objects.latest("id").pk, known_from=at(2020, 10, 2))
    assert told(ask(client, known_since="2020-10-01T12:00:00")) == [
        ("2020-07", 8, None, None),
        ("2020-08", None, "withdrawn", None),
    ]


def test_what_became_known_later_than_as_of_is_left_out(client, figures):
    answer = ask(client, known_since="2020-08-25", as_of="2020-09-15")
    assert told(answer) == [("2020-07", 8, None, None)]


def test_the_pull_can_be_limited_to_a_measure(client, goal_2, plan):
    deliver(cell("2020-07", "5", area="000"), known=at(2020, 11, 1))
    rows = ask(client, measure="m02", known_since="2020-08-25")["results"]
    assert {(row["indicator"], row["area"]) for row in rows} == {(ON_BENEFITS, "791")}
    make_goal(plan, 3, None)
    assert client.get(ADDRESS, {"measure": "m03"}).status_code == 400


def test_small_counts_are_withheld_in_every_vintage(client, indicator):
    indicator.unit, indicator.min_count = "count", 5
    indicator.save()
    deliver(cell("2020-07", "4"), known=at(2020, 9, 1))
    deliver(cell("2020-07", "7"), known=at(2020, 10, 1))
    assert [row[1:3] for row in told(ask(client, known_since="2020-01-01"))] == [(None, "below_min_count"), (7, None)]


MONTHS = [f"2020-{month:02}" for month in range(1, 7)]
DELIVERY = st.dictionaries(st.sampled_from(MONTHS), st.integers(1, 3), min_size=1)


@pytest.mark.django_db
@settings(
    max_examples=400 if at_length("TRUTH") else 15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(DELIVERY, min_size=2, max_size=8), st.integers(1, 4), st.data())
def test_a_pull_while_a_writer_inserts_gives_every_vintage_once(client, indicator, deliveries, limit, data):
    empty()
    waiting = list(enumerate(deliveries))
    pulled, since = [], "2020-01-01"

    def write() -> None:
        day, figures = waiting.pop(0)
        cells = (cell(month, str(value)) for month, value in figures.items())
        everything(*cells, known=at(2020, 9, 1) + timedelta(days=day))

    write()
    while True:
        answer = ask(client, known_since=since, limit=limit)
        while True:
            pulled += answer["results"]
            if waiting and data.draw(st.booleans()):
                write()
            if not answer["next"]:
                break
            answer = ask(client, answer["next"])
        if pulled:
            since = max(row["known_from"] for row in pulled)
        if waiting:
            write()
        elif not ask(client, known_since=since)["results"]:
            break
    assert [vintage(row) for row in pulled] == sorted(recorded())
    assert replayed(pulled) == {(row["period"], row["value"]) for row in ask(client)["results"]}


def empty() -> None:
    """Each example begins with a portal that knows nothing."""
    for model in (Observation, Batch, Series):
        model.objects.all().delete()
    data_version.changed()


def vintage(row: dict) -> tuple:
    return int(row["batch"][1:]), row["period"], row["value"]


def recorded() -> list[tuple]:
    """Every opened row, and a withdrawal wherever a row was closed without another: read the slow, plain way."""
    rows = list(Observation.objects.all())
    opened = {(row.batch_from_id, row.period) for row in rows}
    name = {number: month for month, number in ((month, 1440 + place) for place, month in enumerate(MONTHS))}
    news = [(row.batch_from_id, name[row.period], int(row.value)) for row in rows]
    gone = [(row.batch_to, row.period) for row in rows if row.batch_to < 2_147_483_647]
    return news + [(batch, name[period], None) for batch, period in gone if (batch, period) not in opened]


def replayed(rows: list[dict]) -> set[tuple]:
    """What a reader holds who wrote each row over the one before it."""
    held = {}
    for row in rows:
        held[row["period"]] = row
    return {(period, row["value"]) for period, row in held.items() if row["missing"] != "withdrawn"}


@pytest.mark.usefixtures("portal_with_demo")
@pytest.mark.parametrize("day", ["2020-03-10", "2020-09-15", "2021-03-01"])
def test_as_of_gives_the_numbers_the_pages_give_that_day(client, day):
    page = client.get("/indikatorer/ledige-pct-befolkning.csv", {"kendt": day}).content.decode().splitlines()[1:]
    shown = {tuple(line.split(";")[1:4]) for line in page}
    rows = ask(client, indicator="ledige-pct-befolkning", as_of=day, limit="5000")["results"]
    assert {(row["area"], row["period"], danish(row["value"])) for row in rows} == shown


def danish(value: float | None) -> str:
    return "" if value is None else f"{Decimal(str(value)).normalize():f}".replace(".", ",")
