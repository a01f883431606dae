"""Tidy files (CSV or XLSX) to frames: every cell understood, or the file refused with all its faults. Pure.

Columns: indicator, area, period, value; optionally provisional (ja/nej) and missing (a reason, as `suppressed`);
every further column is a breakdown dimension: a common one, one in use in the portal, or one that a first line
`# opdelinger: NAME, NAME` declares. Any other is refused by name. A line `# decimal: comma` or `# decimal: point`
declares the decimal sign; without it the sign is found from all numbers of the file together.
"""

from collections.abc import Callable
from functools import partial
from math import prod
from typing import Any

import numpy as np

from accounts.civil_numbers import FORM, LOST_ZERO_FORM, holds_civil_number, lacks_its_zero
from indicators import periods
from indicators.files import number_parsing
from indicators.files.breakdown_columns import COMMON, declared, unknown_column
from indicators.files.csv_table import RESERVED, Table, csv_table
from indicators.files.errors import CIVIL_NUMBER, LOST_ZERO, Cause, Problem, TidyError
from indicators.files.findings import Findings, Read, understand
from indicators.files.period_texts import moment_of
from indicators.files.places import places_only
from indicators.files.reading import Reading
from indicators.files.tidy_values import read_values
from indicators.frame import Frame, SeriesKey, breakdown_text
from indicators.missing import MissingReason
from indicators.spellings import one_spelling, word_key
from indicators.value_ranges import impossible
from indicators.vocabulary import Vocabulary

YES_NO = {"": False, "nej": False, "0": False, "false": False, "ja": True, "1": True, "true": True}
MAX_BREAKDOWN = 200  # characters; what the series' column holds
MAX_COMBINATIONS = 2**62  # what one integer can tell apart
REASONS = {"": MissingReason.NOT_MISSING} | {reason.name.lower(): reason for reason in MissingReason if reason}


def read(data: bytes, vocabulary: Vocabulary) -> Frame:
    """The frame of a tidy CSV file, or a TidyError that lists what is wrong with it."""
    return reading_of_table(csv_table(data), vocabulary).frame


def reading_of_table(table: Table, vocabulary: Vocabulary) -> Reading:
    refuse_civil_numbers(table)
    table, left_out = places_only(table) if vocabulary.may_declare else (table, [])  # a program names what it means
    _refuse_unknown_columns(table, vocabulary)
    findings = Findings(table)
    indicators = understand(table, "indicator", vocabulary.indicator, Cause.INDICATOR, findings)
    areas = understand(table, "area", vocabulary.area, Cause.AREA, findings)
    moments = understand(table, "period", moment_of, Cause.PERIOD, findings)
    dimensions = [
        understand(table, name, dimension_values(name, vocabulary), Cause.BREAKDOWN, findings)
        for name in table.dimensions
    ]
    provisional = _marks(table, "provisional", YES_NO, findings)
    sure = None if findings.problems else indicators  # of an unknown indicator nobody knows the unit
    value, missing, notes = read_values(table, sure, vocabulary, findings)
    missing = _with_reasons(missing, table, findings) if "missing" in table.columns else missing
    findings.stop_if_any()
    _check_moments(indicators, moments, vocabulary, findings)
    keys, series = _series(indicators, areas, dimensions, table.dimensions)
    period = np.array([moment.number for moment in moments.meanings], np.int16)[moments.codes]
    marked = np.array([moment.provisional for moment in moments.meanings], bool)[moments.codes]
    _check_lengths(keys, series, findings)
    _check_duplicates(series, period, findings)
    frame = Frame(keys, series, period, value, missing, provisional.astype(np.bool_) | marked)
    _check_possible(frame, vocabulary, findings)
    findings.stop_if_any()
    marked_by_file = frozenset(indicators.meanings) if _says_provisional(table) else frozenset[str]()
    return Reading(frame, len(frame), (*table.left_out, *left_out), (*table.notes, *notes), marked=marked_by_file)


def _says_provisional(table: Table) -> bool:
    """A column with nothing in it, as the template has, says nothing."""
    return "provisional" in table.columns and any(
        text.strip() for text in table.columns["provisional"].texts.to_pylist()
    )


def refuse_civil_numbers(table: Table) -> None:
    """One is enough to refuse the file, and it is never repeated."""
    if holds_civil_number(table.heading):
        raise TidyError([Problem(Cause.CIVIL_NUMBER, "filen rummer et CPR-nummer og er afvist")])
    for name, column in table.columns.items():
        suspects = np.flatnonzero(number_parsing.matches(column.texts, f"{FORM}|{LOST_ZERO_FORM}"))
        for number in suspects.tolist():
            text = column.texts[number].as_py()
            if (whole := holds_civil_number(text)) or lacks_its_zero(text):
                line = int(table.lines[int(np.flatnonzero(column.codes == number)[0])])
                words = CIVIL_NUMBER if whole else LOST_ZERO
                raise TidyError([Problem(Cause.CIVIL_NUMBER, words, line, name, 1, table.sheet)])


