"""CSV files as Excel and others really write them: what stands above and between the rows, in which letters."""

import pytest

from tests.indicators.files.delivered import COUNT, SHARE, TIDY, cells, left_out, one, reading_of, refusal

EXPECTED = {(SHARE, "791", "2020-02"): "8.2"}


def test_a_line_that_names_the_separator_is_skipped_and_followed():
    assert cells("sep=;\n" + one()) == EXPECTED
    assert cells('"sep=;"\r\n' + one()) == EXPECTED
    assert cells("sep=\t\n" + one().replace(";", "\t")) == EXPECTED
    assert cells("sep=,\n" + one(value='"8,2"').replace(";", ",")) == EXPECTED


def test_tabs_are_read():
    assert cells(one().replace(";", "\t")) == EXPECTED


def test_commas_between_columns_are_refused_in_words():
    assert "adskilt af komma; de skal adskilles af semikolon" in refusal(one(value="8.2").replace(";", ","))


@pytest.mark.parametrize("blank", [";;;\n", "\n", "   \n", " ; ;;\n", ";;;\n\n;;;\n"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_rows_with_nothing_in_them_are_skipped(blank, ends):
    text = one() + blank + f"{SHARE};791;2020M03;8,3\n" + blank
    assert cells(text.replace("\n", ends)) == EXPECTED | {(SHARE, "791", "2020-03"): "8.3"}


def test_skipped_rows_are_counted_and_the_lines_after_them_keep_their_numbers():
    assert left_out(one() + ";;;\n;;;\n;;;\n") == [("tomme rækker", 3)]
    assert "linje 4, kolonne value: »x« er ikke et tal" in refusal(one() + f";;;\n{SHARE};791;2020M03;x\n")
    assert "linje 4, kolonne value: »x« er ikke et tal" in refusal(one() + f"\n{SHARE};791;2020M03;x\n")


def test_columns_with_neither_name_nor_contents_are_skipped():
    assert cells(f"{TIDY};;\n{SHARE};791;2020M02;8,2;;\n") == EXPECTED
    assert "navn, der ikke kan bruges" in refusal(f"{TIDY};;\n{SHARE};791;2020M02;8,2;;note\n")


def test_a_title_above_the_header_is_skipped_and_told():
    text = "Sygedagpenge, status\n\nTrukket 1. marts 2020\n" + one()
    assert cells(text) == EXPECTED
    assert reading_of(text).notes == ("2 linjer over tabellen er ikke læst som tal",)
    assert "linje 5, kolonne value" in refusal("Titel\n\n\n" + one(value="x"))


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_other_letters_than_utf_8_are_read_and_told(encoding, name):
    data = f"Indikator;Område;Periode;Værdi\n{SHARE};Høje-Taastrup;2020M02;8,2\n".encode(encoding)
    assert cells(data) == {(SHARE, "169", "2020-02"): "8.2"}
    assert name in reading_of(data).notes[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n", "filen er et billede"),
        (b"\xff\xd8\xff\xe0JFIF", "filen er et billede"),
        (b"%PDF-1.7", "filen er en PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gammelt Excel-ark (.xls); åbn den i Excel"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "beskyttet med adgangskode; fjern den",
        ),
        (b"<html><table>", "webside eller XML; åbn den i Excel"),
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument-ark (.ods)",
        ),
        (bytes(range(256)), "ikke en tekstfil"),
    ],
)
def test_what_is_no_file_of_figures_is_told_what_it_is_and_what_to_do(data, told):
    assert told in refusal(data)


def test_a_file_with_headers_alone_is_told_so():
    for text in (f"{TIDY}\n", f"{TIDY}\n;;;\n", f"{TIDY}\n\n\n"):
        assert "filen har kun overskrifter og ingen rækker" in refusal(text)


def test_what_is_missing_in_a_header_is_told_in_the_files_words():
    assert "kolonnen value mangler (værdi)" in refusal(f"indikator;område;periode\n{COUNT};791;2020M02\n")


@pytest.mark.parametrize(
    "row",
    [
        f"{COUNT};791;2020M02;1;010180-1234",
        f"{COUNT};791;2020M02;1;0101801234",
        f"{COUNT};791;2020M02;1;101801234",
        f"{COUNT};791;2020M02;1;010180 - 1234",
        f"{COUNT};791;2020M02;1;010180\u00a01234",
        f"{COUNT};791;2020M02;101801234;",
        f"{COUNT};101801234;2020M02;1;",
        f"{COUNT};I alt;2020M02;1;101801234",
        "Note;101801234;;;",
    ],
)
def test_a_civil_registration_number_in_any_cell_refuses_the_file_and_is_not_repeated(row):
    told = refusal(f"{TIDY};medarbejder\n{row}\n")
    assert "CPR-nummer" in told and "1801234" not in told and "1234" not in told


@pytest.mark.parametrize("text", ["Udtræk for 010180-1234\n", "# 0101801234\n"])
def test_one_above_the_table_refuses_it_too(text):
    assert "CPR-nummer" in refusal(text + one())


@pytest.mark.parametrize("number", ["101.801.234", "250000000", "5932654", "991231234", "1234567890"])
def test_a_large_count_is_no_civil_registration_number(number):
    expected = number.replace(".", "")
    assert cells(one(value=number, indicator=COUNT)) == {(COUNT, "791", "2020-02"): expected}
