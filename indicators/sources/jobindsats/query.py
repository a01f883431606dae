"""What is asked of Jobindsats: one table, one choice in each hierarchy, the measures wanted from it. Pure."""

from dataclasses import dataclass
from typing import Any, NamedTuple

AREA_HIERARCHY = "_nykom"


class Measure(NamedTuple):
    """The column that is an indicator, by each name it has gone by, the present one first."""

    indicator: str
    labels: tuple[str, ...]
    newest_is_provisional: bool


@dataclass(frozen=True)
class Query:
    """One table with one choice in each of its hierarchies, and the measures wanted from it."""

    table: str
    period_type: str  # M Q QMAT Y MYTD
    hierarchies: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]
    groupings: tuple[str, ...] = ()  # the labels of the hierarchies' columns, where they are known
    groups: tuple[tuple[str, str], ...] = ()  # all of the table's one grouping: each label with its breakdown


def period_type(indicator: Any) -> str:
    """The year to date is told by month, as a type of its own."""
    return "MYTD" if indicator.accumulation == "year_to_date" else str(indicator.frequency)
