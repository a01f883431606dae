"""Tables as they are downloaded from Jobindsats: what is used of them, what is left out and told, and what is asked."""

import pytest

from indicators.files.reading import Doubt
from tests.indicators.files.books import sheet_of
from tests.indicators.files.delivered import FULL_TIME, PERSONS, cells, left_out, reading_of, refusal

HEAD = "Periode;Område;Antal personer;Antal fuldtidspersoner"
BOTH = {
    (PERSONS, "791", "2026-06"): "1539", (PERSONS, "791", "2026-07"): "1483",
    (FULL_TIME, "791", "2026-06"): "1501", (FULL_TIME, "791", "2026-07"): "1450",
}  # fmt: skip
ROWS = ["2026M06;Viborg;1.539;1.501", "2026M07;Viborg;1.483;1.450"]


def export(*rows: str, head: str = HEAD) -> str:
    return "\n".join(["Kontanthjælp", "", head, *rows]) + "\n"


def test_a_table_with_columns_that_the_portal_does_not_use_is_read_and_they_are_named():
    text = export(
        "2026M06;Viborg;Ydelsesgrupper i alt;1.539;1.501;12,1;4.321",
        "2026M06;Viborg;Jobparate;700;650;5,5;2.000",
        head="Periode;Område;Ydelsesgrupper;Antal personer;Antal fuldtidspersoner;Gennemsnitlig varighed;Antal forløb",
    )
    assert cells(text) == {(PERSONS, "791", "2026-06"): "1539", (FULL_TIME, "791", "2026-06"): "1501"}
    assert left_out(text) == [
        ("kolonner, portalen ikke bruger: »Gennemsnitlig varighed«, »Antal forløb«", 2),
        ("rækker for undergrupper i »Ydelsesgrupper« (kun totalen bliver læst)", 1),
    ]


@pytest.mark.parametrize("months", [("2026M06", "2026M07"), ("Jun 2026", "Jul 2026"), ("juni 2026", "31.07.2026")])
def test_periods_may_be_written_in_words(months):
    rows = [row.replace("2026M06", months[0]).replace("2026M07", months[1]) for row in ROWS]
    assert cells(export(*rows)) == BOTH


def test_a_starred_month_is_provisional_and_its_note_is_counted():
    text = export(ROWS[0], ROWS[1].replace("2026M07", "2026M07*"), "* foreløbige tal;;;")
    assert cells(text) == BOTH
    assert reading_of(text).frame.provisional.tolist() == [False, False, True, True]
    assert left_out(text) == [("noter under tabellen", 1)]


@pytest.mark.parametrize("period", ["2026M7x", "2026M13", "", "Kilde"])
def test_a_row_with_figures_and_no_period_is_refused_with_its_line(period):
    text = export(*ROWS, f"{period};Viborg;1.400;1.390")
    assert f"linje 6: »{period}« er ikke en periode" in refusal(text)


def test_a_row_with_figures_and_no_area_is_refused_with_its_line():
    assert "linje 5: området mangler" in refusal(export(ROWS[0], ";".join(["2026M07", "", "1", "1"])))


def test_sums_of_areas_and_of_periods_are_left_out():
    text = export(*ROWS, "2026M07;I alt;99;99", "2026M07;Uoplyst område;9;9", "I alt;Viborg;3.022;2.951")
    assert cells(text) == BOTH
    assert [count for _, count in left_out(text)] == [1, 1, 1]


def test_choices_above_the_table_are_not_its_header():
    rows = [
        ["Personer på kontanthjælp"], ["Periode", "Seneste 2 måneder"], ["Område", "Viborg"],
        ["Periode", "Område", "Antal personer", "Antal fuldtidspersoner"],
        ["2026M06", "Viborg", 1539, 1501], ["2026M07", "Viborg", 1483, 1450],
    ]  # fmt: skip
    assert cells(sheet_of(rows)) == BOTH
    rows[1:3] = [["Periode", "2026M06", "2026M07"], ["Område", "Viborg", "Hele landet"]]
    assert cells(sheet_of(rows)) == BOTH


