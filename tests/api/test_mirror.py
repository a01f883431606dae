"""A mirror by the printed recipe, which knows the API alone, holds at every moment what `as_of` gives."""

import csv
import io
import random
from datetime import timedelta
from decimal import Decimal

import pytest

from indicators.frame import frame_of
from indicators.models import Area, Batch
from indicators.store import write
from indicators.store.undo import undo
from tests.api.conftest import at, cell, make_indicator
from tests.long_form import at_length

ADDRESS = "/api/v1/observations/"
BEGUN = at(2020, 1, 1)
COUNT, SHARE = "unge", "andel"
MONTHS = ["2020-01", "2020-02", "2020-03"]
SEXES = ["", "koen=k", "koen=m"]
pytestmark = pytest.mark.django_db


class Mirror:
    """Writes each row over the one it has for the same indicator, area, breakdown and period."""

    def __init__(self, client) -> None:
        self.client, self.held, self.since, self.pulled = client, {}, "2019-12-31", []

    def pull(self) -> None:
        for row in everything(self.client, known_since=self.since, limit=7):
            self.write(row)
            self.pulled.append(row)
            self.since = max(self.since, row["known_from"], key=lambda text: text[:19])

    def write(self, row: dict) -> None:
        self.held[key_of(row)] = shown(row)

    def holds(self) -> set:
        return {(key, number) for key, number in self.held.items() if number[1] != "withdrawn"}


def everything(client, **query) -> list[dict]:
    answer = client.get(ADDRESS, query).json()
    rows = answer["results"]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        rows += answer["results"]
    return rows


def key_of(row: dict) -> tuple:
    return row["indicator"], row["area"], tuple(sorted(row["breakdown"].items())), row["period"]


def shown(row: dict) -> tuple:
    return row["value"], row["missing"], row["provisional"], row["synthetic"]


def known(client, **query) -> set:
    return {(key_of(row), shown(row)) for row in everything(client, limit=50, **query)}


@pytest.fixture
def indicators(areas):
    make_indicator(COUNT, unit="count", min_count=5)
    make_indicator(SHARE)


class World:
    """Something happens at noon of each day: a delivery, a revision, a withdrawal, an undoing, demo figures."""

    def __init__(self, seed: int) -> None:
        self.random, self.day = random.Random(seed), BEGUN

    def live(self) -> None:
        self.day += timedelta(days=1)
        act = self.random.choices([self.deliver, self.demo, self.undo], [5, 2, 3])[0]
        act()

    def deliver(self, synthetic: bool = False) -> None:
        chosen = self.random.sample([(month, sex) for month in MONTHS for sex in SEXES], self.random.randint(1, 5))
        cells = [self.count(month, sex) for month, sex in chosen]
        shares = self.random.sample(MONTHS, self.random.randint(0, 2))
        cells += [cell(m, str(self.random.randint(0, 90)), code=SHARE, provisional=bool(m[-1] == "3")) for m in shares]
        source = "demo" if synthetic else "jobindsats"
        complete = self.random.random() < 0.3
        facts = {"source": source, "synthetic": synthetic, "complete": complete}
        write.save(frame_of(cells), known_from=self.day, **facts)

    def count(self, month: str, sex: str):
        value = self.random.choice([1, 3, 4, 40, 60, 97]) if sex else self.random.choice([100, 101, 63])
        return cell(month, str(value), code=COUNT, breakdown=sex)

    def demo(self) -> None:
        self.deliver(synthetic=True)

    def undo(self) -> None:
        rows = Batch.objects.filter(undone_by=None).order_by("-id")[:3]
        if rows:
            try:
                undo(self.random.choice(list(rows)).pk, known_from=self.day)
            except write.StoringError:
                return


@pytest.mark.parametrize("seed", range(40 if at_length("TRUTH") else 2))
def test_a_mirror_holds_what_as_of_gives_while_it_follows_and_when_it_comes_late(client, indicators, seed):
    world, live, late = World(seed), Mirror(client), Mirror(client)
    for _ in range(20):
        world.live()
        live.pull()
        assert live.holds() == known(client), world.day
    late.pull()
    assert len(late.pulled) > 20 and Batch.objects.count() > 10
    for hours in sorted(world.random.sample(range(20 * 24), 20)):
        moment = BEGUN + timedelta(days=1, hours=hours)
        replay = Mirror(client)
        for row in late.pulled:
            if row["known_from"] <= moment.isoformat():
                replay.write(row)
        assert replay.holds() == known(client, as_of=moment.isoformat()), moment


def test_a_number_withheld_for_a_later_one_is_told_in_the_delivery_that_caused_it(client, indicators):
    for day, cells in enumerate([[("", "100"), ("koen=k", "97")], [("koen=m", "3")]], 1):
        frame = frame_of([cell("2020-01", value, code=COUNT, breakdown=sex) for sex, value in cells])
        write.save(frame, source="jobindsats", known_from=BEGUN + timedelta(days=day))
    rows = everything(client, known_since="2020-01-02T12:00:00")
    newest = f"b{Batch.objects.latest('id').pk}"
    assert {(row["breakdown"].get("koen"), row["value"], row["missing"], row["batch"]) for row in rows} == {
        ("k", None, "below_min_count", newest),
        ("m", None, "below_min_count", newest),
    }


