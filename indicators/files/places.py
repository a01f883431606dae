"""Rows whose area is no place: totals of all areas, what nobody could place, and Christiansø. Pure."""

from dataclasses import replace

import numpy as np

from indicators.areas import NO_MUNICIPALITY
from indicators.files.csv_table import Column, Table
from indicators.files.reading import LeftOut
from indicators.spellings import word_key

TOTALS = {"i alt", "total", "alle", "alle kommuner", "områder i alt", "kommuner i alt", "hele tabellen", "hovedtotal"}
UNKNOWN = {"uoplyst", "uoplyst område", "uoplyst kommune", "ukendt", "ukendt område", "ukendt kommune", "udlandet"}
NO_PLACES = {word_key(area) for area in NO_MUNICIPALITY}


def is_total(text: str) -> bool:
    return word_key(text) in TOTALS


def why_no_place(text: str) -> str:
    """Why a row of this area is left out, or nothing."""
    key = word_key(text)
    if key in TOTALS:
        return f"rækker for alle områder under ét (»{text.strip()[:40]}«)"
    if key in UNKNOWN:
        return f"rækker uden et område (»{text.strip()[:40]}«)"
    return f"rækker for {text.strip()[:40]}, som ikke er en kommune" if key in NO_PLACES else ""


def places_only(table: Table) -> tuple[Table, list[LeftOut]]:
    """The table without them, and how many there were of each."""
    column = table.columns["area"]
    reasons = {n: why for n, text in enumerate(column.texts.to_pylist()) if (why := why_no_place(text))}
    if not reasons:
        return table, []
    left_out = [LeftOut(why, int((column.codes == n).sum())) for n, why in reasons.items()]
    return rows_of_table(table, ~np.isin(column.codes, list(reasons))), left_out


def rows_of_table(table: Table, kept: np.ndarray) -> Table:
    """Only the rows that are kept."""
    place = np.cumsum(kept) - 1
    columns = {name: Column(column.texts, column.codes[kept]) for name, column in table.columns.items()}
    numbers = {int(place[row]): number for row, number in table.numbers.items() if kept[row]}
    percents = frozenset(int(place[row]) for row in table.percents if kept[row])
    lines = np.asarray(table.lines)[kept]
    return replace(table, columns=columns, lines=lines, numbers=numbers, percents=percents)
