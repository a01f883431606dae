"""Tidy files as people really make them: what they write for a period, an area, a number, and what is refused."""

from dataclasses import replace

import pytest

from indicators.files import detect
from indicators.files.errors import TidyError
from tests.indicators.files.delivered import (
    COUNT,
    FULL_TIME,
    PERSONS,
    QUARTERLY,
    RANK,
    RUNNING,
    SHARE,
    TIDY,
    VOCABULARY,
    cells,
    left_out,
    one,
    reading_of,
    refusal,
)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("januar 2026", "2026-01"), ("jan 2026", "2026-01"), ("Aug 2026", "2026-08"), ("aug. 2026", "2026-08"),
        ("AUGUST 2026", "2026-08"), ("31.08.2026", "2026-08"), ("2026-01-31", "2026-01"), ("08/2026", "2026-08"),
        ("202608", "2026-08"), ("2026-7", "2026-07"), ("2026M8", "2026-08"), ("jan-26", "2026-01"),
        ("31/08/2026", "2026-08"), ("01/08/2026", "2026-08"), ("2026 M08", "2026-08"), ("2026/8", "2026-08"),
    ],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(text, month):
    assert cells(one(text)) == {(SHARE, "791", month): "8.2"}


@pytest.mark.parametrize(
    "text", ["Q1 2026", "1. kvt. 2026", "1. kvartal 2026", "K1 2026", "2026 Q1", "2026K1", "2026-Q1"]
)
def test_a_quarter_is_read_as_people_write_it(text):
    assert cells(one(text, "61000", indicator=QUARTERLY)) == {(QUARTERLY, "791", "2026-Q1"): "61000"}


@pytest.mark.parametrize("text", ["august", "2026M13", "03/04/2026", "uge 8 2026", "32.08.2026", "2026M07x"])
def test_what_is_no_period_is_refused_with_its_line(text):
    assert f"linje 2, kolonne period: »{text}« er ikke en periode" in refusal(one(text))


@pytest.mark.parametrize("text", ["2026M07*", "juli 2026 (foreløbig)", "2026-07 **", "2026M07 (foreløbige tal)"])
def test_a_marked_period_is_the_period_with_a_provisional_figure(text):
    frame = reading_of(one(text)).frame
    assert (frame.period.tolist(), frame.provisional.tolist()) == ([126 * 12 + 6], [True])


@pytest.mark.parametrize("text", ["2026M11", "2062M01", "2026-12-31"])
def test_a_period_that_is_not_over_has_no_figure(text):
    assert "linje 2, kolonne period: perioden er ikke slut endnu" in refusal(one(text))


def test_the_month_that_ended_last_has_one():
    assert cells(one("2026M10")) == {(SHARE, "791", "2026-10"): "8.2"}


@pytest.mark.parametrize("text", ["1900M01", "1989M12"])
def test_a_period_before_any_source_has_figures_is_refused(text):
    assert "perioden ligger før 1990" in refusal(one(text))


def test_year_to_date_is_no_month_but_where_the_measure_counts_so():
    assert "år til dato (MYTD)" in refusal(one("2020MYTD11", "430", indicator=COUNT))
    assert cells(one("2020MYTD11", "430", indicator=RUNNING)) == {(RUNNING, "791", "2020-11"): "430"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("viborg", "791"), ("VIBORG", "791"), ("Viborg kommune", "791"), ("Viborg Kommune", "791"), ("0791", "791"),
        ("Københavns Kommune", "101"), ("København", "101"), ("Høje Taastrup", "169"), ("Høje-Taastrup", "169"),
        ("Høje Tåstrup", "169"), ("Århus", "751"), ("Aarhus Kommune", "751"), ("Aabenraa", "580"), ("Åbenrå", "580"),
        ("Bornholms Regionskommune", "400"), ("Lyngby Tårbæk", "173"), ("Vesthimmerland", "820"), ("0", "000"),
        ("Hele landet", "000"), ("hele Danmark", "000"), ("81", "081"), ("A\u030arhus", "751"),
    ],
)  # fmt: skip
def test_an_area_is_known_by_its_names(text, code):
    assert cells(one(area=text)) == {(SHARE, code, "2020-02"): "8.2"}


@pytest.mark.parametrize("text", ["Storkøbing", "7910", "79", "Vibor"])
def test_an_area_that_nobody_knows_is_refused(text):
    assert f"området »{text}« findes ikke" in refusal(one(area=text))


def test_every_area_of_the_portal_is_known_in_small_letters_and_none_is_taken_for_another():
    assert len(VOCABULARY.areas) == 109
    assert {VOCABULARY.area(name.lower()): code for name, code in VOCABULARY.areas.items()} == {
        code: code for code in VOCABULARY.areas.values()
    }


