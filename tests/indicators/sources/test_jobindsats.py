"""Jobindsats: answers read right or refused with a reason, and a network that misbehaves."""

import copy
import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from indicators.frame import SCALE
from indicators.periods import of
from indicators.sources import http_client
from indicators.sources.errors import SourceError
from indicators.sources.jobindsats import json_slabs, source
from indicators.sources.jobindsats.metadata import hierarchy_names
from indicators.vocabulary import Vocabulary
from tests.indicators.sources import documents, jobindsats_stand_in
from tests.indicators.sources.jobindsats_stand_in import COLUMNS, COUNT, SHARE, rows

VOCABULARY = Vocabulary({"ledige": "M", "andel": "M"}, {"Hele landet": "000", "Viborg": "791", "Horsens": "615"})
ANSWER = {"columns": COLUMNS, "rows": rows(["Hele landet", "Viborg"])}


def indicator(code: str, measure: str, **facts) -> SimpleNamespace:
    selection = {"measure": measure, "hierarchies": {"_ygrpi09": "/", "_akassebl": "/"}} | facts
    selection |= {"groupings": ["Ydelsesgrupper", "A-kasse"]}
    return SimpleNamespace(
        code=code,
        table="y25i01",
        frequency="M",
        accumulation="stock",
        selection=selection,
        newest_is_provisional=code == "ledige",
    )


UNEMPLOYED = indicator("ledige", COUNT)
PART = indicator("andel", SHARE)


def read(answer: dict | str = ANSWER, *indicators: SimpleNamespace) -> dict:
    """Each cell by indicator, area and month of 2026: value (None for missing) and whether it is provisional."""
    [query] = source.queries(indicators or [UNEMPLOYED, PART])
    text = answer if isinstance(answer, str) else json.dumps(answer)
    document = {"metadata": json.dumps(jobindsats_stand_in.metadata()), "answers": [text]}
    frame = source.parse(json.dumps(document).encode(), query, VOCABULARY)
    return {
        (frame.keys[series].indicator, frame.keys[series].area, period - of(2026, 1) + 1): (
            None if missing else Decimal(value) / SCALE,
            provisional,
        )
        for series, period, value, missing, provisional in zip(
            *(getattr(frame, name).tolist() for name in ("series", "period", "value", "missing", "provisional")),
            strict=True,
        )
    }


def changed(**changes) -> dict:
    return copy.deepcopy(ANSWER) | changes


def refusal(answer: dict | str, *indicators: SimpleNamespace) -> str:
    with pytest.raises(SourceError) as error:
        read(answer, *indicators)
    return str(error.value)


def test_an_answer_becomes_cells_of_each_indicator_and_area():
    cells = read()
    assert len(cells) == 2 * 2 * 3
    assert cells["ledige", "000", 4] == (1000, False)
    assert cells["andel", "791", 4] == (Decimal("2.3"), False)


def test_null_is_missing_even_where_its_share_is_there():
    cells = read()
    assert cells["ledige", "791", 5] == (None, False)
    assert cells["andel", "791", 5] == (Decimal("2.4"), False)


def test_the_newest_month_is_provisional_where_the_indicator_says_so():
    cells = read()
    assert cells["ledige", "000", 6] == (1002, True)
    assert cells["andel", "000", 6] == (Decimal("2.5"), False)


def test_decimals_stay_exact():
    assert read(json.dumps(ANSWER).replace("2.3", "0.1"))["andel", "000", 4] == (Decimal("0.1"), False)


def test_known_variants_of_a_label_are_accepted():
    columns = [*COLUMNS[:-1], "Ledige fuldtidspersoner i pct.af arbejdsstyrken"]
    variant = indicator("andel", SHARE, variants=["Ledige fuldtidspersoner i pct. af arbejdsstyrken"])
    assert read(changed(columns=columns), variant)["andel", "000", 4] == (Decimal("2.3"), False)


def test_an_unknown_column_is_refused_by_name():
    assert refusal(changed(columns=[*COLUMNS[:-1], "Noget nyt"])) == "y25i01: ukendt kolonne »Noget nyt«."


@pytest.mark.parametrize("place", range(len(COLUMNS)))
def test_any_column_under_another_name_is_refused_by_it(place):
    columns = [*COLUMNS[:place], "Omdøbt", *COLUMNS[place + 1 :]]
    assert refusal(changed(columns=columns)) == "y25i01: ukendt kolonne »Omdøbt«."


def test_a_grouping_may_be_called_what_the_table_calls_it():
    area = {"hierarchy_id": "_akassebl", "hierarchy_name": "A-kasser", "levels": [{"values": []}]}
    metadata = jobindsats_stand_in.metadata()
    metadata["dimensions"].append({"dimension_name": "Medlemskab", "hierarchies": [area]})
    assert hierarchy_names(metadata, ["_akassebl"]) == {"a-kasser", "medlemskab"}


