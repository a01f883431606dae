"""The two layouts in which Jobindsats hands tables out, long and wide, as printed cells; and what is not read. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.period_texts import is_period
from indicators.files.places import why_no_place
from indicators.files.xlsx_sandbox import Row
from indicators.label_matching import normalised
from indicators.spellings import word_key

PERIOD, AREA = {"periode", "period", "måned", "kvartal"}, {"område", "area", "kommune"}
MOST_ABOVE = 40  # rows of titles and choices
NUMBER = re.compile(r"[-\N{MINUS SIGN}]?[\d.,\s\u00a0\u2009\u202f]*\d\s*%?|-|\.\.|")


@dataclass(frozen=True)
class PrintedCell:
    """A number as it was printed, and where."""

    line: int
    area: str
    period: str
    label: str
    content: Any


@dataclass
class Printed:
    """What a table prints: the cells to read, and how many rows and columns of which kind were left out."""

    cells: list[PrintedCell] = field(default_factory=list)
    rows: int = 0
    left_out: Counter = field(default_factory=Counter)
    columns: list[str] = field(default_factory=list)  # left out by name
    measures: list[str] = field(default_factory=list)  # rows' measures that nobody knows


def header_of(rows: Sequence[Row]) -> tuple[int, bool] | None:
    """Its place, and whether periods stand across. Choices above a table name periods and areas too, in a row each."""
    for place, (_, cells) in enumerate(rows[:MOST_ABOVE]):
        words = {word_key(str(cell)) for cell in cells if cell is not None}
        periods = sum(1 for cell in cells if is_period_cell(cell))
        if words & PERIOD and words & AREA and len(words) > 2:
            return place, False
        if periods and words & AREA or periods > 1 and not words & PERIOD:
            return place, True
    return None


def likely_header_of(rows: Sequence[Row]) -> tuple[int, bool] | None:
    """The same, or a row that at least names a period: then it can be said what it lacks."""
    near = ((place, False) for place, (_, cells) in enumerate(rows[:MOST_ABOVE]) if _names_period(cells))
    return header_of(rows) or next(near, None)


def refuse_second_table(rows: Sequence[Row], place: int) -> None:
    """Its figures would be read under the first one's headers. The same headers once more are a page break."""
    header = [str(cell) for cell in rows[place][1] if cell is not None]
    for line, cells in rows[place + 1 :]:
        if any(isinstance(cell, str) and cell.strip().casefold() in AREA for cell in cells):
            again = [str(cell) for cell in cells if cell is not None]
            if again != header and header_of([(line, cells)]):
                raise refused(
                    Cause.HEADER, "her begynder en tabel til; læg hver tabel på sit ark eller i sin fil", line
                )


def _names_period(cells: Sequence[Any]) -> bool:
    return len(cells) > 1 and any(word_key(str(cell)) in PERIOD for cell in cells if cell is not None)


def long_layout(rows: Sequence[Row], place: int, measures: set[str]) -> Printed:
    """Period, area, groupings and measures as columns; the groupings are those whose cells are words."""
    printed, labels = Printed(), [str(cell if cell is not None else "").strip() for cell in rows[place][1]]
    keys = [word_key(label) for label in labels]
    when = next(n for n, key in enumerate(keys) if key in PERIOD)
    where = next((n for n, key in enumerate(keys) if key in AREA), None)
    if where is None:
        raise refused(Cause.HEADER, "kolonnen »Område« mangler", rows[place][0])
    others = [n for n, label in enumerate(labels) if label and n not in (when, where)]
    known = [n for n in others if normalised(labels[n]) in measures]
    body = [(line, [*cells, *[None] * len(labels)]) for line, cells in rows[place + 1 :]]
    groupings = [
        n for n in others if n not in known and any(_is_words(cells[n]) for _, cells in body if _is_row(cells, when))
    ]
    printed.columns = [labels[n] for n in others if n not in known and n not in groupings]
    if not known:
        names = ", ".join(f"»{name[:60]}«" for name in printed.columns)
        raise refused(Cause.HEADER, f"ukendt kolonne {names}; portalen kender ingen af kolonnerne", rows[place][0])
    for line, cells in body:
        if _is_used(line, cells, when, where, known, [(labels[n], cells[n]) for n in groupings], printed):
            printed.rows += 1
            area, period = str(cells[where]), str(cells[when])
            printed.cells += [PrintedCell(line, area, period, labels[n], cells[n]) for n in known]
    return printed


def _is_row(cells: Sequence[Any], when: int) -> bool:
    return is_period_cell(cells[when])


def _is_used(
    line: int, cells: Sequence[Any], when: int, where: int, known: Sequence[int],
    groupings: Sequence[tuple[str, Any]], printed: Printed,
) -> bool:  # fmt: skip
    """Whether the row is read; if not, why is counted, and figures that belong nowhere are refused."""
    has_numbers = any(_is_number(cells[n]) for n in known)
    if not is_period_cell(cells[when]):
        if has_numbers and not is_total(cells[when]):
            text = f"»{str(cells[when] or '')[:40]}« er ikke en periode; ret den, eller slet rækken"
            raise refused(Cause.PERIOD, text, line)
        printed.left_out["rækker med en sum over perioder" if has_numbers else "noter under tabellen"] += 1
        return False
    return _is_place(line, cells[where], has_numbers, printed) and _is_whole(groupings, printed)


