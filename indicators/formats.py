"""Numbers and dates the way Danish readers expect them: 1.373 · 7,5 % · 0,3 procentpoint · 25. august 2020."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from indicators.periods import MONTHS

NBSP = "\u00a0"
MINUS = "\u2212"


def number(value: Decimal | int, decimals: int = 0) -> str:
    """`1373` → "1.373", `7.5` with one decimal → "7,5"; halves are rounded away from zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def decimals_of(value: Decimal) -> int:
    """The decimals needed to print the value in full: 8.40 → 1."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def measured(value: Decimal | None, unit: str, decimals: int = 0) -> str:
    """A value with its unit: "8,1 %", "1.400", "nr. 47"; a missing one is a dash."""
    if value is None:
        return "–"
    text = number(value, decimals)
    return {"percent": f"{text}{NBSP}%", "rank": f"nr.{NBSP}{text}"}.get(unit, text)


def difference(
    value: Decimal, unit: str, decimals: int = 0, *, short: bool = False, signed: bool = False, counted: str = ""
) -> str:
    """A distance between two values: shares differ in percentage points, ranks in places, counts in what is counted."""
    text = number(abs(value) if not signed else value, decimals)
    if signed and Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) > 0:
        text = f"+{text}"
    one = abs(value) == 1
    words = {
        "percent": "pct.point" if short else "procentpoint",
        "count": counted or ("person" if one else "personer"),
        "rank": "plads" if one else "pladser",
    }
    return f"{text}{NBSP}{words[unit]}"


def as_printed(printed: str) -> str:
    """A target as the plan prints it, spaced alike: "10,9%" → "10,9 %", "Antal: 1.373" → "1.373"."""
    text = re.sub(r"^Antal:\s*", "", printed)
    return re.sub(r"(\d)\s*%", rf"\1{NBSP}%", text)


def long_date(day: date) -> str:
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]} {day.year}"


def short_date(moment: date | datetime) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day:%d.%m.%Y}"


def listed(items: list[str]) -> str:
    """ "a", "a og b", "a, b og c"."""
    return " og ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