def test_a_column_that_is_gone_is_refused_by_name():
    answer = changed(columns=COLUMNS[:-1], rows=[row[:-1] for row in ANSWER["rows"]])
    assert refusal(answer) == f"y25i01: kolonnen »{SHARE}« mangler i svaret."


def test_a_column_that_stands_twice_is_refused_only_where_it_is_used():
    columns = [*COLUMNS[:4], COLUMNS[5], COLUMNS[5], COLUMNS[6]]
    assert "står to gange" in refusal(changed(columns=columns), UNEMPLOYED)
    assert read(changed(columns=columns), PART)["andel", "000", 4] == (Decimal("2.3"), False)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (changed(rows=[]), "svaret er tomt"),
        ({}, "svaret er tomt"),
        ("<html><body>Vedligehold</body></html>", "svarede ikke med JSON"),
        (json.dumps(ANSWER)[:200], "svarede ikke med JSON"),
        ("[]", "i en form"),
        (changed(rows=[["2026M04", "Hele landet"]]), "2 felter, men der er 7 kolonner"),
        (changed(rows=[["2026", *ANSWER["rows"][0][1:]]]), "perioden 2026 er ikke af typen M"),
        (changed(rows=[["maj", *ANSWER["rows"][0][1:]]]), "er ikke en periode"),
        (changed(rows=[["2026M04", "Storkøbing", *ANSWER["rows"][0][2:]]]), "ukendt område »Storkøbing«"),
        (changed(rows=[[*ANSWER["rows"][0][:5], "1.000", 2.3]]), "»1.000« i kolonnen"),
        (changed(rows=[[*ANSWER["rows"][0][:5], True, 2.3]]), "»True« i kolonnen"),
        (changed(rows=[[*ANSWER["rows"][0][:5], 1, 2.34567]]), "flere cifre"),
        (changed(rows=[[*ANSWER["rows"][0][:5], 10**12, 2.3]]), "flere cifre"),
        (json.dumps(ANSWER).replace("2.3", "1e30"), "flere cifre"),
        (json.dumps(ANSWER).replace("2.3", "1e999999999999999999"), "i en form"),
        (changed(rows=[["2026M04", ["Viborg"], *ANSWER["rows"][0][2:]]]), "i en form"),
        (changed(rows=["2026M04"]), "1 felter"),
        (
            changed(rows=[ANSWER["rows"][0], ["2026M05", "Hele landet", "A-dagpenge", "I alt", 1, 1, 1]]),
            "flere værdier",
        ),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_refused_with_a_reason(answer, told):
    assert told in refusal(answer)


def test_the_empty_places_of_the_sea_are_passed_over():
    cells = read(changed(rows=rows(["Christiansø", "Viborg Kommune"])))
    assert {area for _, area, _ in cells} == {"791"}


@pytest.mark.parametrize("slab", [20, 70, 200, 1000])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_long_answer_is_read_in_slabs_and_says_the_same(monkeypatch, slab, indent):
    named = changed(columns=[*COLUMNS[:3], "A-kasse", *COLUMNS[4:]], note="[efter] rækkerne")
    named["rows"] = [[*row[:3], "I alt [alle]", *row[4:]] for row in named["rows"]]
    text = json.dumps(named, indent=indent, ensure_ascii=False)
    whole = read(text)
    monkeypatch.setattr(json_slabs, "SLAB", slab)
    assert read(text) == whole
    backwards = json.dumps({name: named[name] for name in ("rows", "note", "columns")})
    assert read(backwards) == whole
    for place in range(0, len(text), 7):
        assert "svarede ikke med JSON" in refusal(text[:place])


def test_indicators_of_one_table_and_choice_are_asked_for_once():
    other = indicator("dagpenge", COUNT, hierarchies={"_ygrpi09": "/2/"})
    first, second = source.queries([UNEMPLOYED, other, PART])
    assert [measure.indicator for measure in first.measures] == ["ledige", "andel"]
    assert second.hierarchies == (("_ygrpi09", "/2/"),)


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(http_client, "BACK_OFF", 0)
    with jobindsats_stand_in.serving() as server:
        settings.JOBINDSATS_URL, settings.JOBINDSATS_API_KEY = server.url, jobindsats_stand_in.KEY
        yield server


def fetched() -> dict:
    [query] = source.queries([UNEMPLOYED])
    return json.loads(source.fetch(query))


def failure() -> str:
    with pytest.raises(SourceError) as error:
        fetched()
    return str(error.value)


