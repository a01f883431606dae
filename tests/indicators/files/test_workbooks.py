"""Workbooks as people make them: nothing misread, nothing lost without a word, no CPR number anywhere."""

from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from indicators.files.xlsx_sandbox import sheets_of
from tests.indicators.files.books import HEADER, book, sheet_of, with_parts
from tests.indicators.files.delivered import (
    COUNT,
    FULL_TIME,
    PERSONS,
    SHARE,
    cells,
    left_out,
    reading_of,
    refusal,
)

ROW = [SHARE, "791", "2020M02", 8.2]
EXPECTED = {(SHARE, "791", "2020-02"): "8.2"}
CIVIL_NUMBER, WITHOUT_ZERO = "010180-1234", 101801234


def formatted(number_format: str):
    def dress(sheet):
        sheet["D2"].number_format = number_format

    return dress


@pytest.mark.parametrize("number_format", ["0%", "0.0%", "0.00 %", '0.0"%"%', "[Red]0.0%;-0.0%"])
def test_a_cell_formatted_as_per_cent_is_read_as_it_shows(number_format):
    assert cells(sheet_of([HEADER, [SHARE, "791", "2020M02", 0.082]], formatted(number_format))) == EXPECTED


@pytest.mark.parametrize("number_format", ["General", "0.0", '0.0" %"', "#,##0.0"])
def test_another_format_changes_no_number(number_format):
    assert cells(sheet_of([HEADER, ROW], formatted(number_format))) == EXPECTED


def test_a_count_formatted_as_per_cent_is_refused_with_its_cell():
    told = refusal(sheet_of([HEADER, [COUNT, "791", "2020M02", 12]], formatted("0%")))
    assert "ark »Ark1«, celle D2" in told and "procenttegn" in told


def test_a_formula_without_a_saved_result_is_refused_with_its_cell_and_the_way_out():
    told = refusal(sheet_of([HEADER, [SHARE, "791", "2020M01", "=8+0.1"], ROW]))
    assert "ark »Ark1«, celle D2, linje 2: formlen har ikke noget gemt resultat; åbn regnearket i Excel" in told


def test_all_sheets_with_tables_are_read_and_the_others_named():
    data = book(("2019", [HEADER, [SHARE, "791", "2019M01", 7.9]]), ("Noter", [["Husk!"]]), ("2020", [HEADER, ROW]))
    assert cells(data) == EXPECTED | {(SHARE, "791", "2019-01"): "7.9"}
    assert left_out(data) == [("arket »Noter« har ingen tabel, portalen kender, og er ikke læst", 1)]
    assert reading_of(data).rows == 2


def test_a_hidden_sheet_is_named_and_not_read():
    def hide(made):
        made["Gammel"].sheet_state = "hidden"

    data = book(("Ny", [HEADER, ROW]), ("Gammel", [HEADER, [SHARE, "791", "2019M01", 1]]), then=hide)
    assert cells(data) == EXPECTED
    assert "arket »Gammel« er skjult og er ikke læst" in left_out(data)[0][0]


def test_hidden_rows_are_read_and_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    data = sheet_of([HEADER, ROW, [SHARE, "791", "2020M03", 8.3]], hide)
    assert len(cells(data)) == 2
    assert reading_of(data).notes == ("1 skjulte rækker på arket »Ark1« er læst med",)


def test_hidden_columns_are_read_and_told():
    def hide(sheet):
        sheet.column_dimensions["D"].hidden = True

    assert cells(sheet_of([HEADER, ROW], hide)) == EXPECTED
    assert reading_of(sheet_of([HEADER, ROW], hide)).notes == ("1 skjulte kolonner på arket »Ark1« er læst med",)


def test_sheets_that_agree_count_a_figure_once_and_those_that_contradict_are_refused():
    assert cells(book(("A", [HEADER, ROW]), ("B", [HEADER, ROW]))) == EXPECTED
    other = [*ROW[:3], 9.9]
    assert "to forskellige tal" in refusal(book(("A", [HEADER, ROW]), ("B", [HEADER, other])))


def test_a_fault_is_told_with_its_sheet_and_cell():
    told = refusal(book(("2019", [HEADER, ROW]), ("2020", [HEADER, [SHARE, "999", "2020M01", 1]])))
    assert "ark »2020«, celle B2, linje 2, kolonne area: området »999« findes ikke" in told


def test_a_title_above_a_tidy_table_is_no_header():
    assert cells(sheet_of([["Sygedagpenge, status"], [], HEADER, ROW])) == EXPECTED


def test_a_cell_merged_over_rows_speaks_for_all_of_them():
    rows = [["Kontanthjælp"], ["Område", "Måling", "2026M06", "2026M07"]]
    rows += [["Viborg", "Antal personer", 1490, 1483], [None, "Antal fuldtidspersoner", 1455, 1450]]
    merged = sheet_of(rows, lambda sheet: sheet.merge_cells("A3:A4"))
    assert cells(merged) == {
        (PERSONS, "791", "2026-06"): "1490", (PERSONS, "791", "2026-07"): "1483",
        (FULL_TIME, "791", "2026-06"): "1455", (FULL_TIME, "791", "2026-07"): "1450",
    }  # fmt: skip
    assert "linje 4: området mangler" in refusal(sheet_of(rows))


