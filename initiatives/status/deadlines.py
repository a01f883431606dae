"""When a status is due: which month is asked for on a day, and until when. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from indicators import periods


@dataclass(frozen=True)
class Cadence:
    """How often the committee wants status; a longer stretch than a month is named by its last month."""

    every_months: int = 1
    opens_day: int = 20  # of the month itself
    deadline_day: int = 8  # of the month after

    def due_period(self, today: date) -> int:
        """The newest month that is open. It stays the one that is due until the next opens."""
        month = periods.of(today.year, today.month)
        return self._not_after(month if today.day >= self.opens_day else month - 1)

    def settled_period(self, today: date) -> int:
        """The newest month whose deadline has passed."""
        month = periods.of(today.year, today.month)
        return self._not_after(month - 1 if self.deadline(month - 1) < today else month - 2)

    def _not_after(self, month: int) -> int:
        return month - (month + 1) % self.every_months

    def opens(self, period: int) -> date:
        return _day_of(period, self.opens_day)

    def deadline(self, period: int) -> date:
        return _day_of(period + 1, self.deadline_day)


def _day_of(period: int, day: int) -> date:
    """Months that are shorter end on their last day."""
    year, month = periods.year_month(period)
    return date(year, month, min(day, monthrange(year, month)[1]))
