"""Promises of other municipalities written as plan documents: each loads as it is printed, is shown and judged."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from goals.judging import Verdict
from goals.models import Plan
from goals.sentences.required_change import required
from goals.sentences.target_basis import basis_in_words
from goals.status.plan_status import plan_status
from goals.status.types import PlanStatus
from indicators import periods
from indicators.definitions import load
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Area, Batch
from indicators.store import write
from initiatives.documents.load import load_plans
from tests.goals.promises.documents import document, indicators_of

pytestmark = pytest.mark.django_db
PROMISES = yaml.safe_load((Path(__file__).parent / "promises.yaml").read_text(encoding="utf-8"))
BY_ID = {promise["id"]: promise for promise in PROMISES}
MEASURED = [promise["id"] for promise in PROMISES if promise.get("kind", "measured") == "measured"]
SAID = [promise["id"] for promise in PROMISES if "said" in promise]
TOLD = [promise["id"] for promise in PROMISES if "told" in promise]


@pytest.fixture
def area(db) -> None:
    Area.objects.create(code="000", name="Hele landet", kind="country")
    Area.objects.create(code="791", name="Viborg", kind="municipality")


def stored(folder: Path, name: str) -> PlanStatus | None:
    promise = BY_ID[name]
    definitions = folder / "indicators.yaml"
    definitions.write_text(yaml.safe_dump(indicators_of(promise), allow_unicode=True), encoding="utf-8")
    load.load([definitions])
    path = folder / "loefte.yaml"
    path.write_text(yaml.safe_dump(document(promise), allow_unicode=True, sort_keys=False), encoding="utf-8")
    load_plans([path])
    cells = [*cells_of(promise.get("figures", {}), "791"), *cells_of(promise.get("others", {}), "000")]
    if cells:
        write.save(frame_of(cells), source="file", name="test")
    day = promise.get("on", date(2026, 1, 1))
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    backdated(moment)
    return plan_status(Plan.objects.get(slug="loefte"), moment)


def backdated(moment: datetime) -> None:
    Batch.objects.update(known_from=moment)


def cells_of(values: dict[object, float], area: str) -> list[Cell]:
    return [
        Cell(SeriesKey("loefte-1", area), periods.parse(str(period))[1], Decimal(str(value)))
        for period, value in values.items()
    ]


def test_there_are_as_many_as_were_found():
    assert (len(PROMISES), len(MEASURED), len(SAID)) == (34, 26, 4)


@pytest.mark.parametrize("name", [promise["id"] for promise in PROMISES])
def test_it_is_loaded_as_it_is_printed_and_its_page_is_shown(client, area, tmp_path, name):
    stored(tmp_path, name)
    answer = client.get("/planer/loefte/maal/1/")
    assert answer.status_code == 200
    assert BY_ID[name]["title"] in answer.content.decode()


@pytest.mark.parametrize("name", SAID)
def test_its_verdict_is_the_municipalitys_own(area, tmp_path, name):
    status = stored(tmp_path, name)
    assert status.goals[0].original == Verdict(BY_ID[name]["said"])


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_printed_is_told_and_not_guessed(area, tmp_path, name):
    status = stored(tmp_path, name)
    assert {m.original.judgement.reason for m in status.measures} == {BY_ID[name]["told"]}


@pytest.mark.parametrize("name", [name for name in BY_ID if name not in MEASURED])
def test_words_and_milestones_are_goals_without_a_number(area, tmp_path, name):
    status = stored(tmp_path, name)
    expected = Verdict.MISSED if BY_ID[name]["kind"] == "milestone" else Verdict.NO_TARGET
    assert [goal.newest for goal in status.counted] == [expected]


def test_a_difference_is_told_with_both_its_sides(area, tmp_path):
    found = stored(tmp_path, "ODE-6").measures[0]
    assert basis_in_words(found) == "Det er forskellen til Hele landet: 3,5\u00a0% mod 2,7\u00a0%."


def test_of_a_step_whose_day_is_over_nothing_more_is_required(area, tmp_path):
    found = stored(tmp_path, "ODE-4").measures[0]
    assert required(found, date(2022, 6, 1)) == ""
    assert "i december 2021" in required(found, date(2021, 6, 1))
