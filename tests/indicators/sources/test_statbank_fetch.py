"""StatBank asked over the network: never for more than it gives, halved where it refuses, read by its own account."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from indicators.frame import REPEATED, SCALE, LeftOut
from indicators.missing import MissingReason
from indicators.periods import of
from indicators.sources import http_client
from indicators.sources.errors import SourceError
from indicators.sources.statbank import source
from indicators.vocabulary import Vocabulary
from tests.indicators.sources import documents
from tests.indicators.sources.statbank_stand_in import LIMIT, cells_of, serving

INFO = documents.answer("statbank-auk01-tableinfo.json")
CSV = documents.text("statbank-auk01-answer.csv")
VOCABULARY = Vocabulary({"forsoergede": "Q", "borgere": "Q"}, {"Hele landet": "000", "Viborg": "791", "Læsø": "825"})


def indicator(code: str, table: str, variables: dict[str, str], provisional: bool = False) -> SimpleNamespace:
    facts = {"frequency": "Q", "newest_is_provisional": provisional, "selection": {"variables": variables}}
    return SimpleNamespace(code=code, table=table, **facts)


[AUK01] = source.queries([indicator("forsoergede", "AUK01", {"YDELSESTYPE": "TOTUSU", "KØN": "TOT", "ALDER": "TOT"})])
[FOLK1A] = source.queries([indicator("borgere", "FOLK1A", {"KØN": "TOT", "ALDER": "16..66", "CIVILSTAND": "TOT"})])


def read(query: source.Query, info: dict, *answers: str):
    document = {"info": json.dumps(info), "lang": "da", "answers": answers}
    return source.parse(json.dumps(document).encode(), query, VOCABULARY)


def cells(frame) -> dict[tuple[str, int], Decimal | MissingReason]:
    columns = (frame.series.tolist(), frame.period.tolist(), frame.value.tolist(), frame.missing.tolist())
    return {
        (frame.keys[series].area, period): MissingReason(missing) if missing else Decimal(value) / SCALE
        for series, period, value, missing in zip(*columns, strict=True)
    }


def refusal(*answers: str) -> str:
    with pytest.raises(SourceError) as error:
        read(AUK01, INFO, *answers)
    return str(error.value)


SECOND = of(2026, 4)


def test_an_area_that_is_not_stated_is_left_out_and_counted_with_what_it_holds():
    frame = read(AUK01, INFO, CSV)
    assert cells(frame) == {("000", SECOND): 700000, ("791", SECOND): 10500}
    assert frame.left_out == (LeftOut("Uoplyst kommune (997)", "forsoergede", 1, 320 * SCALE),)


def test_an_area_that_the_table_does_not_list_is_refused_by_its_code():
    assert refusal(CSV.replace(";997;", ";998;")) == "AUK01: ukendt område »998«."


def test_a_row_said_twice_counts_once_and_one_that_contradicts_is_refused_by_name():
    row = "TOT;TOT;TOTUSU;791;2026K2;10500\n"
    frame = read(AUK01, INFO, CSV + row)
    assert frame.left_out[0] == LeftOut(REPEATED, "", 1) and len(frame) == 2
    told = "AUK01: svaret har to tal for Viborg i 2026K2, TOT, TOT, TOTUSU: 10500 og 10501."
    assert refusal(CSV + row.replace("10500", "10501")) == told
    assert "10500 og intet tal" in refusal(CSV + row.replace("10500", ".."))


def test_a_repeated_row_does_not_stand_for_one_that_was_cut_off():
    first = CSV.splitlines(keepends=True)
    assert "har kun 2 af 3 tal" in refusal("".join([*first[:3], first[2]]))


@pytest.mark.parametrize(
    ("suppressed", "expected"),
    [("0", MissingReason.SUPPRESSED), ("", Decimal(0)), (None, Decimal(0)), ("..", Decimal(0)), ("7", Decimal(0))],
)
def test_a_suppressed_cell_is_never_a_zero(suppressed, expected):
    found = cells(read(AUK01, INFO | {"suppressedDataValue": suppressed}, CSV.replace(";10500", ";0")))
    assert found["791", SECOND] == expected


def folk1a(quarters: int) -> dict:
    """99 areas, ages 0-125 and quarters from 2008, as the table has them; each but area and time can be left out."""
    areas = ["000", *(str(number) for number in range(101, 198)), "791"]
    times = [f"{2008 + n // 4}K{n % 4 + 1}" for n in range(quarters)]
    values = {
        "OMRÅDE": areas,
        "KØN": ["TOT", "1", "2"],
        "ALDER": ["IALT", *map(str, range(126))],
        "CIVILSTAND": ["TOT"],
    }
    values["Tid"] = times
    return {
        "id": "FOLK1A",
        "suppressedDataValue": "",
        "variables": [{"id": name, "values": [{"id": v, "text": v} for v in vs]} for name, vs in values.items()],
    }


def test_the_population_is_fetched_in_parts_that_are_counted_before_they_are_asked_for(settings):
    """99 areas × 51 ages × 75 quarters × (5 variables + 1) = 2,272,050 cells: more than two questions may hold."""
    with serving(settings, folk1a(75), lambda codes: "10") as server:
        payload = source.fetch(FOLK1A)
    assert [cells_of(body) <= LIMIT for body in server.asked if "variables" in body] == [True] * 4
    assert [len(times) for times in server.times] == [18, 19, 19, 19]
    assert [time for times in server.times for time in times] == [f"{2008 + n // 4}K{n % 4 + 1}" for n in range(75)]
    areas = {"Hele landet": "000", "Viborg": "791"}
    found = cells(source.parse(payload, FOLK1A, Vocabulary({"borgere": "Q"}, areas)))
    assert len(found) == 2 * 75
    assert set(found.values()) == {Decimal(510)}


TWO = INFO | {"variables": [*INFO["variables"][:-1], {"id": "Tid", "values": [{"id": "2026K1"}, {"id": "2026K2"}]}]}
REFUSALS = [
    documents.answer("statbank-request-limit.json"),
    {"errorTypeCode": "EXTRACT-TOOBIG", "message": "Too many values selected"},
]


@pytest.mark.parametrize("body", REFUSALS, ids=["REQUEST-LIMIT", "EXTRACT-TOOBIG"])
def test_what_the_source_says_is_too_much_is_asked_for_in_halves(settings, body):
    with serving(settings, TWO, lambda codes: "5", limit=18, refusal=body) as server:
        payload = source.fetch(AUK01)
    assert server.times == [["2026K1", "2026K2"], ["2026K1"], ["2026K2"]]
    assert len(cells(source.parse(payload, AUK01, VOCABULARY))) == 2 * 2


def test_too_much_in_one_period_is_told(settings):
    with serving(settings, TWO, lambda codes: "5", limit=17), pytest.raises(SourceError, match="for mange celler"):
        source.fetch(AUK01)


@pytest.mark.parametrize(("limit", "questions"), [(36, 1), (35, 2)])
def test_a_cell_is_counted_for_every_variable_and_one_for_the_number(settings, monkeypatch, limit, questions):
    """3 areas × 2 quarters × (5 variables + 1) = 36."""
    monkeypatch.setattr(source, "MAX_CELLS", limit)
    with serving(settings, TWO, lambda codes: "5") as server:
        source.fetch(AUK01)
    assert len(server.times) == questions


def test_a_table_is_fetched_with_the_numbers_of_its_requests(settings):
    request_ids: list[str] = []
    with serving(settings, INFO, lambda codes: "10500,5") as server:
        payload = source.fetch(AUK01, request_ids.append)
    assert cells(source.parse(payload, AUK01, VOCABULARY))["791", SECOND] == Decimal("10500.5")
    assert request_ids == ["r-7", "r-7"]
    assert server.asked[1]["variables"][0] == {"code": "ALDER", "values": ["TOT"]}
    assert server.asked[1]["variables"][-2] == {"code": "OMRÅDE", "values": ["000", "791", "997"]}


def test_the_source_says_when_the_table_was_updated(settings):
    with serving(settings, INFO, lambda codes: ""):
        assert source.update_of("AUK01") == ("2026-11-11T08:00:00", "")


def test_a_source_that_is_not_there_is_told(settings, monkeypatch):
    monkeypatch.setattr(http_client, "BACK_OFF", 0)
    settings.STATBANK_URL = "http://127.0.0.1:9/v1"
    with pytest.raises(SourceError, match="Danmarks Statistik kan ikke nås"):
        source.fetch(AUK01)
