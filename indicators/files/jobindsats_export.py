"""Figures as Jobindsats hands them out: workbooks and CSV from the website, and archived answers of version 2. Pure.

No fixed shape is known. The header is the first row that names a period and an area, or has periods across (wide);
titles and choices stand above it, notes below the last row with a period. Only rows that are totals of every further
grouping are used. A number column is an indicator by its label; those that nobody knows are left out by name.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from accounts.civil_numbers import holds_civil_number, lacks_its_zero
from indicators.files import number_parsing
from indicators.files.csv_text import utf8
from indicators.files.errors import CIVIL_NUMBER, LOST_ZERO, Cause, Problem, TidyError
from indicators.files.jobindsats_layouts import (
    Printed,
    PrintedCell,
    header_of,
    left_out_texts,
    likely_header_of,
    long_layout,
    refuse_second_table,
    refused,
    wide_layout,
)
from indicators.files.number_parsing import Decimals
from indicators.files.period_texts import Moment, moment_of
from indicators.files.reading import Doubt, LeftOut, Reading
from indicators.files.subjects import subjects, table_ids
from indicators.files.tidy_values import PERCENT_OF_COUNT, WHAT
from indicators.files.xlsx_sandbox import Percent, Row
from indicators.frame import SCALE, Frame, SeriesKey, frame_of_scaled
from indicators.label_matching import normalised
from indicators.missing import MissingReason
from indicators.value_ranges import impossible
from indicators.vocabulary import Vocabulary

Cell = tuple[SeriesKey, int, int | None, bool]  # whose, when, ten-thousandths, and whether marked provisional


def csv_rows(data: bytes) -> list[Row]:
    lines = utf8(data)[0].decode().splitlines()
    separator = lines[0].strip().strip('"').lower() if lines else ""
    tabs, signs = sum(line.count("\t") for line in lines[:60]), sum(line.count(";") for line in lines[:60])
    delimiter = separator[4] if separator.startswith("sep=") and len(separator) == 5 else "\t" if tabs > signs else ";"
    rows = enumerate(csv.reader(lines, delimiter=delimiter), 1)
    return [(n, list(cells)) for n, cells in rows if any(cell.strip() for cell in cells)]


def version_2_rows(data: bytes) -> list[Row]:
    """`[{"Variables": [{"Label": …}], "Data": [[…]]}]`; rows are counted as if the labels were the first line."""
    try:
        [answer] = json.loads(data.decode("utf-8-sig"))
        header = [variable["Label"] for variable in answer["Variables"]]
        return [(n, list(cells)) for n, cells in enumerate([header, *answer["Data"]], 1)]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refused(Cause.FILE, "filen er ikke et svar fra Jobindsats version 2") from None


def is_table(rows: Sequence[Row]) -> bool:
    return header_of(rows) is not None


def reading_of_rows(rows: list[Row], vocabulary: Vocabulary, name: str = "", sheet: str = "") -> Reading:
    """`name` of the file and of the sheet may say which benefit it is about."""
    try:
        return _reading(rows, vocabulary, name, sheet)
    except TidyError as error:
        raise TidyError([replace(problem, sheet=sheet) for problem in error.problems], error.rejected) from None


def _reading(rows: list[Row], vocabulary: Vocabulary, name: str, sheet: str) -> Reading:
    _refuse_civil_numbers(rows)
    found = likely_header_of(rows)
    if found is None:
        raise refused(Cause.HEADER, "der er hverken en kolonne »Periode« eller perioder hen over arket")
    place, is_wide = found
    refuse_second_table(rows, place)
    codes = {normalised(label): codes for label, codes in vocabulary.labels.items()}
    printed = (wide_layout if is_wide else long_layout)(rows, place, set(codes))
    if not printed.cells:
        raise refused(Cause.FILE, _nothing_read(printed, bool(rows[place + 1 :])))
    frame, repeated = _frame(printed, codes, vocabulary)
    left_out = [LeftOut(text, count) for text, count in left_out_texts(printed)]
    again = [LeftOut("tal, som står ens to gange", repeated)] if repeated else []
    context = [name.replace("_", " "), sheet, *_texts_outside(rows, place)]
    labels = {cell.label for cell in printed.cells}
    doubts = tuple(_doubts(sorted(labels), codes, context, vocabulary))
    return Reading(frame, printed.rows, (*left_out, *again), doubts=doubts)


def _nothing_read(printed: Printed, has_rows: bool) -> str:
    if not has_rows:
        return "filen har kun overskrifter og ingen rækker"
    if printed.left_out:
        reasons = "; ".join(f"{count} {text}" for text, count in printed.left_out.items())
        return f"filen har ingen rækker, portalen kan bruge: {reasons}. Vælg totalen i hver opdeling"
    return "filen har ingen rækker med tal i alt; vælg totalen i hver opdeling"


def _frame(printed: Printed, codes: dict[str, list[str]], vocabulary: Vocabulary) -> tuple[Frame, int]:
    cells: dict[tuple[SeriesKey, int], tuple[int | None, bool]] = {}
    lines: list[int] = []
    repeated = 0
    moments: dict[str, Moment] = {}
    for cell, value in zip(printed.cells, _values(printed.cells, codes, vocabulary), strict=True):
        area = _area(cell, vocabulary)
        for code in codes[normalised(cell.label)]:
            moment = _moment(cell, code, vocabulary, moments)
            key = (SeriesKey(code, area), moment.number)
            if key not in cells:
                lines.append(cell.line)
            elif cells[key][0] != value:
                raise refused(Cause.DUPLICATE, f"{code} i {area} står to gange for samme periode", cell.line)
            else:
                repeated += 1
            cells[key] = (value, moment.provisional)
    frame = frame_of_scaled(
        (key, period, value or 0, MissingReason.NOT_PUBLISHED if value is None else MissingReason.NOT_MISSING, mark)
        for (key, period), (value, mark) in cells.items()
    )
    _refuse_impossible(frame, lines, vocabulary)
    return frame, repeated


def _refuse_impossible(frame: Frame, lines: list[int], vocabulary: Vocabulary) -> None:
    problems = [
        Problem(
            Cause.PERIOD if found.is_period else Cause.NUMBER, found.words, lines[found.rows[0]], "", len(found.rows)
        )
        for found in impossible(frame, vocabulary)
    ]
    if problems:
        raise TidyError(problems)


def _values(cells: list[PrintedCell], codes: dict[str, list[str]], vocabulary: Vocabulary) -> list[int | None]:
    """Ten-thousandths; None is a number that is not there. What Jobindsats hands out is Danish: 1.373 and 7,5."""
    contents = [_text_number(cell.content) for cell in cells]
    texts = number_parsing.texts_of([content if isinstance(content, str) else "" for content in contents])
    trimmed, signed = number_parsing.trimmed(texts), number_parsing.has_percent(texts)
    absent, wrong = number_parsing.is_missing(trimmed), ~number_parsing.is_number(trimmed, Decimals.COMMA)
    read = number_parsing.values(trimmed, Decimals.COMMA)
    values: list[int | None] = []
    for n, content in enumerate(contents):
        if isinstance(content, str) and not absent[n] and wrong[n]:
            raise refused(Cause.NUMBER, f"»{content[:40]}« er ikke et tal", cells[n].line)
        if signed[n] or isinstance(content, Percent):
            _refuse_percent_of_count(cells[n], codes, vocabulary)
        is_text = isinstance(content, str)
        values.append(_exact(content, cells[n].line) if not is_text else None if absent[n] else int(read[n]))
    return values


def _refuse_percent_of_count(cell: PrintedCell, codes: dict[str, list[str]], vocabulary: Vocabulary) -> None:
    for code in codes[normalised(cell.label)]:
        if what := WHAT.get(vocabulary.units.get(code, "")):
            raise refused(Cause.NUMBER, PERCENT_OF_COUNT.format(code=code, what=what), cell.line)


def _text_number(content: Any) -> str | int | float:
    if isinstance(content, int | float) and not isinstance(content, bool):
        return content
    return "" if content is None else str(content)


def _exact(number: Any, line: int) -> int:
    scaled = round(number * SCALE)
    if abs(scaled / SCALE - number) > 1e-9 * max(1, abs(number)):
        raise refused(Cause.NUMBER, f"{number} har flere end 4 decimaler", line)
    return scaled


def _area(cell: PrintedCell, vocabulary: Vocabulary) -> str:
    try:
        return vocabulary.area(cell.area)
    except ValueError as error:
        raise refused(Cause.AREA, str(error), cell.line) from None


def _moment(cell: PrintedCell, code: str, vocabulary: Vocabulary, moments: dict[str, Moment]) -> Moment:
    moment = moments.get(cell.period) or moments.setdefault(cell.period, moment_of(cell.period))
    if moment.frequency != vocabulary.frequencies[code]:
        raise refused(Cause.PERIOD, f"»{code}« opgøres ikke efter {cell.period}", cell.line)
    if moment.year_to_date and code not in vocabulary.year_to_date:
        raise refused(Cause.PERIOD, f"{cell.period} er år til dato, og »{code}« opgøres for hver måned", cell.line)
    return moment


def _texts_outside(rows: Sequence[Row], place: int) -> list[str]:
    """Titles and choices above the table, and what stands alone in a row below: notes."""
    above = [str(cell) for _, cells in rows[:place] for cell in cells if isinstance(cell, str)]
    alone = ([cell for cell in cells if cell not in (None, "")] for _, cells in rows[place + 1 :])
    return [*above, *(str(cells[0]) for cells in alone if len(cells) == 1 and isinstance(cells[0], str))]


def _doubts(
    labels: Iterable[str], codes: dict[str, list[str]], context: Sequence[str], vocabulary: Vocabulary
) -> Iterable[Doubt]:
    """`Antal personer` stands in every table: unless the file names the benefit, nobody knows whose it is."""
    named, tables = subjects(context), table_ids(context)
    for label in labels:
        unsure = []
        for code in codes[normalised(label)]:
            own = subjects([vocabulary.name_of(code)])
            if own and not subjects([label]) and not own & named and vocabulary.tables.get(code, "") not in tables:
                unsure.append(code)
        if unsure:
            yield Doubt(label, tuple(unsure))


def _refuse_civil_numbers(rows: list[Row]) -> None:
    for line, cells in rows:
        for cell in cells:
            text = str(cell) if isinstance(cell, str | int) else ""
            if holds_civil_number(text):
                raise refused(Cause.CIVIL_NUMBER, CIVIL_NUMBER, line)
            if lacks_its_zero(text):
                raise refused(Cause.CIVIL_NUMBER, LOST_ZERO, line)
