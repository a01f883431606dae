"""Figures as Jobindsats hands them out: long and wide, with titles and notes, and answers of its old version."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.files import detect
from indicators.files.tidy import TidyError
from indicators.frame import SCALE
from indicators.periods import of
from indicators.vocabulary import Vocabulary
from tests.indicators.files.test_xlsx_table import workbook

COUNT, SHARE = "Antal fuldtidspersoner", "Fuldtidspersoner i pct. af arbejdsstyrken"
VOCABULARY = Vocabulary(
    {"antal": "M", "andel": "M"},
    {"Hele landet": "000", "Viborg": "791"},
    labels={COUNT: ["antal"], SHARE: ["andel"]},
)
LONG = [
    ["Kontanthjælp"],
    ["Hentet 22.08.2026"],
    [],
    ["Periode", "Område", "Køn", COUNT, SHARE],
    ["2020M03", "Viborg", "Køn i alt", "1.373", "7,5 %"],
    ["2020M03", "Viborg", "Kvinder", "600", "3,2 %"],
    ["2020M04", "Viborg Kommune", "Køn i alt", "-", ".."],
    ["2020M04", "Christiansø", "Køn i alt", "", ""],
    [],
    ["Kilde: Jobindsats.dk"],
]
WIDE = [
    [COUNT],
    ["Område", "Køn", "2020M03", "2020M04"],
    ["Viborg", "I alt", "1.373", "-"],
    ["Viborg", "Kvinder", "600", "5"],
    ["Note: tallene er foreløbige"],
]
EXPECTED = {("antal", "791", 3): 1373, ("antal", "791", 4): None}
SHARES = {("andel", "791", 3): Decimal("7.5"), ("andel", "791", 4): None}


def test_a_number_that_cannot_be_is_refused_with_its_row():
    impossible = [[cell.replace("7,5 %", "250 %") for cell in row] for row in LONG]
    units = replace(VOCABULARY, units={"antal": "count", "andel": "percent"})
    with pytest.raises(TidyError, match="linje 5: en andel ligger fra 0 til 100 %"):
        detect.read(as_csv(impossible), units)


def as_csv(rows: list[list]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode("utf-8-sig")


def as_version_2(rows: list[list]) -> bytes:
    variables = [{"Name": f"v{n}", "Label": label} for n, label in enumerate(rows[3])]
    data = [[cell or None for cell in row] for row in rows[4:8]]
    return json.dumps([{"Variables": variables, "Data": data}]).encode()


def read(data: bytes) -> dict:
    frame = detect.read(data, VOCABULARY)
    return {
        (frame.keys[s].indicator, frame.keys[s].area, period - of(2020, 1) + 1): (
            None if missing else Decimal(value) / SCALE
        )
        for s, period, value, missing in zip(
            *(getattr(frame, name).tolist() for name in ("series", "period", "value", "missing")), strict=True
        )
    }


def refusal(data: bytes) -> str:
    with pytest.raises(TidyError) as error:
        read(data)
    return str(error.value)


@pytest.mark.parametrize("shape", [as_csv, as_version_2, lambda rows: workbook(*rows)])
def test_a_long_layout_is_read_in_every_wrapping(shape):
    assert read(shape(LONG)) == EXPECTED | SHARES


def test_a_workbook_with_numbers_of_its_own_is_read_as_it_stands():
    rows = [["Titel"], ["Periode", "Område", COUNT, SHARE], ["2020M03", "Viborg", 1373, 7.5]]
    assert read(workbook(*rows)) == {("antal", "791", 3): 1373, ("andel", "791", 3): Decimal("7.5")}


@pytest.mark.parametrize("shape", [as_csv, lambda rows: workbook(*rows)])
def test_a_wide_layout_takes_its_measure_from_the_title(shape):
    assert read(shape([["Periode:", "marts-april"], *WIDE] if shape is as_csv else WIDE)) == EXPECTED


@pytest.mark.parametrize("column", range(5))
def test_a_column_that_is_renamed_is_refused_or_left_out_by_name(column):
    rows = [list(row) for row in LONG]
    old, rows[3][column] = rows[3][column], "Noget nyt"
    if column == 2:  # a grouping may be called anything: only its total is used
        assert read(as_csv(rows)) == EXPECTED | SHARES
    elif column < 2:
        assert old in refusal(as_csv(rows))
    else:
        reading = detect.read_file(as_csv(rows), VOCABULARY)
        assert "kolonner, portalen ikke bruger: »Noget nyt«" in [found.text for found in reading.left_out]
        assert read(as_csv(rows)) == (SHARES if column == 3 else EXPECTED)


def test_a_table_of_which_no_column_is_known_is_refused_by_name():
    rows = [list(row) for row in LONG]
    rows[3][3:] = ["Noget nyt", "Noget andet"]
    assert "»Noget nyt«, »Noget andet«" in refusal(as_csv(rows))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1.373", "1.373 ca.", "ikke et tal"),
        ("Viborg Kommune", "Storkøbing", "»Storkøbing« findes ikke"),
        ("2020M04", "2020M03", "to gange"),
        ("2020M04", "2020K1", "opgøres ikke"),
        ("7,5 %", "7.5 %", "tal"),
        ("22.08.2026", "010170-1234", "CPR"),
        ("i alt", "mænd", "totalen"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_a_reason(old, new, told):
    text = as_csv(LONG).decode("utf-8-sig").replace(old, new)
    said = refusal(text.encode())
    assert told in said and "010170-1234" not in said