def test_rows_for_all_areas_together_or_for_none_are_left_out_and_counted():
    rows = "".join(f"{SHARE};{area};2020M02;5\n" for area in ("I alt", "Uoplyst område", "Christiansø"))
    text = one() + rows
    assert cells(text) == {(SHARE, "791", "2020-02"): "8.2"}
    assert left_out(text) == [
        ("rækker for alle områder under ét (»I alt«)", 1),
        ("rækker uden et område (»Uoplyst område«)", 1),
        ("rækker for Christiansø, som ikke er en kommune", 1),
    ]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_a_space_between_thousands_is_read(space):
    assert cells(one(value=f"1{space}160", indicator=COUNT)) == {(COUNT, "791", "2020-02"): "1160"}
    assert cells(one(value=f"1{space}160{space}250,0", indicator=COUNT)) == {(COUNT, "791", "2020-02"): "1160250"}


def test_a_thousand_point_beside_a_decimal_point_is_read_by_what_is_measured():
    text = f"{TIDY}\n{COUNT};791;2020M02;1.373\n{SHARE};791;2020M02;8.2\n"
    assert cells(text) == {(COUNT, "791", "2020-02"): "1373", (SHARE, "791", "2020-02"): "8.2"}
    assert "»1.373« som 1373" in reading_of(text).notes[0]


@pytest.mark.parametrize(("indicator", "number"), [(COUNT, "1160"), (SHARE, "1.16")])
def test_a_number_alone_that_can_be_read_in_two_ways_is_read_by_what_is_measured(indicator, number):
    assert cells(one(value="1.160", indicator=indicator)) == {(indicator, "791", "2020-02"): number}


@pytest.mark.parametrize("text", ["1234,56", "10,4", "0,5"])
def test_a_count_has_no_decimals(text):
    assert "linje 2, kolonne value: et antal har ingen decimaler" in refusal(one(value=text, indicator=COUNT))


def test_a_count_stays_whole_when_the_file_says_that_its_points_are_decimal():
    assert "et antal har ingen decimaler" in refusal("# decimal: point\n" + one(value="1.373", indicator=COUNT))


@pytest.mark.parametrize("text", ["10,4 %", "7 %", "12%"])
def test_a_count_has_no_percent_sign(text):
    told = refusal(one(value=text, indicator=COUNT))
    assert f"her står et procenttegn, men »{COUNT}« er et antal" in told


@pytest.mark.parametrize("text", ["%", "-%", "- %", ".. %"])
def test_a_percent_sign_without_a_number_is_not_a_missing_figure(text):
    assert "er ikke et tal" in refusal(f"{one()}{SHARE};791;2020M03;{text}\n")


@pytest.mark.parametrize(
    ("text", "told"), [("47,5", "ingen decimaler"), ("99", "nr. 98"), ("0", "nr. 1"), ("5 %", "procenttegn")]
)
def test_a_rank_is_one_of_98(text, told):
    assert told in refusal(one("2020QMAT2", text, indicator=RANK))


@pytest.mark.parametrize("text", ["1", "98"])
def test_the_first_and_the_last_rank_are_read(text):
    assert cells(one("2020QMAT2", text, indicator=RANK)) == {(RANK, "791", "2020-QMAT2"): text}


@pytest.mark.parametrize("name", ["Kontanthjælp, antal personer", "KONTANTHJÆLP, ANTAL PERSONER", PERSONS])
def test_an_indicator_is_known_by_its_name_in_the_portal(name):
    assert cells(one(value="1483", indicator=name)) == {(PERSONS, "791", "2020-02"): "1483"}


def test_two_indicators_of_one_name_are_told_apart_by_their_codes():
    twins = replace(VOCABULARY, names={"Ens": [PERSONS, FULL_TIME]})
    with pytest.raises(TidyError, match=f"skriv koden: {PERSONS}, {FULL_TIME}"):
        detect.read_file(one(value="1483", indicator="Ens").encode(), twins)


def test_a_danish_header_is_read():
    text = f"Indikator;Område;Periode;Værdi;Foreløbig\n{SHARE};Viborg;marts 2020;8,1;ja\n"
    assert cells(text) == {(SHARE, "791", "2020-03"): "8.1"}
    assert reading_of(text).frame.provisional.tolist() == [True]


def test_one_word_in_several_spellings_is_one_value():
    words = ["kvinder", "KVINDER", "Kvinder"]
    rows = [f"{COUNT};791;2020M0{n};{100 + n};{word}" for n, word in enumerate(words, 1)]
    frame = reading_of("\n".join([f"{TIDY};køn", *rows])).frame
    assert [key.breakdown for key in frame.keys] == ["køn=Kvinder"]
    composed, apart = "Påbegyndt", "Pa\u030abegyndt"
    rows = [f"{COUNT};791;2020M0{n};{n};{word}" for n, word in enumerate([apart, composed, "påbegyndt"], 1)]
    frame = reading_of("\n".join([f"{TIDY};forløb", *rows]).replace(TIDY, f"# opdelinger: forløb\n{TIDY}")).frame
    assert [key.breakdown for key in frame.keys] == [f"forløb={composed}"]


def test_the_same_cell_in_two_spellings_is_refused():
    text = f"{TIDY};køn\n{COUNT};791;2020M01;1;Kvinder\n{COUNT};791;2020M01;2;kvinder\n"
    assert "linje 3: samme indikator, område, periode og opdeling står før i filen" in refusal(text)