def one(value: str, *, day: int, month: str = "2020-01", synthetic: bool = False) -> None:
    source = "demo" if synthetic else "jobindsats"
    frame = frame_of([cell(month, value, code=SHARE)])
    write.save(frame, source=source, synthetic=synthetic, known_from=BEGUN + timedelta(days=day))


def test_demo_figures_are_withdrawn_when_real_ones_come_and_told_again_when_those_have_gone(client, indicators):
    one("7", day=1, synthetic=True)
    one("9", day=2, month="2020-02", synthetic=True)
    one("8", day=3)
    real = Batch.objects.latest("id").pk
    one("6", day=4, month="2020-03", synthetic=True)
    undo(real, known_from=BEGUN + timedelta(days=5))
    rows = everything(client, known_since="2020-01-03T12:00:00")
    assert [(row["period"], row["value"], row["missing"], row["synthetic"]) for row in rows] == [
        ("2020-01", None, "withdrawn", True), ("2020-02", None, "withdrawn", True), ("2020-01", 8, None, False),
        ("2020-01", None, "withdrawn", False),
        ("2020-01", 7, None, True), ("2020-02", 9, None, True), ("2020-03", 6, None, True),
    ]  # fmt: skip


@pytest.fixture
def varied(indicators):
    Area.objects.create(code="741", name="Samsø", kind="municipality")
    cells = [cell("2020-01", "-0.5", code=SHARE), cell("2020-01", "12", code=SHARE, breakdown="alder=18-29;koen=m")]
    cells += [cell("2020-01", None, missing=2, code=SHARE, area="741"), cell("2020-02", "7.25", code=SHARE)]
    write.save(frame_of(cells), source="jobindsats", known_from=BEGUN)


def table(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_list_and_the_changes_are_one_dialect_and_both_say_what_the_json_says(client, varied):
    rows = table(client.get(ADDRESS, {"format": "csv"}))
    changes = table(client.get(ADDRESS, {"format": "csv", "known_since": "2019-12-01"}))
    assert rows == changes
    assert {(row["breakdown"], row["value"], row["missing"]) for row in rows} == {
        ("", "-0,5", ""), ("alder=18-29;koen=m", "12", ""), ("", "", "not_published"), ("", "7,25", ""),
    }  # fmt: skip
    told = everything(client)
    numbers = [Decimal(row["value"].replace(",", ".")) if row["value"] else None for row in rows]
    assert numbers == [None if row["value"] is None else Decimal(str(row["value"])) for row in told]


def test_the_list_of_series_writes_a_breakdown_as_one_asks_for_it(client, varied):
    text = client.get("/api/v1/series/", {"format": "csv"}).content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    assert {row["breakdown"] for row in rows} == {"", "alder=18-29;koen=m"}


@pytest.mark.parametrize("form", ["csv", "columnar", "xlsx", "jsonstat"])
def test_a_file_that_is_a_page_says_where_the_next_is(client, varied, form):
    query = {"format": form, "limit": 3, "indicator": SHARE}
    first = client.get(ADDRESS, query)
    further = first.headers["Link"].split(">")[0][1:]
    assert "Link" not in client.get(further).headers
    assert "Link" not in client.get(ADDRESS, query | {"limit": 4}).headers


@pytest.mark.parametrize("resource", ["series", "areas"])
def test_a_file_of_a_list_is_whole_unless_a_limit_was_asked_for(client, areas, resource, monkeypatch):
    monkeypatch.setattr("indicators.http.viewset.DEFAULT_LIMIT", 1)
    make_indicator(SHARE)
    for area in ("000", "791"):
        write.save(frame_of([cell("2020-01", "1", code=SHARE, area=area)]), source="jobindsats")
    whole = client.get(f"/api/v1/{resource}/", {"format": "csv"})
    assert len(whole.content.decode().splitlines()) == 3 and "Link" not in whole.headers
    cut = client.get(f"/api/v1/{resource}/", {"format": "csv", "limit": 1})
    assert len(cut.content.decode().splitlines()) == 2 and 'rel="next"' in cut.headers["Link"]


@pytest.mark.parametrize(
    "other", [{"indicator": COUNT}, {"known_since": "2019-12-01"}, {"as_of": "2020-06-01"}, {"area": "791"}, {}]
)
def test_a_cursor_answers_the_question_it_came_from_alone(client, varied, other):
    further = client.get(ADDRESS, {"indicator": SHARE, "limit": 1}).json()["next"]
    assert client.get(further).status_code == 200
    cursor = further.split("cursor=")[1].split("&")[0]
    answer = client.get(ADDRESS, {"cursor": cursor, **other})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")
