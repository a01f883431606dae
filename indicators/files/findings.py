"""Columns understood, each distinct text once, and the faults found on the way with row and cell. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from indicators.files.csv_table import Table
from indicators.files.errors import SHOWN, Cause, Problem, TidyError


@dataclass(frozen=True)
class Read:
    """A column understood: row n means `meanings[codes[n]]`; equal meanings have one code."""

    meanings: list[Any]
    codes: np.ndarray


class Findings:
    """The faults found so far, and which rows have any."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.rejected = np.zeros(len(table.lines), bool)

    def add(self, cause: Cause, column: str, rows: np.ndarray, say: Callable[[int], str]) -> None:
        """`rows` are the numbers of the rows with this fault; `say` puts one of them in words."""
        self.rejected[rows] = True
        sheet = self.table.sheet
        for row in rows[:SHOWN].tolist():
            line = int(self.table.lines[row])
            self.problems.append(Problem(cause, say(row), line, column, 1, sheet, self.table.cell(column, line)))
        if len(rows) > SHOWN:
            self.problems.append(Problem(cause, "flere linjer", None, column, len(rows) - SHOWN, sheet))

    def stop_if_any(self) -> None:
        if self.problems:
            raise TidyError(self.problems, int(self.rejected.sum()) or None)


def understand(table: Table, name: str, meaning: Callable[[str], Any], cause: Cause, findings: Findings) -> Read:
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
