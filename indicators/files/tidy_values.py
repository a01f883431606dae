"""The numbers of a tidy table: one decimal sign for all, or the measure where one can be read in two ways. Pure."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from indicators.files import number_parsing
from indicators.files.csv_table import Table
from indicators.files.errors import Cause, Problem
from indicators.files.findings import Findings, Read
from indicators.files.number_parsing import Decimals, MixedDecimalsError
from indicators.frame import SCALE
from indicators.missing import MissingReason
from indicators.value_ranges import FRACTIONS, RANGES
from indicators.vocabulary import Vocabulary

TWO_WAYS = (
    "»{text}« kan læses på to måder; skriv # decimal: comma eller # decimal: point i første linje,"
    " eller skriv tallene uden tusindtegn"
)
NO_NUMBER = "»{text}« er ikke et tal, portalen kan læse (højst 10 cifre før og 4 efter kommaet)"
PERCENT_OF_COUNT = "her står et procenttegn, men »{code}« er {what}; er det den rigtige indikator?"
WHAT = {"count": "et antal", "rank": "en placering"}


def read_values(
    table: Table, indicators: Read | None, vocabulary: Vocabulary, findings: Findings
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Ten-thousandths, the reasons for those that are missing, and notes. Without indicators no measure is asked."""
    column = table.columns["value"]
    texts = number_parsing.trimmed(column.texts)
    absent = number_parsing.is_missing(texts)
    value, notes = _signed(table, texts, absent, indicators, vocabulary, findings)
    missing = np.where(absent, np.int8(MissingReason.NOT_PUBLISHED), np.int8(0))[column.codes]
    for row, number in table.numbers.items():
        value[row], missing[row] = number, 0
    if indicators is not None:
        _refuse_percent_of_counts(table, indicators, vocabulary, findings)
    return value, missing, notes


def _signed(
    table: Table, texts: pa.Array, absent: np.ndarray, indicators: Read | None, vocabulary: Vocabulary,
    findings: Findings,
) -> tuple[np.ndarray, list[str]]:  # fmt: skip
    codes = table.columns["value"].codes
    try:
        sign = Decimals(table.decimal) if table.decimal else number_parsing.detect(texts)
    except MixedDecimalsError as error:
        findings.problems.append(Problem(Cause.DECIMALS, str(error), None, "value", 1, table.sheet))
        return np.zeros(len(codes), np.int64), []
    wrong = ~absent & ~number_parsing.is_number(texts, sign or Decimals.COMMA)
    if wrong.any():
        rows = np.flatnonzero(wrong[codes])
        rows = rows[~np.isin(rows, list(table.numbers))] if table.numbers else rows
        findings.add(Cause.NUMBER, "value", rows, lambda row: NO_NUMBER.format(text=texts[codes[row]].as_py()[:40]))
    value = number_parsing.values(texts, sign or Decimals.COMMA)[codes]
    unclear = number_parsing.two_ways(texts) if not table.decimal else np.zeros(len(texts), bool)
    if not unclear.any():
        return value, []
    return _by_measure(texts, codes, np.flatnonzero(unclear[codes]), value, sign, indicators, vocabulary, findings)


def _by_measure(
    texts: pa.Array, codes: np.ndarray, rows: np.ndarray, value: np.ndarray, sign: Decimals | None,
    indicators: Read | None, vocabulary: Vocabulary, findings: Findings,
) -> tuple[np.ndarray, list[str]]:  # fmt: skip
    """`1.373` is 1,373 persons in no measure, and 1373 % in none: what a measure can be decides, if it does."""
    readings = {each: number_parsing.values(texts, each)[codes[rows]] for each in Decimals}
    fits = {each: np.zeros(len(rows), bool) for each in Decimals}
    for of_unit, unit, whole in _units(indicators, vocabulary, rows):
        for each in Decimals:
            fits[each] |= of_unit & _can_be(readings[each], unit, whole)
    only_comma, only_point = fits[Decimals.COMMA] & ~fits[Decimals.POINT], fits[Decimals.POINT] & ~fits[Decimals.COMMA]
    if sign is None and len(open_rows := rows[~only_comma & ~only_point]):
        text = TWO_WAYS.format(text=texts[codes[open_rows[0]]].as_py())
        findings.problems.append(Problem(Cause.DECIMALS, text, None, "value", 1, findings.table.sheet))
    if sign is Decimals.COMMA:  # a decimal comma elsewhere: what has another sign is a slip, and is refused
        return value, []
    chosen = only_comma if sign is Decimals.POINT else np.ones(len(rows), bool)
    best = np.where(only_point, readings[Decimals.POINT], readings[Decimals.COMMA])
    value[rows[chosen]] = best[chosen]
    return value, _note(texts, codes, rows[chosen], value) if chosen.any() else []


def _note(texts: pa.Array, codes: np.ndarray, rows: np.ndarray, value: np.ndarray) -> list[str]:
    shown = f"{value[rows[0]] / SCALE:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    text = texts[codes[rows[0]]].as_py()
    return [f"{len(rows)} tal kunne læses på to måder og er læst efter, hvad der måles: »{text}« som {shown}"]


def _units(indicators: Read | None, vocabulary: Vocabulary, rows: np.ndarray) -> Iterator[tuple[np.ndarray, str, bool]]:
    """Which of the rows are in each unit, and whether its numbers are whole."""
    if indicators is None:
        return
    kinds = [(vocabulary.units.get(code, ""), code not in vocabulary.fractional) for code in indicators.meanings]
    for unit, whole in sorted(set(kinds)):
        if unit in RANGES:
            yield np.array([kind == (unit, whole) for kind in kinds])[indicators.codes[rows]], unit, whole


def _can_be(value: np.ndarray, unit: str, whole: bool) -> np.ndarray:
    low, high = RANGES[unit]
    inside = (value >= low) & (value <= high)
    return inside & (value % SCALE == 0) if whole and unit in FRACTIONS else inside


def _refuse_percent_of_counts(table: Table, indicators: Read, vocabulary: Vocabulary, findings: Findings) -> None:
    column = table.columns["value"]
    marked = number_parsing.has_percent(column.texts)
    if not marked.any() and not table.percents:
        return
    signed = marked[column.codes]
    signed[list(table.percents)] = True
    units = [vocabulary.units.get(code, "") for code in indicators.meanings]
    counted = np.array([unit in WHAT for unit in units])[indicators.codes]
    if len(rows := np.flatnonzero(signed & counted)):

        def say(row: int) -> str:
            place = indicators.codes[row]
            return PERCENT_OF_COUNT.format(code=indicators.meanings[place], what=WHAT[units[place]])

        findings.add(Cause.NUMBER, "value", rows, say)