def _refuse_unknown_columns(table: Table, vocabulary: Vocabulary) -> None:
    strange = set(table.dimensions) - COMMON - declared(table.heading)
    if strange and (unknown := sorted(strange - (used := vocabulary.dimensions_in_use()))):
        expected = COMMON | used | set(RESERVED)
        reasons = {name: unknown_column(name, expected, may_declare=vocabulary.may_declare) for name in unknown}
        raise TidyError([Problem(Cause.HEADER, reason, column=name) for name, reason in reasons.items()])


def dimension_values(name: str, vocabulary: Vocabulary) -> Callable[[str], str]:
    """Equal words have one value, however they are spelt: the portal's spelling, or the file's first."""
    spelt: dict[str, str] = {}

    def meaning(text: str) -> str:
        value = one_spelling(text)
        if len(value) > 60 or set(value) & set(";=") or not value.isprintable():
            raise ValueError("opdelingens værdi er for lang eller rummer ; eller =")
        return spelt.setdefault(word_key(value), vocabulary.value(name, value) if value else "")

    return meaning


def _marks(table: Table, name: str, allowed: dict[str, Any], findings: Findings) -> np.ndarray:
    """An optional column of few words; without it every row has the first."""

    def meaning(text: str) -> Any:
        if text.strip().lower() not in allowed:
            raise ValueError(f"»{text[:40]}« kan ikke bruges her; skriv {', '.join(filter(None, allowed))} eller intet")
        return int(allowed[text.strip().lower()])

    if name not in table.columns:
        return np.zeros(len(table.lines), np.int8)
    understood = understand(table, name, meaning, Cause.MARK, findings)
    return np.array(understood.meanings, np.int8)[understood.codes]


def _with_reasons(missing: np.ndarray, table: Table, findings: Findings) -> np.ndarray:
    reason = _marks(table, "missing", REASONS, findings)
    contradictions = np.flatnonzero((missing == 0) & (reason != 0))
    if len(contradictions):
        findings.add(
            Cause.MARK, "missing", contradictions, lambda row: "der er både et tal og en grund til, at det mangler"
        )
    return np.where((missing != 0) & (reason != 0), reason, missing)


def _check_moments(indicators: Read, moments: Read, vocabulary: Vocabulary, findings: Findings) -> None:
    """A year is no month: each indicator has its own kind of period; and few count from New Year."""
    _check_frequencies(indicators, moments, vocabulary, findings)
    running = np.array([moment.year_to_date for moment in moments.meanings], bool)
    if running.any():
        plain = np.array([code not in vocabulary.year_to_date for code in indicators.meanings], bool)
        rows = np.flatnonzero(running[moments.codes] & plain[indicators.codes])
        if len(rows):
            findings.add(Cause.PERIOD, "period", rows, lambda row: _not_year_to_date(indicators, row))


def _not_year_to_date(indicators: Read, row: int) -> str:
    code = indicators.meanings[indicators.codes[row]]
    return f"tallet er år til dato (MYTD), men »{code}« opgøres for hver periode for sig; hent måneden selv"


def _check_frequencies(indicators: Read, moments: Read, vocabulary: Vocabulary, findings: Findings) -> None:
    """A year is no month: each indicator has its own kind of period."""
    kinds = {frequency.value: number for number, frequency in enumerate(periods.Frequency)}
    wanted = np.array([kinds[vocabulary.frequencies[code]] for code in indicators.meanings], np.int8)
    given = np.array([kinds[moment.frequency] for moment in moments.meanings], np.int8)
    if len(set(wanted.tolist())) == 1 and set(given.tolist()) <= set(wanted.tolist()):
        return
    rows = np.flatnonzero(wanted[indicators.codes] != given[moments.codes])
    if len(rows):
        findings.add(Cause.PERIOD, "period", rows, lambda row: _other_frequency(indicators, vocabulary, row))


def _other_frequency(indicators: Read, vocabulary: Vocabulary, row: int) -> str:
    code = indicators.meanings[indicators.codes[row]]
    return f"»{code}« opgøres pr. {periods.Frequency(vocabulary.frequencies[code]).label}"


def _check_possible(frame: Frame, vocabulary: Vocabulary, findings: Findings) -> None:
    for found in impossible(frame, vocabulary):
        cause, column = (Cause.PERIOD, "period") if found.is_period else (Cause.NUMBER, "value")
        findings.add(cause, column, found.rows, partial(_same_words, found.words))


def _same_words(words: str, row: int) -> str:
    return words


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
