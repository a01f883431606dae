"""The comparison from the inside: who is placed where, what is said, what is refused, and what it costs."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators import data_version, periods
from indicators.as_of import day_in, end_of
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Indicator, Observation
from indicators.pages.compare import benchmark as compare_benchmark
from indicators.pages.compare import comparison
from indicators.pages.compare.charts import benchmark_drawn_rows
from indicators.store import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
JUNE = periods.of(2026, 6)
PATH = "/sammenlign/"


def found(code: str = "ledige-pct-arbejdsstyrken", group: str = "provinsbykommuner", period: int = JUNE):
    groups, public = {g.code: g for g in comparison.groups(timezone.localdate())}, comparison.public_indicators()
    counted = public.get(comparison.PERSONS.get(code, ""))
    return comparison.compare(public[code], counted, groups[group], period, timezone.now())


def text_of(client, query: str = "") -> str:
    content = client.get(PATH + query).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    "code", ["ledige-pct-arbejdsstyrken", "kontanthjaelp-pct-befolkning", "ordinaere-timer-pct", "ledige-antal"]
)
def test_all_98_municipalities_and_the_country_have_figures(code):
    compared = found(code)
    assert len(compared.rows) == 98
    assert len(compared.valued) == 98
    assert compared.country.value > 0


def test_viborg_shares_its_value_with_five_and_is_seventh_of_its_group():
    compared = found()
    assert compared.own.value == Decimal("2.5")
    assert (compared.sides.lower, compared.sides.equal) == (38, 5)
    assert str(compared.own.group_place) == "7"
    assert [row.name for row in compared.in_group][:3] == ["Holstebro", "Herning", "Vejle"]
    assert [str(row.group_place) for row in compared.in_group][:3] == ["1", "2=", "2="]


def test_where_higher_is_better_the_highest_is_first():
    values = [row.value for row in found("ordinaere-timer-pct").valued]
    assert values == sorted(values, reverse=True)


def test_the_page_says_the_finding_the_direction_and_which_period_it_took(client):
    text = text_of(client)
    assert "Viborg ligger lavere end landet: 2,5 mod 3,0 %" in text
    assert "juni 2026 (endeligt tal). Lavere er bedre." in text
    assert "38 kommuner ligger lavere, 5 ligger lige med Viborg" in text
    assert "Nr. 7 af 16 provinsbykommuner" in text
    assert "Hvad tallet ikke kan bruges til" in text


def test_persons_are_said_as_a_range_that_the_rounding_allows(client):
    # 1.197 persons; 3.0 % against 2.5 % is 239 more, and each share may be 0.05 off.
    assert "mellem 187 og 294 flere" in text_of(client)


def test_a_provisional_month_says_so(client):
    assert "juli 2026 (foreløbigt tal, som stadig kan stige)" in text_of(client, "?periode=2026-07")


def test_outside_its_group_viborg_is_set_in_and_said_to_be_a_guest(client):
    text = text_of(client, "?gruppe=storbykommuner")
    assert re.search(r"Viborg ville være nr\. \d( \(delt\))? blandt 3 storbykommuner", text)
    assert "Viborg hører ikke til gruppen" in text


def test_a_region_is_dated(client):
    text = text_of(client, "?gruppe=082")
    assert "af 19 kommuner i Region Midtjylland" in text
    assert "gældende siden 01.01.2007" in text


def test_a_suppressed_municipality_stands_last_without_a_place(client):
    cell = Cell(SeriesKey("ledige-pct-arbejdsstyrken", "661"), JUNE, None, missing=1)
    write.save(frame_of([cell]), source="jobindsats", name="test")
    last = found().rows[-1]
    assert (last.name, last.place) == ("Holstebro", None)
    assert "Holstebro – (" in text_of(client)


def test_before_anything_was_known_the_page_says_so_and_keeps_the_form(client):
    answer = client.get(PATH, {"kendt": "2026-08-01"})
    assert answer.status_code == 200
    assert "Der er ingen tal at sammenligne på den dag" in answer.content.decode()
    assert b'name="gruppe"' in answer.content


def test_what_was_known_on_a_day_is_compared_as_it_stood(client):
    cell = Cell(SeriesKey("ledige-pct-arbejdsstyrken", "791"), JUNE, Decimal("9.9"))
    write.save(frame_of([cell]), source="jobindsats", name="test")
    assert "højere end landet: 9,9 mod 3,0 %" in text_of(client)
    assert "lavere end landet: 2,5 mod 3,0 %" in text_of(client, "?kendt=2026-08-23")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"indikator": "ledige-antal"}, "kontanthjaelp-pct-befolkning"),  # counts follow a municipality's size
        ({"indikator": "findes-ikke"}, "ledige-pct-arbejdsstyrken"),
        ({"gruppe": "naboer"}, "landkommuner"),
        ({"periode": "2019-01"}, "2026-06"),
        ({"periode": "i-gaar"}, "2020M03"),
        ({"sorter": "navn"}, "periode"),
        ({"indikator": ["ordinaere-timer-pct", "ledige-pct-arbejdsstyrken"]}, "ordinaere-timer-pct"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused_with_what_does(client, query, named):
    for path in (PATH, "/sammenlign.csv"):
        answer = client.get(path, query)
        assert answer.status_code == 400
        assert named in answer.content.decode()


def test_empty_fields_of_the_form_are_not_asked_with(client):
    assert client.get(PATH, {"indikator": "", "gruppe": "", "periode": ""}).status_code == 200


@pytest.mark.parametrize("query", ["", "?indikator=ordinaere-timer-pct&gruppe=landkommuner&kendt=2026-09-01"])
def test_the_page_costs_seven_queries_whatever_is_chosen(client, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(7):
        assert client.get(PATH + query).status_code == 200


def test_the_file_holds_the_98_and_the_country_in_the_pages_order(client):
    body = client.get("/sammenlign.csv?gruppe=082").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
    assert len(rows) == 99
    assert [row["Område"] for row in rows[:-1]] == [row.name for row in found().rows]
    own = next(row for row in rows if row["Kode"] == "791")
    assert (own["Ledige i pct. af arbejdsstyrken"], own["Ledige, antal"]) == ("2,5", "1197")
    assert sum(row["I gruppen Region Midtjylland"] == "ja" for row in rows) == 19


def test_before_the_ministrys_numbers_came_the_page_says_that_they_were_not_known(client):
    assert "Ministeriets forventede antal var ikke kendt på den dag" in text_of(client, "?kendt=2020-10-12")
    Indicator.objects.filter(code=compare_benchmark.EXPECTED).update(visibility="internal")
    assert "er ikke indlæst, så portalen kan ikke vise faktisk mod forventet" in text_of(client)
    assert client.get("/sammenlign/forventet.csv").status_code == 404


def edition_on(day: str, group: str = "provinsbykommuner") -> compare_benchmark.Edition:
    groups = {g.code: g for g in comparison.groups(timezone.localdate())}
    return compare_benchmark.newest_edition(groups[group], end_of(day_in(day)))


# Table y30r21 as published: the day an edition counts as known → period, Viborg's expected and actual, and its place.
EDITIONS = [
    ("2020-10-13", "2020QMAT02", 5190, 5220, 43),
    ("2021-04-15", "2020QMAT04", 5450, 5470, 49),
    ("2021-10-13", "2021QMAT02", 5350, 5350, 50),
    ("2022-04-15", "2021QMAT04", 5020, 4990, 38),
    ("2022-10-13", "2022QMAT02", 4750, 4720, 45),
    ("2023-04-15", "2022QMAT04", 4570, 4560, 49),
]


@pytest.mark.parametrize(("day", "period", "expected", "actual", "place"), EDITIONS)
def test_the_98_stand_in_the_order_that_the_ministry_published(day, period, expected, actual, place):
    edition = edition_on(day)
    assert (len(edition.rows), edition.synthetic, edition.published_places) == (98, False, True)
    assert edition.period == periods.parse(period)[1]
    assert [str(row.place) for row in edition.rows] == [str(number) for number in range(1, 99)]
    own = edition.own
    assert (own.expected, own.actual, own.place.number) == (expected, actual, place)


def test_the_neighbours_of_viborg_are_those_of_the_published_list():
    rows = edition_on("2020-12-01").rows[41:44]
    assert [(row.code, row.actual, row.expected) for row in rows] == [
        ("727", 1140, 1130), ("791", 5220, 5190), ("779", 2450, 2430),
    ]  # fmt: skip


def test_the_real_edition_is_told_in_persons_with_edition_and_period_and_is_no_demo(client):
    text = text_of(client, "?kendt=2020-12-01")
    assert "Viborg har 30 personer flere end forventet: nr. 43 af 98" in text
    assert "Efterårsudgaven 2020: 4 kvartaler til og med 2. kvt. 2020, kendt fra 13.10.2020." in text
    assert "Færre end forventet er godt." in text and "Færre end forventet er godt. demotal" not in text
    assert "Faktisk, Viborg Kommune 5.220 fuldtidspersoner Forventet, Viborg Kommune 5.190" in text
    assert "42 kommuner ligger bedre end Viborg, 55 dårligere eller lige" in text
    assert "Pladserne er ministeriets egne." in text
    assert "Kilde: Jobindsats.dk (STAR), tabel y30r21" in text
    assert "Provinsbykommuner: Danmarks Statistiks inddeling" in text
    assert "Hvad pladsen ikke kan bruges til" in text


def test_an_earlier_day_shows_the_edition_of_that_day(client):
    text = text_of(client, "?kendt=2021-05-01")
    assert "Viborg har 20 personer flere end forventet: nr. 49 af 98" in text
    assert "Forårsudgaven 2021: 4 kvartaler til og med 4. kvt. 2020" in text


def test_the_file_of_the_benchmark_holds_what_the_table_holds(client):
    body = client.get("/sammenlign/forventet.csv?gruppe=082").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
    assert [row["Område"] for row in rows] == [row.name for row in edition_on(timezone.localdate().isoformat()).rows]
    own = next(row for row in rows if row["Kode"] == "791")
    assert (own["Faktisk"], own["Forventet"], own["Forskel i personer"]) == ("4560", "4570", "-10")
    assert (own["Periode"], own["Demotal"], own["I gruppen Region Midtjylland"]) == ("2022-QMAT4", "nej", "ja")
    assert own["Plads"] == "49"


def test_the_api_gives_both_numbers_like_any_others(client):
    answer = client.get("/api/v1/observations/", {"indicator": compare_benchmark.EXPECTED, "area": "791"}).json()[
        "results"
    ]
    answer = [row for row in answer if not row["breakdown"]]
    assert [(row["period"], row["value"], row["synthetic"]) for row in answer][-1] == ("2022-QMAT4", 4570, False)
    assert len(answer) == 6


@pytest.fixture
def benchmark() -> None:
    """An edition for three municipalities, and an older one for Viborg alone."""
    numbers = {"791": ("4100", "4212.4"), "657": ("3950", "3900"), "661": ("2000", "2000")}
    for code in (compare_benchmark.ACTUAL, compare_benchmark.EXPECTED):
        fields = {"unit": "count", "direction": "lower", "frequency": "QMAT", "publisher": "Prøve", "source": "file"}
        Indicator.objects.get_or_create(code=code, defaults={"name": code, "definition": "Til prøve."} | fields)
    newest, older = (periods.parse(text)[1] for text in ("2025QMAT04", "2025QMAT02"))
    cells = [
        Cell(SeriesKey(code, area), newest, Decimal(number))
        for area, pair in numbers.items()
        for code, number in zip((compare_benchmark.ACTUAL, compare_benchmark.EXPECTED), pair, strict=True)
    ]
    cells += [
        Cell(SeriesKey(code, "791"), older, Decimal(9000))
        for code in (compare_benchmark.ACTUAL, compare_benchmark.EXPECTED)
    ]
    write.save(frame_of(cells), source="file", name="benchmark")


def test_the_benchmark_shows_actual_expected_and_the_difference_in_persons(client, benchmark):
    text = text_of(client)
    assert "Færre end forventet er godt." in text
    assert "Forårsudgaven 2026: 4 kvartaler til og med 4. kvt. 2025" in text
    assert "Viborg har 112 personer færre end forventet: nr. 1 af 3" in text
    assert "Faktisk, Viborg Kommune 4.100 fuldtidspersoner Forventet, Viborg Kommune 4.212" in text
    assert "3.900 +50 personer" in text
    assert "Kilde: Jobindsats.dk (STAR), tabel y30r21" in text


def test_real_numbers_are_not_ranked_among_made_up_ones():
    Observation.objects.filter(series__indicator__code__in=compare_benchmark.CODES).delete()
    period = periods.parse("2020QMAT02")[1]

    def cells(*areas: str):
        keys = [SeriesKey(code, area) for code in compare_benchmark.CODES for area in areas]
        return frame_of([Cell(key, period, Decimal(4000)) for key in keys])

    write.save(cells("791", "615"), source="demo", name="demo", synthetic=True)
    write.save(cells("791"), source="file", name="kun-viborg.csv")
    edition = edition_on(timezone.localdate().isoformat())
    assert ([row.name for row in edition.rows], edition.synthetic) == (["Viborg"], False)


def test_internal_indicators_are_not_shown(client, benchmark):
    Indicator.objects.filter(code__in=[compare_benchmark.EXPECTED, "ledige-antal"]).update(visibility="internal")
    text = text_of(client)
    assert "er ikke indlæst" in text
    assert "1.197" not in text
    assert client.get(PATH, {"indikator": "ledige-pct-arbejdsstyrken"}).status_code == 200
    Indicator.objects.filter(code="ledige-pct-arbejdsstyrken").update(visibility="internal")
    data_version.changed()
    assert client.get(PATH, {"indikator": "ledige-pct-arbejdsstyrken"}).status_code == 400


def test_the_fewest_against_what_was_expected_stands_first(benchmark):
    groups = {g.code: g for g in comparison.groups(timezone.localdate())}
    edition = compare_benchmark.newest_edition(groups["provinsbykommuner"], timezone.now())
    assert [row.name for row in edition.rows] == ["Viborg", "Holstebro", "Herning"]
    own, equal, more = benchmark_drawn_rows(edition)
    assert own.x_actual < own.x_expected == equal.x_actual == equal.x_expected < more.x_actual


def test_the_benchmarks_heading_counts_who_lies_better_not_who_has_fewer_than_expected(client):
    text = text_of(client)
    assert "48 kommuner ligger bedre end Viborg, 49 dårligere eller lige" in text
    edition = compare_benchmark.newest_edition(comparison.groups(timezone.localdate())[0], timezone.now())
    assert sum(row.place.number < edition.own.place.number for row in edition.rows) == 48


@pytest.mark.parametrize(("code", "shared"), [("ledige-pct-arbejdsstyrken", True), ("ordinaere-timer-pct", False)])
def test_what_the_sign_of_a_shared_place_means_is_said_where_the_sign_stands(client, code, shared):
    content = client.get(PATH, {"indikator": code, "periode": "2026-05"}).content.decode()
    section = content.split('aria-labelledby="gruppen"')[1].split("</section>")[0]
    assert bool(re.search(r"<td>\d+=</td>", section)) == ("= betyder delt plads." in section) == shared


def test_a_choice_that_does_not_exist_is_answered_with_what_there_is_in_words_for_readers(client):
    answer = client.get("/udforsk/", {"indikator": "findes-ikke"})
    content = answer.content.decode()
    assert answer.status_code == 400 and "allowed" not in content
    assert "mulige værdier." in content and "kontanthjaelp-pct-befolkning" in content
