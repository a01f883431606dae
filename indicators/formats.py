"""Numbers and dates the way readers of the page's language expect them.

Danish: 1.373 · 7,5 % · 0,3 procentpoint · 25. august 2020. English: 1,373 · 7.5 % · 25 August 2020.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import periods
from indicators.translation import in_english, translated

NAMED = ("money", "time", "score")  # units told by the name the indicator gives them
NBSP = "\u00a0"
MINUS = "\u2212"
TO_THE_OTHER_LANGUAGE = str.maketrans(",.", ".,")  # of thousands and decimals


def number(value: Decimal | int, decimals: int = 0) -> str:
    """`1373` → "1.373", `7.5` with one decimal → "7,5"; halves are rounded away from zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    text = text if in_english() else text.translate(TO_THE_OTHER_LANGUAGE)
    return f"{MINUS}{text}" if rounded < 0 else text


def decimals_of(value: Decimal) -> int:
    """The decimals needed to print the value in full: 8.40 → 1."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def measured(value: Decimal | None, unit: str, decimals: int = 0, name: str = "") -> str:
    """A value with its unit: "8,1 %", "1.400", "nr. 47", "42,0 mio. kr."; a missing one is a dash.

    `name`: what money, time and scores are counted in; of persons it stands elsewhere.
    """
    if value is None:
        return "–"
    text = number(value, decimals)
    if unit == "rank":
        return _("nr.\u00a0{place}").format(place=text)
    suffix = {"percent": "%", "points": _("pct.point")} | dict.fromkeys(NAMED, translated(name))
    return f"{text}{NBSP}{suffix[unit]}" if suffix.get(unit) else text


def difference(
    value: Decimal, unit: str, decimals: int = 0, *, short: bool = False, signed: bool = False, counted: str = ""
) -> str:
    """A distance between two values: shares differ in percentage points, ranks in places, counts in what is counted."""
    text = number(abs(value) if not signed else value, decimals)
    if signed and Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) > 0:
        text = f"+{text}"
    one = 1 if abs(value) == 1 else 2
    points = _("pct.point") if short else _("procentpoint")
    words = {
        "percent": points,
        "points": points,
        "count": translated(counted) or ngettext("person", "personer", one),
        "rank": ngettext("plads", "pladser", one),
    } | dict.fromkeys(NAMED, translated(counted))
    return f"{text}{NBSP}{words[unit]}".rstrip()


def as_printed(printed: str) -> str:
    """A target as the plan prints it, spaced alike: "10,9%" → "10,9 %", "Antal: 1.373" → "1.373"."""
    text = re.sub(r"^Antal:\s*", "", translated(printed))
    if in_english():
        text = re.sub(r"\d[\d.,]*", lambda digits: digits[0].translate(TO_THE_OTHER_LANGUAGE), text)
    return re.sub(r"(\d)\s*%", rf"\1{NBSP}%", text)


def long_date(day: date) -> str:
    return f"{day_and_month(day, NBSP)} {day.year}"


def day_and_month(day: date, space: str = " ") -> str:
    return f"{day.day}{'' if in_english() else '.'}{space}{periods.month_name(day.month)}"


def short_date(moment: date | datetime) -> str:
    """ "25.08.2020"; in English "25 Aug 2020", which nobody reads with month and day exchanged."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day.day} {periods.short_month_name(day.month)} {day.year}" if in_english() else f"{day:%d.%m.%Y}"


def date_and_time(moment: datetime) -> str:
    return f"{short_date(moment)} {timezone.localtime(moment):%H:%M}"


def listed(items: list[str]) -> str:
    """ "a", "a og b", "a, b og c"."""
    return _(" og ").join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
