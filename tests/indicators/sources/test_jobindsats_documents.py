"""Jobindsats' own answers: read as they are, with what is no place and what is said twice."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from indicators.files import detect
from indicators.frame import REPEATED, SCALE, Frame, LeftOut
from indicators.periods import parse
from indicators.sources.errors import SourceError
from indicators.sources.jobindsats import source
from indicators.vocabulary import Vocabulary
from tests.indicators.sources import documents

VOCABULARY = Vocabulary({}, {"Hele landet": "000", "Viborg": "791", "Randers": "730", "København": "101"})
ANSWERS = documents.answer("jobindsats-v3-answers.json")
ACTIVATION = ANSWERS["activation"]
BENCHMARK = Path("fixtures/figures/benchmark-y30r21-2020-2022.csv")


def measured(code: str, measure: str, frequency: str = "M", **selection) -> SimpleNamespace:
    facts = {"table": "t", "frequency": frequency, "accumulation": "stock", "newest_is_provisional": True}
    return SimpleNamespace(code=code, selection={"measure": measure, **selection}, **facts)


def read(answer: object, metadata: object, *indicators: SimpleNamespace) -> Frame:
    [query] = source.queries(indicators)
    document = {"metadata": json.dumps(metadata), "answers": [json.dumps(answer)]}
    return source.parse(json.dumps(document).encode(), query, VOCABULARY)


def cells(frame: Frame) -> dict[tuple, Decimal | None]:
    """Value (None for missing) by indicator, area, breakdown and period."""
    columns = (frame.series.tolist(), frame.period.tolist(), frame.value.tolist(), frame.missing.tolist())
    return {
        (*frame.keys[series], period): None if missing else Decimal(value) / SCALE
        for series, period, value, missing in zip(*columns, strict=True)
    }


def known_columns(answer: dict) -> dict:
    """Metadata that knows every measure of the answer."""
    return {"mgroups": [{"measures": [{"measure_name": name} for name in answer["columns"]]}]}


def test_the_unemployed_of_the_country_are_read_month_by_month():
    answer = ANSWERS["unemployment_total"]
    persons = measured("ledige", "Antal ledige fuldtidspersoner", hierarchies={"_ygrpi09": "/", "_akassebl": "/"})
    label = "Ledige fuldtidspersoner i pct. af befolkningen 16-66 år"
    share = measured("andel", label, hierarchies={"_ygrpi09": "/", "_akassebl": "/"})
    found = cells(read(answer, known_columns(answer), persons, share))
    assert len(found) == 2 * 14
    assert found["ledige", "000", "", parse("2025M05")[1]] == 83555
    assert found["ledige", "000", "", parse("2026M06")[1]] == 88080
    assert found["andel", "000", "", parse("2025M07")[1]] == Decimal("2.3")


def test_a_measure_in_a_group_is_found_by_its_whole_label():
    answer = ANSWERS["sanctions_total"]
    label = "Antal sanktioner fordelt på type: Karantæne (selvforskyldt ledighed)"
    found = cells(read(answer, known_columns(answer), measured("karantaene", label, "Q", hierarchies={"_a": "/"})))
    assert len(found) == 6 and found["karantaene", "000", "", parse("2024Q04")[1]] == 5394


def activated() -> SimpleNamespace:
    labels = dict.fromkeys(row[3] for row in ACTIVATION["rows"])
    groups = {label: "" if label == "Tilbud i alt" else f"tilbud={n}" for n, label in enumerate(labels)}
    return measured("aktiverede", "Antal aktiverede", hierarchies={"_akassebl": "/"}, groups=groups)


def test_56_of_418_rows_of_activation_are_repeated_and_count_once():
    frame = read(ACTIVATION, known_columns(ACTIVATION), activated())
    assert len(ACTIVATION["rows"]) == 418
    assert (len(frame), frame.left_out) == (362, (LeftOut(REPEATED, "", 56),))
    assert cells(frame)["aktiverede", "000", "", parse("2025M05")[1]] == 22681


def test_a_row_that_contradicts_another_is_refused_by_name():
    rows = [list(row) for row in ACTIVATION["rows"]]
    again = next(row for row in reversed(rows[:29]) if row[3] == "Privat virksomhedspraktik")
    again[4] = 5422
    with pytest.raises(SourceError) as error:
        read(ACTIVATION | {"rows": rows}, known_columns(ACTIVATION), activated())
    told = "svaret har to tal for Hele landet, Privat virksomhedspraktik i 2025M05: 5421 og 5422."
    assert str(error.value) == f"t: {told}"


KONTANTHJAELP = measured("kontanthjaelp", "Antal personer")
METADATA = documents.answer("jobindsats-y60a02-metadata.json")
OCTOBER = parse("2026M10")[1]


def test_an_area_that_is_no_place_is_left_out_and_counted_with_what_it_holds():
    frame = read(documents.answer("jobindsats-y60a02-answer.json"), METADATA, KONTANTHJAELP)
    assert cells(frame) == {
        ("kontanthjaelp", "000", "", OCTOBER): 88000,
        ("kontanthjaelp", "791", "", OCTOBER): 1475,
        ("kontanthjaelp", "730", "", OCTOBER): 2890,
    }
    assert frame.left_out == (LeftOut("Uoplyst område", "kontanthjaelp", 1, 11 * SCALE),)


@pytest.mark.parametrize("name", ["Uoplyst område", "Udlandet", "Ikke oplyst", "Uden for Danmark"])
def test_it_is_left_out_whatever_it_is_called_and_its_repeated_rows_count_once(name):
    rows = [["2026M10", "Viborg", 1475], ["2026M10", name, 11], ["2026M10", name, 11], ["2026M09", name, None]]
    frame = read({"columns": ["Periode", "Område", "Antal personer"], "rows": rows}, METADATA, KONTANTHJAELP)
    assert len(frame) == 1
    assert frame.left_out == (LeftOut(name, "kontanthjaelp", 2, 11 * SCALE),)


def test_an_answer_of_nothing_but_what_is_no_place_is_refused():
    answer = {"columns": ["Periode", "Område", "Antal personer"], "rows": [["2026M10", "Uoplyst område", 11]]}
    with pytest.raises(SourceError, match="ingen områder, som portalen kender"):
        read(answer, METADATA, KONTANTHJAELP)


def test_it_is_asked_for_so_that_it_can_be_counted():
    [query] = source.queries([KONTANTHJAELP])
    assert source.choice(query, METADATA)["hierarchy._nykom"] == "/,/1/,/2/,/3/"


def test_a_row_that_stands_twice_with_the_same_number_counts_once():
    frame = read(documents.answer("jobindsats-y60a02-repeated-row.json"), METADATA, KONTANTHJAELP)
    assert cells(frame)["kontanthjaelp", "791", "", OCTOBER] == 1475
    assert (len(frame), frame.left_out) == (2, (LeftOut(REPEATED, "", 1),))


@pytest.mark.parametrize(("other", "told"), [(1476, "1475 og 1476"), (None, "1475 og intet tal"), (2.5, "1475 og 2,5")])
def test_a_row_that_stands_twice_with_other_numbers_is_refused(other, told):
    answer = documents.answer("jobindsats-y60a02-repeated-row.json")
    answer["rows"][2][2] = other
    with pytest.raises(SourceError) as error:
        read(answer, METADATA, KONTANTHJAELP)
    assert str(error.value) == f"t: svaret har to tal for Viborg i 2026M10: {told}."


NUMBERS, SHARES = (
    f"Forventet og faktisk {what} fuldtidspersoner på offentlig forsørgelse" for what in ("antal", "andel")
)
BENCHMARK_COLUMNS = [
    "Periode", "Område", "Ydelsesgrupper",
    f"{NUMBERS}: Forventet antal", f"{NUMBERS}: Faktisk antal", f"{NUMBERS}: Forskel mellem forventet og faktisk antal",
    f"{SHARES}: Forventet andel (pct.)", f"{SHARES}: Faktisk andel (pct.)", "Placering på benchmarkranglisten",
]  # fmt: skip
# Viborg as published: group, expected, actual, shares as the source's texts, place.
VIBORG = [
    ("Ydelsesgrupper i alt", 5190, 5220, "8,48", "8,53", 43),
    ("A-dagpenge mv.", 1260, 1280, "2,06", "2,09", 54),
    ("Sygedagpenge mv.", 1630, 1630, "2,67", "2,67", 42),
    ("Kontanthjælp mv.", 2290, 2310, "3,75", "3,77", 47),
]
GROUPS = {
    "Ydelsesgrupper i alt": "",
    "A-dagpenge mv.": "ydelse=a-dagpenge",
    "Sygedagpenge mv.": "ydelse=sygedagpenge",
    "Kontanthjælp mv.": "ydelse=kontanthjaelp",
}
BENCHMARK_METADATA = METADATA | known_columns({"columns": BENCHMARK_COLUMNS}) | {
    "periods": [{"periodtype_id": "QMAT", "values": [{"period_id": "2020QMAT02"}, {"period_id": "2020QMAT04"}]}],
    "dimensions": [*METADATA["dimensions"], {"dimension_id": "_y", "hierarchies": [{"hierarchy_id": "_ygrpr21"}]}],
}  # fmt: skip


def benchmark_rows() -> list[list]:
    return [
        ["2020QMAT02", "Viborg", group, expected, actual, actual - expected, *shares, place]
        for group, expected, actual, *shares, place in VIBORG
    ]


def benchmark_indicators() -> list[SimpleNamespace]:
    labels = {"forventet": 3, "faktisk": 4, "andel": 7, "placering": 8}
    kind = {"frequency": "QMAT", "groups": GROUPS, "groupings": ["Ydelsesgrupper"]}
    return [measured(code, BENCHMARK_COLUMNS[n], **kind) for code, n in labels.items()]


def test_the_benchmark_is_read_in_four_groups_with_shares_in_danish_texts():
    answer = {"columns": BENCHMARK_COLUMNS, "rows": benchmark_rows()}
    found = cells(read(answer, BENCHMARK_METADATA, *benchmark_indicators()))
    period = parse("2020QMAT02")[1]
    assert len(found) == 4 * 4
    for group, expected, actual, _, share, place in VIBORG:
        key = ("791", GROUPS[group], period)
        assert (found["forventet", *key], found["faktisk", *key], found["placering", *key]) == (expected, actual, place)
        assert found["andel", *key] == Decimal(share.replace(",", "."))


def test_an_archived_answer_of_version_2_gives_the_totals():
    """Numbers as texts with a decimal comma, periods with one digit; of its groups only the total is read."""
    codes = {"forventet": 3, "faktisk": 4, "placering": 8}
    kept = [0, 1, 2, *codes.values()]
    data = [[str(row[n]) for n in kept] for row in benchmark_rows()]
    variables = [{"Name": f"v{n}", "Label": BENCHMARK_COLUMNS[n]} for n in kept]
    archived = json.dumps([{"Variables": variables, "Data": [["2020QMAT2", *row[1:]] for row in data]}])
    labels = {BENCHMARK_COLUMNS[n]: [code] for code, n in codes.items()}
    units = {"forventet": "count", "faktisk": "count", "placering": "rank"}
    vocabulary = Vocabulary(dict.fromkeys(codes, "QMAT"), {"Viborg": "791"}, units, labels)
    period = parse("2020QMAT02")[1]
    assert cells(detect.read(archived.encode(), vocabulary)) == {
        ("forventet", "791", "", period): 5190,
        ("faktisk", "791", "", period): 5220,
        ("placering", "791", "", period): 43,
    }


def test_all_groups_and_both_periods_of_the_benchmark_are_asked_for():
    [query] = source.queries(benchmark_indicators())
    asked = source.choice(query, BENCHMARK_METADATA)
    assert (asked["hierarchy._ygrpr21"], asked["period.QMAT"]) == ("*", "latest:2")


def test_a_group_that_nobody_knows_is_refused_by_name():
    rows = benchmark_rows()
    rows[1][2] = "Efterløn mv."
    with pytest.raises(SourceError, match="ukendt gruppe »Efterløn mv.« i kolonnen »Ydelsesgrupper«"):
        read({"columns": BENCHMARK_COLUMNS, "rows": rows}, BENCHMARK_METADATA, *benchmark_indicators())


def test_the_repository_holds_the_same_facts_of_viborg():
    lines = csv.reader(BENCHMARK.read_text(encoding="utf-8").splitlines(), delimiter=";")
    held = {cells[0]: cells[2] for cells in lines if len(cells) > 1 and cells[1] == "791"}
    assert held == {group: f"{expected} {actual} {place}" for group, expected, actual, *_, place in VIBORG}
