"""Tidy files (CSV or XLSX) to frames: every cell understood, or the file refused with all its faults. Pure.

Columns: indicator, area, period, value; optionally provisional (ja/nej) and missing (a reason, as `suppressed`);
every further column is a breakdown dimension: a common one, one in use in the portal, or one that a first line
`# opdelinger: NAME, NAME` declares. Any other is refused by name. A line `# decimal: comma` or `# decimal: point`
declares the decimal sign; without it the sign is found from all numbers of the file together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from accounts.civil_numbers import FORM, holds_civil_number
from indicators import periods
from indicators.files import number_parsing
from indicators.files.breakdown_columns import COMMON, declared, unknown_column
from indicators.files.csv_table import RESERVED, Column, Table, csv_table
from indicators.files.errors import SHOWN, Cause, Problem, TidyError
from indicators.files.number_parsing import Decimals, MixedDecimalsError
from indicators.frame import Frame, SeriesKey, breakdown_text
from indicators.missing import MissingReason
from indicators.value_ranges import WORDS, impossible_rows
from indicators.vocabulary import Vocabulary

YES_NO = {"": False, "nej": False, "0": False, "false": False, "ja": True, "1": True, "true": True}
MAX_BREAKDOWN = 200  # characters; what the series' column holds
MAX_COMBINATIONS = 2**62  # what one integer can tell apart
REASONS = {"": MissingReason.NOT_MISSING} | {reason.name.lower(): reason for reason in MissingReason if reason}


@dataclass(frozen=True)
class Read:
    """A column understood: row n means `meanings[codes[n]]`; equal meanings have one code."""

    meanings: list[Any]
    codes: np.ndarray


class Findings:
    """The faults found so far, and which rows have any."""

    def __init__(self, table: Table) -> None:
        self.lines = table.lines
        self.problems: list[Problem] = []
        self.rejected = np.zeros(len(table.lines), bool)

    def add(self, cause: Cause, column: str, rows: np.ndarray, say: Callable[[int], str]) -> None:
        """`rows` are the numbers of the rows with this fault; `say` puts one of them in words."""
        self.rejected[rows] = True
        for row in rows[:SHOWN].tolist():
            self.problems.append(Problem(cause, say(row), self.lines[row], column))
        if len(rows) > SHOWN:
            self.problems.append(Problem(cause, "flere linjer", column=column, count=len(rows) - SHOWN))

    def stop_if_any(self) -> None:
        if self.problems:
            raise TidyError(self.problems, int(self.rejected.sum()) or None)


def read(data: bytes, vocabulary: Vocabulary) -> Frame:
    """The frame of a file, or a TidyError that lists what is wrong with it."""
    if data.startswith(b"PK\x03\x04"):
        from indicators.files.xlsx_table import xlsx_table  # openpyxl is slow to load, and most files are CSV

        return frame_of_table(xlsx_table(data), vocabulary)
    return frame_of_table(csv_table(data), vocabulary)


def frame_of_table(table: Table, vocabulary: Vocabulary) -> Frame:
    refuse_civil_numbers(table)
    _refuse_unknown_columns(table, vocabulary)
    findings = Findings(table)
    indicators = _understand(table, "indicator", vocabulary.indicator, Cause.INDICATOR, findings)
    areas = _understand(table, "area", vocabulary.area, Cause.AREA, findings)
    moments = _understand(table, "period", periods.parse, Cause.PERIOD, findings)
    dimensions = [_understand(table, name, _dimension_value, Cause.BREAKDOWN, findings) for name in table.dimensions]
    provisional = _marks(table, "provisional", YES_NO, findings)
    value, missing = _values(table, findings)
    findings.stop_if_any()
    _check_frequencies(indicators, moments, vocabulary, findings)
    keys, series = _series(indicators, areas, dimensions, table.dimensions)
    period = np.array([number for _, number in moments.meanings], np.int16)[moments.codes]
    _check_lengths(keys, series, findings)
    _check_duplicates(series, period, findings)
    frame = Frame(keys, series, period, value, missing, provisional.astype(np.bool_))
    _check_ranges(frame, vocabulary, findings)
    findings.stop_if_any()
    return frame


def refuse_civil_numbers(table: Table) -> None:
    """One is enough to refuse the file, and it is never repeated."""
    if holds_civil_number(table.heading):
        raise TidyError([Problem(Cause.CIVIL_NUMBER, "filen rummer et CPR-nummer og er afvist")])
    for name, column in table.columns.items():
        suspects = np.flatnonzero(number_parsing.matches(column.texts, FORM))
        for number in suspects.tolist():
            if holds_civil_number(column.texts[number].as_py()):
                line = table.lines[int(np.flatnonzero(column.codes == number)[0])]
                raise TidyError([Problem(Cause.CIVIL_NUMBER, "her står et CPR-nummer; filen er afvist", line, name)])


def _refuse_unknown_columns(table: Table, vocabulary: Vocabulary) -> None:
    strange = set(table.dimensions) - COMMON - declared(table.heading)
    if strange and (unknown := sorted(strange - (used := vocabulary.dimensions_in_use()))):
        expected = COMMON | used | set(RESERVED)
        reasons = {name: unknown_column(name, expected, may_declare=vocabulary.may_declare) for name in unknown}
        raise TidyError([Problem(Cause.HEADER, reason, column=name) for name, reason in reasons.items()])


def _understand(table: Table, name: str, meaning: Callable[[str], Any], cause: Cause, findings: Findings) -> Read:
    """Each distinct text once, not each row."""
    column = table.columns[name]
    meanings: dict[Any, int] = {}
    codes, faults = np.zeros(len(column.texts), np.int32), {}
    for number, text in enumerate(column.texts.to_pylist()):
        try:
            codes[number] = meanings.setdefault(meaning(text), len(meanings))
        except ValueError as error:
            faults[number] = str(error)
    if faults:
        rows = np.flatnonzero(np.isin(column.codes, list(faults)))
        findings.add(cause, name, rows, lambda row: faults[column.codes[row]])
    same = np.array_equal(codes, np.arange(len(codes)))
    return Read(list(meanings), column.codes if same else codes[column.codes])


def _dimension_value(text: str) -> str:
    value = text.strip()
    if len(value) > 60 or set(value) & set(";=") or not value.isprintable():
        raise ValueError("opdelingens værdi er for lang eller rummer ; eller =")
    return value


def _marks(table: Table, name: str, allowed: dict[str, Any], findings: Findings) -> np.ndarray:
    """An optional column of few words; without it every row has the first."""

    def meaning(text: str) -> Any:
        if text.strip().lower() not in allowed:
            raise ValueError(f"»{text[:40]}« kan ikke bruges her; skriv {', '.join(filter(None, allowed))} eller intet")
        return int(allowed[text.strip().lower()])

    if name not in table.columns:
        return np.zeros(len(table.lines), np.int8)
    understood = _understand(table, name, meaning, Cause.MARK, findings)
    return np.array(understood.meanings, np.int8)[understood.codes]


def _values(table: Table, findings: Findings) -> tuple[np.ndarray, np.ndarray]:
    """Ten-thousandths and the reasons for those that are missing."""
    column = Column(number_parsing.trimmed(table.columns["value"].texts), table.columns["value"].codes)
    absent = number_parsing.is_missing(column.texts)
    value = _distinct_values(column, absent, table, findings)[column.codes]
    missing = np.where(absent, np.int8(MissingReason.NOT_PUBLISHED), np.int8(0))[column.codes]
    for row, number in table.numbers.items():
        value[row], missing[row] = number, 0
    return value, _with_reasons(missing, table, findings) if "missing" in table.columns else missing


def _with_reasons(missing: np.ndarray, table: Table, findings: Findings) -> np.ndarray:
    reason = _marks(table, "missing", REASONS, findings)
    contradictions = np.flatnonzero((missing == 0) & (reason != 0))
    if len(contradictions):
        findings.add(
            Cause.MARK, "missing", contradictions, lambda row: "der er både et tal og en grund til, at det mangler"
        )
    return np.where((missing != 0) & (reason != 0), reason, missing)


def _distinct_values(column: Column, absent: np.ndarray, table: Table, findings: Findings) -> np.ndarray:
    try:
        decimals = Decimals(table.decimal) if table.decimal else number_parsing.detect(column.texts)
    except MixedDecimalsError as error:
        findings.problems.append(Problem(Cause.DECIMALS, str(error), column="value"))
        return np.zeros(len(column.texts), np.int64)
    wrong = ~absent & ~number_parsing.is_number(column.texts, decimals)
    if wrong.any():
        rows = np.flatnonzero(wrong[column.codes])
        findings.add(Cause.NUMBER, "value", rows, lambda row: _no_number(column.texts[column.codes[row]].as_py()))
    return number_parsing.values(column.texts, decimals)


def _no_number(text: str) -> str:
    return f"»{text[:40]}« er ikke et tal, portalen kan læse (højst 10 cifre før og 4 efter kommaet)"


def _check_frequencies(indicators: Read, moments: Read, vocabulary: Vocabulary, findings: Findings) -> None:
    """A year is no month: each indicator has its own kind of period."""
    kinds = {frequency.value: number for number, frequency in enumerate(periods.Frequency)}
    wanted = np.array([kinds[vocabulary.frequencies[code]] for code in indicators.meanings], np.int8)
    given = np.array([kinds[frequency] for frequency, _ in moments.meanings], np.int8)
    if len(set(wanted.tolist())) == 1 and set(given.tolist()) <= set(wanted.tolist()):
        return
    rows = np.flatnonzero(wanted[indicators.codes] != given[moments.codes])
    if len(rows):
        findings.add(Cause.PERIOD, "period", rows, lambda row: _other_frequency(indicators, vocabulary, row))


def _other_frequency(indicators: Read, vocabulary: Vocabulary, row: int) -> str:
    code = indicators.meanings[indicators.codes[row]]
    return f"»{code}« opgøres pr. {periods.Frequency(vocabulary.frequencies[code]).label}"


def _check_ranges(frame: Frame, vocabulary: Vocabulary, findings: Findings) -> None:
    rows = impossible_rows(frame, vocabulary.units)
    if len(rows):
        units = [vocabulary.units.get(key.indicator, "") for key in frame.keys]
        findings.add(Cause.NUMBER, "value", rows, lambda row: WORDS[units[frame.series[row]]])


def _series(
    indicators: Read, areas: Read, dimensions: list[Read], names: list[str]
) -> tuple[list[SeriesKey], np.ndarray]:
    """The distinct combinations as keys, and each row's place among them; in the file's own order where it has one."""
    parts = [indicators, areas, *dimensions]
    possible = prod(len(part.meanings) for part in parts)
    if possible > MAX_COMBINATIONS:
        raise TidyError([Problem(Cause.BREAKDOWN, "filen har for mange forskellige opdelinger")])
    mixed = indicators.codes.astype(np.int32 if possible < 2**31 else np.int64)
    for part in parts[1:]:
        mixed = mixed * len(part.meanings) + part.codes
    distinct, series = _occurring(mixed, possible)
    keys = []
    for number in distinct.tolist():
        values = []
        for part in reversed(parts):
            number, code = divmod(number, len(part.meanings))
            values.append(part.meanings[code])
        *breakdown, area, indicator = values
        keys.append(SeriesKey(indicator, area, breakdown_text(dict(zip(reversed(names), breakdown, strict=True)))))
    return keys, series


def _occurring(mixed: np.ndarray, possible: int) -> tuple[np.ndarray, np.ndarray]:
    if possible > 4 * len(mixed) + 1_000_000:
        distinct, series = np.unique(mixed, return_inverse=True)
        return distinct, series.astype(np.int32)
    occurs = np.zeros(possible, bool)
    occurs[mixed] = True
    distinct = np.flatnonzero(occurs)
    place = np.zeros(possible, np.int32)
    place[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct, place[mixed]


def _check_lengths(keys: list[SeriesKey], series: np.ndarray, findings: Findings) -> None:
    long = [number for number, key in enumerate(keys) if len(key.breakdown) > MAX_BREAKDOWN]
    if long:
        rows = np.flatnonzero(np.isin(series, long))
        findings.add(Cause.BREAKDOWN, "", rows, lambda row: f"opdelingen fylder mere end {MAX_BREAKDOWN} tegn")


def _check_duplicates(series: np.ndarray, period: np.ndarray, findings: Findings) -> None:
    key = series.astype(np.int64) << 16 | period
    if (key[1:] > key[:-1]).all():
        return
    order = np.argsort(key, kind="stable")
    repeated = np.sort(order[1:][np.diff(key[order]) == 0])
    if len(repeated):
        findings.add(
            Cause.DUPLICATE, "", repeated, lambda row: "samme indikator, område, periode og opdeling står før i filen"
        )