def _is_place(line: int, area: Any, has_numbers: bool, printed: Printed) -> bool:
    name = "" if area is None else str(area).strip()
    if not name and has_numbers:
        raise refused(Cause.AREA, "området mangler; skriv det i hver række", line)
    if not name or (why := why_no_place(name)):
        printed.left_out[why if name else "rækker uden tal"] += 1
        return False
    return True


def _is_whole(groupings: Sequence[tuple[str, Any]], printed: Printed) -> bool:
    part = next(((label, cell) for label, cell in groupings if not is_total(cell)), None)
    if part:
        printed.left_out[f"rækker for undergrupper i »{part[0][:40]}« (kun totalen bliver læst)"] += 1
    return part is None


def wide_layout(rows: Sequence[Row], place: int, measures: set[str]) -> Printed:
    """Periods across; before them an area, perhaps a measure, and groupings. The measure may stand in the title."""
    printed, header = Printed(), rows[place][1]
    columns = [n for n, cell in enumerate(header) if is_period_cell(cell)]
    names = [word_key(str(cell if cell is not None else "")) for cell in header[: columns[0]]]
    where = next((n for n, name in enumerate(names) if name in AREA), 0)
    printed.columns = [str(cell) for n, cell in enumerate(header) if cell and n > columns[0] and n not in columns]
    body = [(line, [*cells, *[None] * len(header)]) for line, cells in rows[place + 1 :]]
    measured = _measure_column(body, columns[0], where, measures)
    title = _title(rows[:place], measures)
    if measured is None and normalised(title) not in measures:
        raise refused(Cause.HEADER, f"ukendt måling »{title[:60]}«; skriv målingens navn over tabellen", rows[place][0])
    for line, cells in body:
        label = title if measured is None else str(cells[measured] or "").strip()
        words = [(names[n], cells[n]) for n in range(columns[0]) if n not in (where, measured) and cells[n]]
        if _is_wide_row(line, cells, columns, where, label, words, measures, printed):
            printed.rows += 1
            area = str(cells[where])
            printed.cells += [PrintedCell(line, area, str(header[n]), label, cells[n]) for n in columns]
    return printed


def _measure_column(body: Sequence[Row], width: int, where: int, measures: set[str]) -> int | None:
    candidates = [n for n in range(width) if n != where]
    return next((n for n in candidates if any(normalised(cells[n]) in measures for _, cells in body)), None)


def _title(rows: Sequence[Row], measures: set[str]) -> str:
    titles = [str(cell).strip() for _, cells in rows for cell in cells if _is_words(cell)]
    return next((text for text in titles if normalised(text) in measures), titles[-1] if titles else "")


def _is_wide_row(
    line: int, cells: Sequence[Any], columns: Sequence[int], where: int, label: str,
    words: Sequence[tuple[str, Any]], measures: set[str], printed: Printed,
) -> bool:  # fmt: skip
    if not any(_is_number(cells[n]) for n in columns) and not _has_marks(cells, columns):
        printed.left_out["noter under tabellen"] += 1
        return False
    if not _is_place(line, cells[where], True, printed):
        return False
    if not label:
        raise refused(Cause.HEADER, "målingen mangler; skriv den i hver række", line)
    if normalised(label) not in measures:
        if label not in printed.measures:
            printed.measures.append(label)
        printed.left_out[f"rækker med målingen »{label[:60]}«, som portalen ikke kender"] += 1
        return False
    return _is_whole(words, printed)


def _has_marks(cells: Sequence[Any], columns: Sequence[int]) -> bool:
    """Cells that say that there is no number, or that cannot be read as one."""
    return any(isinstance(cells[n], str) and cells[n].strip() for n in columns)


def is_period_cell(cell: Any) -> bool:
    return cell is not None and not isinstance(cell, bool) and is_period(str(cell))


def is_total(cell: Any) -> bool:
    words = word_key(str(cell)) if cell is not None else ""
    return words in ("total", "alle", "samlet") or words.endswith("i alt") or words.startswith("i alt")


def _is_words(cell: Any) -> bool:
    return isinstance(cell, str) and not NUMBER.fullmatch(cell.strip())


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return any(letter.isdigit() for letter in cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def refused(cause: Cause, text: str, line: int | None = None) -> TidyError:
    return TidyError([Problem(cause, text, line)])


def left_out_texts(printed: Printed) -> Iterator[tuple[str, int]]:
    """In words, each with how many."""
    if printed.columns:
        names = ", ".join(f"»{name[:60]}«" for name in printed.columns)
        yield f"kolonner, portalen ikke bruger: {names}", len(printed.columns)
    yield from printed.left_out.items()
