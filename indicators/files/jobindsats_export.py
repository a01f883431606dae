"""Figures as Jobindsats hands them out: workbooks and CSV from the website, and archived answers of version 2. Pure.

No fixed shape is known. The header is the first row with a cell that says `Periode`, or with periods across (wide);
titles stand above it, notes below the last row with a period. Only rows that are totals of every further grouping
are used. A number column is an indicator by its label; one that nobody knows is refused by name.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.civil_numbers import holds_civil_number
from indicators import periods
from indicators.areas import NO_MUNICIPALITY, area_code
from indicators.files import number_parsing
from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.number_parsing import Decimals
from indicators.files.xlsx_sandbox import Row
from indicators.frame import SCALE, Frame, SeriesKey, frame_of_scaled
from indicators.label_matching import normalised
from indicators.missing import MissingReason
from indicators.value_ranges import WORDS, impossible_rows
from indicators.vocabulary import Vocabulary

PERIOD, AREA = {"periode", "period"}, {"område", "area", "kommune"}
NO_MUNICIPALITIES = {normalised(area) for area in NO_MUNICIPALITY}
MOST_ABOVE = 30  # rows of titles


@dataclass(frozen=True)
class PrintedCell:
    """A number as it was printed, and where."""

    line: int
    area: str
    period: str
    label: str
    text: Any


def csv_rows(data: bytes) -> list[Row]:
    import csv

    text = data.decode("utf-8-sig")
    return [(n, list(cells)) for n, cells in enumerate(csv.reader(text.splitlines(), delimiter=";"), 1) if any(cells)]


def version_2_rows(data: bytes) -> list[Row]:
    """`[{"Variables": [{"Label": …}], "Data": [[…]]}]`; rows are counted as if the labels were the first line."""
    try:
        [answer] = json.loads(data.decode("utf-8-sig"))
        header = [variable["Label"] for variable in answer["Variables"]]
        return [(n, list(cells)) for n, cells in enumerate([header, *answer["Data"]], 1)]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _refused(Cause.FILE, "filen er ikke et svar fra Jobindsats version 2") from None


def frame_of_rows(rows: list[Row], vocabulary: Vocabulary) -> Frame:
    _refuse_civil_numbers(rows)
    place, wide = _header(rows)
    codes = {normalised(label): codes for label, codes in vocabulary.labels.items()}
    printed = list((_wide if wide else _long)(rows, place, set(codes)))
    if not printed:
        raise _refused(Cause.FILE, "filen har ingen rækker med tal i alt; vælg totalen i hver opdeling")
    cells, lines = [], []
    for cell, value in zip(printed, _values(printed), strict=True):
        if normalised(cell.label) not in codes:
            raise _refused(Cause.HEADER, f"ukendt kolonne »{cell.label[:60]}«", cell.line)
        area = _area(cell, vocabulary)
        for code in codes[normalised(cell.label)] if area else []:
            cells.append((SeriesKey(code, area), _period(cell, code, vocabulary), value))
            lines.append(cell.line)
    _refuse_repeated(cells)
    frame = frame_of_scaled(
        (key, period, value or 0, MissingReason.NOT_PUBLISHED if value is None else MissingReason.NOT_MISSING)
        for key, period, value in cells
    )
    _refuse_impossible(frame, lines, vocabulary)
    return frame


def _refuse_impossible(frame: Frame, lines: list[int], vocabulary: Vocabulary) -> None:
    for row in impossible_rows(frame, vocabulary.units)[:1].tolist():
        unit = vocabulary.units[frame.keys[frame.series[row]].indicator]
        raise _refused(Cause.NUMBER, WORDS[unit], lines[row])


def _header(rows: list[Row]) -> tuple[int, bool]:
    for place, (_, cells) in enumerate(rows[:MOST_ABOVE]):
        if any(_text(cell) in PERIOD for cell in cells) and len(cells) > 1:
            return place, False
        if sum(_is_period(cell) for cell in cells) > 1:
            return place, True
    raise _refused(Cause.HEADER, "der er hverken en kolonne »Periode« eller perioder hen over arket")


def _long(rows: list[Row], place: int, measures: set[str]) -> Iterator[PrintedCell]:
    """Period, area, groupings and measures as columns; the groupings are those whose cells are words."""
    labels = [str(cell or "").strip() for cell in rows[place][1]]
    lowered = [label.casefold() for label in labels]
    when = next(n for n, label in enumerate(lowered) if label in PERIOD)
    where = next((n for n, label in enumerate(lowered) if label in AREA), None)
    if where is None:
        raise _refused(Cause.HEADER, "kolonnen »Område« mangler", rows[place][0])
    body = [(line, cells) for line, cells in rows[place + 1 :] if len(cells) > when and _is_period(cells[when])]
    others = [n for n, label in enumerate(labels) if label and n not in (when, where)]
    unknown = [n for n in others if normalised(labels[n]) not in measures]
    groupings = [n for n in unknown if any(_is_words(cells[n]) for _, cells in body if n < len(cells))]
    for line, cells in body:
        padded = [*cells, *[None] * len(labels)]
        if all(_is_total(padded[n]) for n in groupings):
            for n in others:
                if n not in groupings:
                    yield PrintedCell(line, str(padded[where] or ""), str(padded[when]), labels[n], padded[n])


def _wide(rows: list[Row], place: int, measures: set[str]) -> Iterator[PrintedCell]:
    """Periods across; before them an area, perhaps a measure, and groupings. The measure may stand in the title."""
    header = rows[place][1]
    columns = [n for n, cell in enumerate(header) if _is_period(cell)]
    titles = [str(cell).strip() for _, cells in rows[:place] for cell in cells if _is_words(cell)]
    title = next((text for text in titles if normalised(text) in measures), titles[-1] if titles else "")
    named = [_text(cell) for cell in header[: columns[0]]]
    where = next((n for n, label in enumerate(named) if label in AREA), 0)
    for line, cells in rows[place + 1 :]:
        words = [str(cell or "").strip() for cell in cells[: columns[0]]]
        if not words[where] or all(cell in (None, "") for cell in cells[columns[0] :]):
            continue  # a note below
        others = [word for n, word in enumerate(words) if n != where and word and not _is_total(word)]
        own = [word for word in others if normalised(word) in measures]
        if len(others) == len(own):
            for n in columns:
                yield PrintedCell(
                    line, words[where], str(header[n]), (own or [title])[0], cells[n] if n < len(cells) else None
                )


def _values(cells: list[PrintedCell]) -> list[int | None]:
    """Ten-thousandths; None is a number that is not there. What Jobindsats hands out is Danish: 1.373 and 7,5."""
    texts = [_text_number(cell.text) for cell in cells]
    trimmed = number_parsing.trimmed(number_parsing.texts_of([text if isinstance(text, str) else "" for text in texts]))
    absent, wrong = number_parsing.is_missing(trimmed), ~number_parsing.is_number(trimmed, Decimals.COMMA)
    read = number_parsing.values(trimmed, Decimals.COMMA)
    values: list[int | None] = []
    for n, text in enumerate(texts):
        if isinstance(text, str) and not absent[n] and wrong[n]:
            raise _refused(Cause.NUMBER, f"»{text[:40]}« er ikke et tal", cells[n].line)
        values.append(_exact(text, cells[n].line) if not isinstance(text, str) else None if absent[n] else int(read[n]))
    return values


def _text_number(cell: Any) -> str | int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return "" if cell is None else str(cell)


def _exact(number: int | float, line: int) -> int:
    scaled = round(number * SCALE)
    if abs(scaled / SCALE - number) > 1e-9 * max(1, abs(number)):
        raise _refused(Cause.NUMBER, f"{number} har flere end 4 decimaler", line)
    return scaled


def _area(cell: PrintedCell, vocabulary: Vocabulary) -> str:
    name = cell.area.strip().removesuffix(" Kommune").strip()
    if normalised(name) in NO_MUNICIPALITIES:
        return ""
    code = vocabulary.areas.get(name) or area_code(name)
    if code not in vocabulary.area_codes:
        raise _refused(Cause.AREA, f"området »{cell.area[:40]}« findes ikke", cell.line)
    return code


def _period(cell: PrintedCell, code: str, vocabulary: Vocabulary) -> int:
    frequency, period = periods.parse(cell.period)
    if frequency != vocabulary.frequencies[code]:
        raise _refused(Cause.PERIOD, f"»{code}« opgøres ikke efter {cell.period}", cell.line)
    return period


def _refuse_repeated(cells: list[tuple[SeriesKey, int, int | None]]) -> None:
    seen = set()
    for key, period, _ in cells:
        if (key, period) in seen:
            raise _refused(Cause.DUPLICATE, f"{key.indicator} i {key.area} står to gange for samme periode")
        seen.add((key, period))


def _refuse_civil_numbers(rows: list[Row]) -> None:
    for line, cells in rows:
        if any(cell is not None and holds_civil_number(str(cell)) for cell in cells):
            raise _refused(Cause.CIVIL_NUMBER, "her står et CPR-nummer; filen er afvist", line)


def _is_period(cell: Any) -> bool:
    try:
        return cell is not None and bool(periods.parse(str(cell)))
    except ValueError:
        return False


def _is_words(cell: Any) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _is_total(cell: Any) -> bool:
    words = _text(cell)
    return words in ("total", "alle", "samlet") or words.endswith("i alt") or words.startswith("i alt")


def _text(cell: Any) -> str:
    return str(cell or "").strip().casefold()


def _refused(cause: Cause, text: str, line: int | None = None) -> TidyError:
    return TidyError([Problem(cause, text, line)])
