"""How fresh the portal is: the month of its figures, and how many initiatives lack a status. One answer everywhere."""

from dataclasses import dataclass
from datetime import datetime

from goals.pages.freshness import Freshness, freshness
from goals.status.types import PlanStatus
from initiatives.status.coverage import Coverage, status_coverage


@dataclass(frozen=True)
class FreshnessStrip:
    """None where nothing was known."""

    figures: Freshness | None
    coverage: Coverage | None
    synthetic: bool


def freshness_strip(status: PlanStatus | None, moment: datetime) -> FreshnessStrip:
    """The plan's figures come with its status; the initiatives cost one query."""
    return FreshnessStrip(
        figures=freshness(status) if status else None,
        coverage=status_coverage(moment),
        synthetic=bool(status and status.synthetic),
    )
