"""Tidy CSV files: what is understood, and what is refused with row and column."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.files import tidy
from indicators.files.tidy import TidyError
from indicators.frame import SCALE, Frame
from indicators.missing import MissingReason
from indicators.periods import of
from indicators.vocabulary import Vocabulary

IN_USE = frozenset({"a", "b", *(f"dimension-{letter * 30}" for letter in "abcde")})
VOCABULARY = Vocabulary(
    {"ledige": "M", "placering": "QMAT"},
    {"Hele landet": "000", "Viborg": "791"},
    dimensions_in_use=lambda: IN_USE,
)
HEADER = "indicator;area;period;value"


def read(*lines: str, encoding: str = "utf-8") -> Frame:
    return tidy.read("\n".join(lines).encode(encoding), VOCABULARY)


def values_of(*texts: str, first_lines: tuple[str, ...] = ()) -> list[Decimal | None]:
    rows = [f"ledige;791;{2000 + n // 12}M{n % 12 + 1:02};{text}" for n, text in enumerate(texts)]
    frame = read(*first_lines, HEADER, *rows)
    return [
        None if reason else Decimal(value) / SCALE
        for value, reason in zip(frame.value.tolist(), frame.missing.tolist(), strict=True)
    ]


def refusal(*lines: str) -> TidyError:
    with pytest.raises(TidyError) as error:
        read(*lines)
    return error.value


def test_a_file_becomes_cells_of_series():
    frame = read(HEADER + ";koen;alder", "ledige;0791;2020M03;8,1;k;18-29", "ledige;000;2020-04;7,9;;")
    assert [(*key,) for key in frame.keys] == [("ledige", "791", "alder=18-29;koen=k"), ("ledige", "000", "")]
    assert frame.series.tolist() == [0, 1]
    assert frame.period.tolist() == [of(2020, 3), of(2020, 4)]


def test_an_area_may_be_named():
    lines = ["ledige;Viborg;2020M03;1", "ledige;Viborg Kommune;2020M04;2", "ledige;Hele landet;2020M03;3"]
    assert [key.area for key in read(HEADER, *lines).keys] == ["791", "000"]


def test_a_byte_order_mark_comments_and_danish_names_are_understood():
    frame = read("# Kilde: kommunen", "Indikator;Område;Periode;Værdi", "ledige;791;2020M03;8,1", encoding="utf-8-sig")
    assert frame.value.tolist() == [81_000]


def test_lines_may_end_as_windows_ends_them():
    assert tidy.read(f"{HEADER}\r\nledige;791;2020M03;8,1\r\n".encode(), VOCABULARY).value.tolist() == [81_000]


def test_rows_in_any_order_are_the_same_cells():
    rows = ["ledige;791;2020M03;1", "ledige;000;2020M03;2", "ledige;791;2020M01;3", "ledige;000;2020M01;4"]
    for lines in (rows, rows[::-1]):
        frame = read(HEADER, *lines)
        cells = zip(frame.series.tolist(), frame.period.tolist(), frame.value.tolist(), strict=True)
        found = {(frame.keys[series].area, period): value for series, period, value in cells}
        assert found[("791", of(2020, 3))] == 10_000 and found[("000", of(2020, 1))] == 40_000


def test_numbers_are_read_as_danes_write_them():
    assert values_of("1.373", "7,5 %", "-0,25", "\N{MINUS SIGN}3", "12") == [
        Decimal(text) for text in ("1373", "7.5", "-0.25", "-3", "12")
    ]


@pytest.mark.parametrize("text", ["", "..", "-", " "])
def test_what_stands_for_no_number_is_missing_and_never_zero(text):
    assert values_of(text, "0,5") == [None, Decimal("0.5")]


def test_one_sign_holds_for_the_whole_file():
    assert values_of("1.373", "7,5") == [Decimal("1373"), Decimal("7.5")]
    assert values_of("1,373", "7.5") == [Decimal("1373"), Decimal("7.5")]


def test_a_number_that_can_be_read_in_two_ways_is_refused_until_the_sign_is_declared():
    assert "to måder" in str(refusal(HEADER, "ledige;791;2020M03;1.373", "ledige;791;2020M04;12"))
    assert values_of("1.373", first_lines=("# decimal: comma",)) == [Decimal(1373)]
    assert values_of("1.373", first_lines=("# decimal: point",)) == [Decimal("1.373")]


def test_a_file_that_mixes_the_signs_is_refused_with_one_example_of_each():
    text = str(refusal(HEADER, "ledige;791;2020M03;8.25", "ledige;791;2020M04;7,5"))
    assert "»7,5«" in text and "»8.25«" in text


@pytest.mark.parametrize("text", ["abc", "1e5", "1 37", "8,12345", "12345678901", "1.37", "1..5", "--1", "NaN", "½"])
def test_what_is_no_number_is_refused_with_row_and_column(text):
    told = str(refusal("# decimal: comma", HEADER, "ledige;791;2020M03;1,5", f"ledige;791;2020M04;{text}"))
    assert "linje 4, kolonne value" in told and f"»{text}«" in told


@given(st.lists(st.decimals(-9_999_999_999, 9_999_999_999, places=4), min_size=1, max_size=20))
def test_every_number_the_store_can_keep_survives_the_danish_way_of_writing_it(numbers):
    danish = [f"{number:,.4f}".translate(str.maketrans(",.", ".,")) for number in numbers]
    assert values_of(*danish) == numbers


@given(st.lists(st.decimals(-9_999_999_999, 9_999_999_999, places=2), min_size=1, max_size=20))
def test_every_number_survives_the_english_way_of_writing_it(numbers):
    assert values_of(*(f"{number:,.2f}" for number in numbers)) == numbers


@given(st.text(st.characters(exclude_characters=';"\n\r', codec="utf-8"), max_size=12))
def test_any_text_is_read_as_a_number_refused_or_missing(text):
    try:
        [value, _] = values_of(text, "0,5")
    except TidyError:
        return
    plain = text.strip().removesuffix("%").strip().replace("\N{MINUS SIGN}", "-")
    assert value == (None if plain in ("", "..", "-") else Decimal(plain.replace(".", "").replace(",", ".")))


def test_provisional_figures_and_reasons_have_columns_of_their_own():
    frame = read(
        HEADER + ";provisional;missing", "ledige;791;2020M03;8,1;ja;", "ledige;791;2020M04;;;suppressed",
        "ledige;791;2020M05;..;nej;",
    )  # fmt: skip
    assert frame.provisional.tolist() == [True, False, False]
    assert frame.missing.tolist() == [0, MissingReason.SUPPRESSED, MissingReason.NOT_PUBLISHED]


def test_a_number_with_a_reason_for_its_absence_is_refused():
    assert "både et tal og en grund" in str(refusal(HEADER + ";missing", "ledige;791;2020M03;8,1;suppressed"))


def test_every_fault_is_told_by_cause_with_row_and_column():
    error = refusal(
        HEADER, "ukendt;791;2020M03;1,5", "ledige;999;2020M03;1,5", "ledige;791;2020M13;1,5", "ledige;791;2020M05;x",
        "ledige;791;2020M06;1,5",
    )  # fmt: skip
    lines = str(error).splitlines()
    assert [line for line in lines if line.endswith("(1):")] == [
        "indikatorer (1):",
        "områder (1):",
        "perioder (1):",
        "tal (1):",
    ]
    assert "  linje 3, kolonne area: området »999« findes ikke" in lines
    assert error.rejected == 4


def test_many_faults_of_one_cause_are_counted_rather_than_listed():
    error = refusal(HEADER, *(f"ledige;791;2020M03;{n}x" for n in range(500)))
    assert error.rejected == 500
    assert len(str(error).splitlines()) < 30 and "tal (500):" in str(error)


def test_the_same_cell_twice_is_refused_however_it_is_written():
    told = str(refusal(HEADER, "ledige;791;2020M03;1", "ledige;000;2020M03;1", "ledige;0791;2020-03;1"))
    assert "linje 4: samme indikator, område, periode" in told


def test_an_indicator_has_one_kind_of_period():
    told = str(refusal(HEADER, "ledige;791;2020M03;1", "placering;791;2020M03;56"))
    assert "linje 3, kolonne period: »placering« opgøres pr. rullende fire kvartaler" in told


@pytest.mark.parametrize("number", ["010199-1234", "0101991234", "borger 010199-1234 på ledighed", "290200 1234"])
def test_a_civil_registration_number_refuses_the_file_and_is_never_repeated(number):
    told = str(refusal(HEADER + ";hold", "ledige;791;2020M03;1;a", f"ledige;791;2020M04;1;{number}"))
    assert told == "CPR-numre (1):\n  linje 3, kolonne hold: her står et CPR-nummer; filen er afvist"


def test_a_civil_registration_number_above_the_rows_is_found_too():
    assert "CPR" in str(refusal("# udtræk for 010199-1234", HEADER, "ledige;791;2020M03;1"))


@pytest.mark.parametrize("number", ["3101991234567", "320199-1234", "011399-1234", "2020010112"])
def test_other_long_numbers_are_no_civil_registration_numbers(number):
    assert read(HEADER + ";hold", f"ledige;791;2020M03;1;{number}").keys[0].breakdown == f"hold={number}"


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("provisonal", "ukendt kolonne »provisonal«. Mente du »provisional«?"),
        ("aldr", "ukendt kolonne »aldr«. Mente du »alder«?"),
        ("omdøbt", "ukendt kolonne »omdøbt«. Er den en ny opdeling, så skriv # opdelinger: omdøbt i første linje"),
    ],
)
def test_a_column_that_nobody_knows_is_refused_by_name(column, told):
    assert told in str(refusal(f"{HEADER};{column}", "ledige;791;2020M03;1;ja"))


@pytest.mark.parametrize(
    "line", ["# opdelinger: forløb, lokale", "# Breakdowns: Lokale; forløb", "#opdelinger:lokale forløb"]
)
def test_a_new_breakdown_is_declared_above_the_header(line):
    frame = read("# decimal: comma", line, HEADER + ";forløb;lokale", "ledige;791;2020M03;1;kort;2")
    assert frame.keys[0].breakdown == "forløb=kort;lokale=2"


def test_a_breakdown_that_is_too_long_to_keep_is_refused():
    header = HEADER + "".join(f";dimension-{letter * 30}" for letter in "abcde")
    told = str(refusal(header, "ledige;791;2020M03;1;a;b;c;d;e"))
    assert "linje 2: opdelingen fylder mere end 200 tegn" in told


def test_more_combinations_than_can_be_told_apart_are_refused(monkeypatch):
    monkeypatch.setattr(tidy, "MAX_COMBINATIONS", 3)
    rows = [f"ledige;791;2020M0{n};1;{n};{n}" for n in (1, 2)]
    assert "for mange forskellige opdelinger" in str(refusal(HEADER + ";a;b", *rows))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("indicator;area;period", "kolonnen value mangler"),
        ("indicator;area", "kolonnerne period, value mangler"),
        ("indicator,area,period,value", "de skal adskilles af semikolon"),
        ("indicator;area;period;value;value", "kolonnen value står to gange"),
        ("indicator;area;period;value;", "navn, der ikke kan bruges"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(header, told):
    assert told in str(refusal(header, "ledige;791;2020M03;1"))


def test_rows_of_another_width_are_told_by_line():
    told = str(refusal(HEADER, "ledige;791;2020M03;1", "ledige;791;2020M04;1;2", "", "ledige;791"))
    assert "linje 3: der er 5 felter, men 4 kolonner" in told
    assert "linje 5: der er 2 felter, men 4 kolonner" in told


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", HEADER.encode(), f"{HEADER}\n".encode(), HEADER.encode("cp500")]
)
def test_a_file_without_rows_or_in_another_encoding_is_refused(data):
    with pytest.raises(TidyError):
        tidy.read(data, VOCABULARY)


@settings(deadline=None, max_examples=12)  # what looks like a workbook is read in a process of its own
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    for start in (b"", f"{HEADER}\n".encode(), b"PK\x03\x04"):
        with suppress(TidyError):
            tidy.read(start + data, VOCABULARY)