@pytest.mark.parametrize("moment", [date(2020, 2, 1), date(2020, 2, 29), "feb. 2020", 202002])
def test_a_date_is_the_month_that_it_is_in(moment):
    assert cells(sheet_of([HEADER, [SHARE, 791, moment, 8.2]])) == EXPECTED


def test_numbers_that_lost_their_zeros_are_known():
    assert cells(sheet_of([HEADER, [SHARE, 0, "2020M02", 8.2]])) == {(SHARE, "000", "2020-02"): "8.2"}


def test_thousands_of_rows_are_read():
    months = [f"{year}M{month:02}" for year in range(1996, 2026) for month in range(1, 13)]
    rows = [
        [SHARE, code, month, 5.5]
        for code in ("791", "101", "615", "657", "740", "746", "751", "756")
        for month in months
    ]
    assert reading_of(sheet_of([HEADER, *rows])).rows == 2880
    assert reading_of(book(("A", [HEADER, *rows[:650]]), ("B", [HEADER, *rows[650:]]))).rows == 2880


def test_twenty_columns_on_many_rows_are_within_the_limits():
    [sheet] = sheets_of(sheet_of([list(range(20))] * 3000))
    assert len(sheet.rows) == 3000


def hidden_sheet(made):
    made.create_sheet("Skjult").append(["Borger", CIVIL_NUMBER])
    made["Skjult"].sheet_state = "hidden"


def very_hidden_number(made):
    made.create_sheet("Skjult").append(["Borger", WITHOUT_ZERO])
    made["Skjult"].sheet_state = "veryHidden"


def hidden_row(made):
    made["Ark1"].append([SHARE, "791", "2020M03", WITHOUT_ZERO])
    made["Ark1"].row_dimensions[3].hidden = True


def far_cell(made):
    made["Ark1"]["Z90"] = CIVIL_NUMBER


def comment(made):
    made["Ark1"]["D2"].comment = Comment(f"ring til {CIVIL_NUMBER}", "A. Ansat")


def properties(made):
    made.properties.title = f"Sag {CIVIL_NUMBER}"


def keywords(made):
    made.properties.keywords = "0101801234"


def defined_name(made):
    made.defined_names["borger"] = DefinedName("borger", attr_text=f'"{CIVIL_NUMBER}"')


def footer(made):
    made["Ark1"].oddFooter.center.text = f"Udskrevet for {CIVIL_NUMBER}"


def sheet_name(made):
    made.create_sheet(CIVIL_NUMBER)


def link(made):
    made["Ark1"]["A1"].hyperlink = f"https://sag.example/{CIVIL_NUMBER}"


@pytest.mark.parametrize(
    "place",
    [hidden_sheet, very_hidden_number, hidden_row, far_cell, comment, properties, keywords, defined_name, footer,
     sheet_name, link],
)  # fmt: skip
def test_a_civil_registration_number_anywhere_refuses_the_workbook_and_is_not_repeated(place):
    told = refusal(book(("Ark1", [HEADER, ROW]), then=place))
    assert "CPR-nummer" in told
    assert "010180" not in told and "801234" not in told


@pytest.mark.parametrize(
    "part", [f"<a><t>{CIVIL_NUMBER}</t></a>", f'<a><s v="{CIVIL_NUMBER}"/></a>', "<a><t>010180</t><t>-1234</t></a>"]
)
def test_one_in_a_part_that_no_sheet_shows_is_found(part):
    data = with_parts(sheet_of([HEADER, ROW]), xl__pivotCache__pivotCacheRecords1=part.encode())
    if "</t><t>" in part:  # two cells are not one number
        assert cells(data) == EXPECTED
    else:
        assert "CPR-nummer" in refusal(data)


@pytest.mark.parametrize(
    "number", [250000000, 5932654, 1234567890, 3212345678, 0.0101801234, 0.0612345678, 44561.5, 991231234]
)
def test_other_long_numbers_on_another_sheet_refuse_nothing(number):
    assert cells(book(("Ark1", [HEADER, ROW]), ("Noter", [["Tal"], [number]]))) == EXPECTED


def test_an_amount_shown_with_thousands_is_no_civil_registration_number_unless_its_checksum_is_right():
    def amounts(number):
        def dress(made):
            made.create_sheet("Beløb").append([number])
            made["Beløb"]["A1"].number_format = "#,##0"

        return book(("Ark1", [HEADER, ROW]), then=dress)

    assert cells(amounts(WITHOUT_ZERO)) == EXPECTED
    # 0101801233 by the weights 4 3 2 7 6 5 4 3 2 1: 3 + 7 + 48 + 4 + 6 + 6 + 3 = 77, which 11 divides
    assert "CPR-nummer" in refusal(amounts(101801233))
