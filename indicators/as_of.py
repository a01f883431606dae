"""As of (bitemporal): the day a page is shown as known on, read from `?kendt=`, refused when it cannot be used."""

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import formats, periods

_moment: ContextVar[datetime | None] = ContextVar("rows_at", default=None)  # whose rows are shown; None: now's


class UnusableDate(ValueError):
    """The reader asked for a day that cannot be shown. The text says what to do."""


@dataclass(frozen=True)
class AsOf:
    """What a page shows as known. `day` is null for what is known now; `moment` is the last instant that counts."""

    day: date | None
    moment: datetime

    @property
    def today(self) -> date:
        return timezone.localtime(self.moment).date()

    @property
    def past(self) -> datetime | None:
        """The moment, where the reader asks for another than now: only then is there something to look up."""
        return self.moment if self.day else None


def as_of(request: HttpRequest) -> AsOf:
    """What the request's `kendt` asks for: "2020-09-15", "15.09.2020" or "15. september 2020".

    From here to the end of the request the managers give the rows that stood then.
    """
    text = request.GET.get("kendt", "").strip()
    if not text:
        return AsOf(None, timezone.now())
    day = day_in(text)
    show_rows_at(end_of(day))
    return AsOf(day, end_of(day))


def show_rows_at(moment: datetime | None) -> None:
    """From here to the end of the enclosing `rows_at` the managers give the rows of the moment."""
    _moment.set(moment)


@contextmanager
def rows_at(moment: datetime | None) -> Iterator[None]:
    """Inside, the managers of removable rows give those that stood at the moment; None: those that stand now."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def rows_moment() -> datetime | None:
    """The moment of the enclosing `rows_at` or `show_rows_at`; None: now."""
    return _moment.get()


def day_in(text: str) -> date:
    """A day that has begun, as a reader types it."""
    day = _parse(text.strip())
    if day > timezone.localdate():
        text = _("{day} ligger i fremtiden. Vælg i dag eller en tidligere dag.")
        raise UnusableDate(text.format(day=formats.short_date(day)))
    return day


def end_of(day: date) -> datetime:
    """The last instant of the day in Copenhagen."""
    next_day = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone()) + timedelta(days=1)
    return next_day - timedelta(microseconds=1)


def _parse(text: str) -> date:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    if match := re.fullmatch(r"(\d{1,2})\.?\s*(\w+)\.?\s+(\d{4})", text.lower()):
        day, name, year = match.groups()
        month = _month(name)
        if month and 1 <= int(day) <= monthrange(int(year), month)[1]:
            return date(int(year), month, int(day))
    raise UnusableDate(_("Datoen kunne ikke læses. Skriv den som 15.09.2020 eller 2020-09-15."))


def _month(name: str) -> int | None:
    """By its whole or its short name, in Danish or in the language of the page."""
    for month in range(1, 13):
        names = [periods.MONTHS[month - 1], periods.month_name(month), periods.short_month_name(month)]
        if name in (spelling.lower().rstrip(".") for spelling in names):
            return month
    return None
