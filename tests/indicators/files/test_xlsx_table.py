"""Tidy files as XLSX, and the spreadsheets that would hurt."""

import zlib
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from indicators.files import detect, xlsx_sandbox
from indicators.files.tidy import TidyError
from indicators.periods import of
from indicators.vocabulary import Vocabulary

VOCABULARY = Vocabulary({"ledige": "M"}, {"Hele landet": "000", "Viborg": "791"})
HEADER = ["indicator", "area", "period", "value"]


def workbook(*rows: list) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(TidyError) as error:
        detect.read(data, VOCABULARY)
    return str(error.value)


def test_numbers_texts_and_dates_are_read_as_they_are_meant():
    frame = detect.read(
        workbook(
            ["# Kilde: kommunen"],
            [*HEADER, "alder", "foreløbig"],
            ["ledige", 791, "2020M03", 7.5, "18-29", True],
            [],
            ["ledige", "0791", date(2020, 4, 1), "1.373", None, None],
            ["ledige", 0, "2020-05", "7,5 %"],
            ["ledige", 0, "2020-06", 0.1 + 0.2],
        ),
        VOCABULARY,
    )
    assert frame.value.tolist() == [75_000, 13_730_000, 75_000, 3_000]
    assert frame.period.tolist() == [of(2020, month) for month in (3, 4, 5, 6)]
    assert [key.area for key in frame.keys] == ["791", "791", "000"]
    assert frame.provisional.tolist() == [True, False, False, False]


def test_faults_are_told_by_the_row_of_the_sheet():
    told = refusal(workbook(HEADER, [], ["ledige", 791, "2020M03", 1], ["ledige", 999, "2020M04", 2]))
    assert "linje 4, kolonne area" in told


def test_a_number_with_more_decimals_than_can_be_kept_is_refused():
    assert "4 efter kommaet" in refusal(workbook(HEADER, ["ledige", 791, "2020M03", 1 / 3]))


def test_a_civil_registration_number_typed_as_a_number_refuses_the_file():
    told = refusal(workbook(HEADER, ["ledige", 791, "2020M03", 2412991234]))
    assert "CPR" in told and "2412991234" not in told


def test_a_sheet_that_unpacks_to_much_more_than_it_is_is_refused_unread():
    bomb = with_part(workbook(HEADER), "xl/worksheets/sheet1.xml", b"<a>" + bytes(30_000_000))
    assert len(bomb) < 60_000
    assert "for stort" in refusal(bomb)


def test_a_document_type_is_refused():
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert "DTD" in refusal(with_part(workbook(HEADER), "xl/worksheets/sheet1.xml", xml))


def test_entities_are_refused_in_any_encoding():
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "DTD" in refusal(with_part(workbook(HEADER), "xl/worksheets/sheet1.xml", xml.encode("utf-16")))


def test_an_archive_of_very_many_parts_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for number in range(xlsx_sandbox.MAX_ENTRIES + 1):
            archive.writestr(str(number), "")
    assert "for stort" in refusal(out.getvalue())


@pytest.mark.parametrize("limit", ["MAX_ROWS", "MAX_CELLS"])
def test_a_sheet_of_very_many_rows_is_refused(monkeypatch, limit):
    monkeypatch.setattr(xlsx_sandbox, limit, 3)
    rows = [["ledige", 791, f"2020-{month:02}", month] for month in range(1, 6)]
    with pytest.raises(xlsx_sandbox.SheetError, match="for stort"):
        xlsx_sandbox.write_sheets(workbook(HEADER, *rows), [].append)


def test_a_workbook_whose_reader_dies_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx_sandbox.sys, "executable", "/bin/false")
    assert "kan ikke læses" in refusal(workbook(HEADER, ["ledige", 791, "2020M03", 1]))


def test_a_part_that_is_not_what_it_says_is_refused():
    data = bytearray(workbook(HEADER, ["ledige", 791, "2020M03", 1]))
    place = data.find(zlib.compress(b"")[:1], 200)
    data[place : place + 400] = bytes(400)
    assert refusal(bytes(data))


@pytest.mark.parametrize("rows", [[], [HEADER], [["# kun en note"]]])
def test_a_sheet_without_rows_is_refused(rows):
    assert refusal(workbook(*rows))