def test_one_period_across_is_a_wide_table():
    rows = [["Kontanthjælp"], ["Område", "Måling", "2026M07"], ["Hele landet", "Antal personer", 89000]]
    rows.append(["Viborg", "Antal personer", 1483])
    assert cells(sheet_of(rows)) == {(PERSONS, "000", "2026-07"): "89000", (PERSONS, "791", "2026-07"): "1483"}


def test_an_unknown_measure_in_a_wide_table_is_named_and_counted():
    rows = [["Kontanthjælp"], ["Område", "Måling", "2026M07"], ["Viborg", "Antal personer", 1483]]
    rows.append(["Viborg", "Antal forløb", 1600])
    assert cells(sheet_of(rows)) == {(PERSONS, "791", "2026-07"): "1483"}
    assert left_out(sheet_of(rows)) == [("rækker med målingen »Antal forløb«, som portalen ikke kender", 1)]


def test_a_wide_table_without_a_known_measure_is_refused_by_its_title():
    told = refusal(sheet_of([["Antal forløb"], ["Område", "2026M06", "2026M07"], ["Viborg", 1, 2]]))
    assert "ukendt måling »Antal forløb«" in told


def test_a_row_that_is_repeated_counts_once_and_one_that_contradicts_refuses():
    assert cells(export(*ROWS, ROWS[1])) == BOTH
    assert ("tal, som står ens to gange", 2) in left_out(export(*ROWS, ROWS[1]))
    assert "står to gange for samme periode" in refusal(export(*ROWS, "2026M07;Viborg;1.484;1.450"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1.483", "1.483,5", "et antal har ingen decimaler"), ("1.483", "10,4 %", "her står et procenttegn"),
        ("1.483", "%", "er ikke et tal"), ("2026M07", "2026M12", "perioden er ikke slut endnu"),
        ("2026M07", "1900M01", "perioden ligger før 1990"), ("2026M07", "2026MYTD07", "år til dato"),
        ("1.483", "101801234", "CPR-nummer"), ("1.483", "-3", "under 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_an_export_too(old, new, told):
    assert told in refusal(export(*ROWS).replace(old, new))


def test_a_second_table_below_the_first_is_refused_and_a_repeated_header_is_not():
    assert cells(export(ROWS[0], HEAD, ROWS[1])) == BOTH
    other = "Periode;Område;Antal fuldtidspersoner;Antal personer"
    assert "linje 5: her begynder en tabel til" in refusal(export(ROWS[0], other, ROWS[1]))


def test_a_file_that_says_nothing_of_its_benefit_is_in_doubt():
    text = "\n".join([HEAD, *ROWS])
    assert reading_of(text).doubts == (
        Doubt("Antal fuldtidspersoner", (FULL_TIME,)), Doubt("Antal personer", (PERSONS,)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "above", ["Kontanthjælp", "Personer på kontanthjælp", "Tabel y60a02", "KONTANTHJÆLPSMODTAGERE"]
)
def test_a_file_that_names_the_benefit_or_the_table_is_not(above):
    assert reading_of("\n".join([above, HEAD, *ROWS])).doubts == ()
    assert reading_of("\n".join([HEAD, *ROWS, f"Kilde: {above}"])).doubts == ()


def test_the_name_of_the_file_may_name_the_benefit():
    text = "\n".join([HEAD, *ROWS])
    assert reading_of(text, "kontanthjaelp_2026").doubts == ()
    assert len(reading_of(text, "sygedagpenge-2026").doubts) == 2


def test_a_file_that_names_another_benefit_is_in_doubt():
    assert len(reading_of("\n".join(["Personer på sygedagpenge", HEAD, *ROWS])).doubts) == 2