def test_viborg_the_country_and_all_to_compare_with_are_asked_for_at_once(server):
    assert len(fetched()["answers"]) == 1
    paths, parameters = zip(*server.asked, strict=True)
    assert paths == ("/v3/table/y25i01", "/v3/data/y25i01")
    assert parameters[1] == {
        "mgroup.*": "*",
        "period.M": "latest:3",
        "hierarchy._akassebl": "/",
        "hierarchy._ygrpi09": "/",
        "hierarchy._nykom": "/,/0/,/1/,/3/",
        "format": "json",
    }


def test_the_catalogue_is_the_real_one_and_says_nothing_of_a_table_it_does_not_have(server):
    assert len(tables := [row["table_id"] for row in documents.tables()]) == 55
    assert {source.update_of(table) for table in (tables[0], "Y25I01")} == {(jobindsats_stand_in.UPDATED, "")}
    assert source.update_of("y30r21") is None


def test_a_table_without_viborg_is_refused_before_it_is_asked_for(server):
    server.areas = ["Horsens", "Christiansø"]
    assert failure() == "y25i01: tabellen har ingen tal for Viborg i hierarkiet _nykom."
    assert [path for path, _ in server.asked] == ["/v3/table/y25i01"]


@pytest.mark.parametrize(
    ("frequency", "accumulation", "wanted", "printed"),
    [
        ("M", "stock", "M", "2026M04"),
        ("M", "year_to_date", "MYTD", "2026MYTD04"),
        ("Q", "stock", "Q", "2026Q02"),
        ("Y", "stock", "Y", "2026Y01"),
        ("QMAT", "rolling_12", "QMAT", "2026QMAT02"),
    ],
)
def test_each_type_of_period_is_asked_for_and_read_as_itself_alone(frequency, accumulation, wanted, printed):
    measured = SimpleNamespace(**vars(UNEMPLOYED) | {"frequency": frequency, "accumulation": accumulation})
    [query] = source.queries([measured])
    periods = [{"periodtype_id": wanted, "values": [{"period_id": printed}]}]
    assert source.choice(query, jobindsats_stand_in.metadata() | {"periods": periods})[f"period.{wanted}"] == "latest:1"
    row = ANSWER["rows"][0][1:]
    assert len(read(changed(rows=[[printed, *row]]), measured)) == 1
    for other in {"2026M04", "2026MYTD04", "2026Q02", "2026Y01", "2026QMAT02"} - {printed}:
        assert f"ikke af typen {wanted}" in refusal(changed(rows=[[other, *row]]), measured)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_source_that_is_busy_is_asked_again(server, status):
    server.troubles = [(status, {"Retry-After": "0"}, b"")] * 2
    assert len(fetched()["answers"]) == 1


def test_a_source_that_stays_broken_is_given_up(server):
    server.troubles = [(503, {}, b"")] * 10
    assert failure() == "Jobindsats svarede 503."
    assert len(server.asked) == http_client.ATTEMPTS


def test_a_wrong_key_is_told_with_the_request_and_not_tried_again(server, settings):
    settings.JOBINDSATS_API_KEY = "forkert"
    assert failure() == "Jobindsats svarede 401: nøglen i JOBINDSATS_API_KEY blev afvist (request_id 7c9e6679)."
    assert len(server.asked) == 1


def test_what_the_source_says_is_wrong_is_told(server):
    body = {"code": 422, "cause": "Unknown period type: M", "request_id": "a1"}
    server.troubles = [(422, {}, json.dumps(body).encode())]
    assert failure() == "Jobindsats svarede 422: Unknown period type: M (request_id a1)."


def test_a_redirect_is_not_followed(server):
    server.troubles = [(302, {"Location": "http://127.0.0.1:1/"}, b"")]
    assert "svarede 302" in failure()


def test_a_page_of_html_is_no_answer(server):
    server.troubles = [(200, {}, b"<html>Vedligehold</html>")]
    assert "svarede ikke med JSON" in failure()


def test_an_answer_without_end_is_cut(server, monkeypatch):
    monkeypatch.setattr(http_client, "MAX_BYTES", 100)
    assert "for stort" in failure()


def test_a_source_that_is_not_there_is_told(server, settings):
    settings.JOBINDSATS_URL = "http://127.0.0.1:9/v3"
    assert "kan ikke nås" in failure()


def test_only_encrypted_addresses_are_asked(settings):
    settings.JOBINDSATS_URL, settings.JOBINDSATS_API_KEY = "http://jobindsats.example/v3", "x"
    assert "https" in failure()


def test_without_a_key_the_variable_to_set_is_named(settings):
    settings.JOBINDSATS_API_KEY = ""
    assert "JOBINDSATS_API_KEY" in failure()
