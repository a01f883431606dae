"""What can be wrong with a tidy file, sorted by cause, with row and column. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from indicators.translation import gettext_noop

CIVIL_NUMBER = "her står et CPR-nummer; filen er afvist"
LOST_ZERO = (
    "her står noget som et CPR-nummer uden sit nul; filen er afvist. Er det et antal, så skriv det med tusindtegn"
)
SHOWN = 20  # problems of one cause; the rest are counted


class Cause(StrEnum):
    """In the order they are told: what stops the file first."""

    CIVIL_NUMBER = gettext_noop("CPR-numre")
    FILE = gettext_noop("filen")
    HEADER = gettext_noop("overskrifter")
    DECIMALS = gettext_noop("decimaltegn")
    INDICATOR = gettext_noop("indikatorer")
    AREA = gettext_noop("områder")
    PERIOD = gettext_noop("perioder")
    BREAKDOWN = gettext_noop("opdelinger")
    NUMBER = gettext_noop("tal")
    MARK = gettext_noop("mærker")
    DUPLICATE = gettext_noop("gentagelser")


ORDER = list(Cause)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `count` is how many rows it stands for where not all are listed."""

    cause: Cause
    text: str
    line: int | None = None
    column: str = ""
    count: int = 1
    sheet: str = ""
    cell: str = ""  # its name in a spreadsheet, as D4

    def __str__(self) -> str:
        places = [
            f"ark »{self.sheet}«" if self.sheet else "",
            f"celle {self.cell}" if self.cell else "",
            f"linje {self.line}" if self.line else "",
            f"kolonne {self.column}" if self.column else "",
        ]
        place = ", ".join(filter(None, places))
        return f"{place}: {self.text}" if place else self.text


class TidyError(ValueError):
    """A file that is refused as a whole."""

    def __init__(self, problems: Iterable[Problem], rejected: int | None = None) -> None:
        self.problems = sorted(problems, key=lambda p: (ORDER.index(p.cause), p.line or 0))
        self.rejected = max(1, sum(p.count for p in self.problems) if rejected is None else rejected)
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> list[str]:
        lines = []
        for cause in ORDER:
            of_cause = [problem for problem in self.problems if problem.cause is cause]
            if of_cause:
                total = sum(problem.count for problem in of_cause)
                lines += [f"{cause} ({total}):", *(f"  {problem}" for problem in of_cause[:SHOWN])]
                shown = sum(problem.count for problem in of_cause[:SHOWN])
                lines += [f"  … og {total - shown} mere"] if total > shown else []
        return lines


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one cause."""

    cause: str
    count: int
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def grouped(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """By cause, in the order in which they are told."""
    groups = groupby(problems, key=lambda problem: problem.cause)
    lists = ((cause, tuple(members)) for cause, members in groups)
    return tuple(ProblemGroup(str(cause), sum(p.count for p in members), members) for cause, members in lists)


def as_facts(groups: Iterable[ProblemGroup]) -> dict[str, Any]:
    """The problems as a run keeps them."""
    listed = list(groups)
    return {
        "problems": [group.as_json() for group in listed],
        "error": "; ".join(f"{group.cause} ({group.count})" for group in listed),
    }
