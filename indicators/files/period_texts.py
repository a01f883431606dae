"""Periods as people and spreadsheets write them: `januar 2026`, `31.08.2026`, `Q1 2026`, `1. kvt. 2026`. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from indicators import periods
from indicators.periods import Frequency

MONTHS = {
    name: number
    for number, names in enumerate(
        ["januar january jan", "februar february feb", "marts march mar", "april apr", "maj may", "juni june jun",
         "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
         "december dec"], start=1,
    )
    for name in names.split()
}  # fmt: skip
MARK = re.compile(r"\s*(?:\*+|\(?\s*(?:foreløbig[et]?|forel\.?)(?:\s+tal)?\s*\)?)\s*$", re.IGNORECASE)
NAMED = re.compile(r"([a-zæøå]+)\.?[ -]*((?:19|20|21)\d\d|\d\d)|((?:19|20|21)\d\d)[ -]*([a-zæøå]+)\.?")
QUARTER = re.compile(
    r"(?:(?:k|q|kvt|kvartal)\.? ?([1-4])[ ,-]*((?:19|20|21)\d\d)"
    r"|([1-4])\.? ?(?:k|q|kvt|kvartal)\.?[ ,-]*((?:19|20|21)\d\d)"
    r"|((?:19|20|21)\d\d)[ ,-]*(?:(?:k|q|kvt|kvartal)\.? ?([1-4])|([1-4])\.? ?(?:kvt|kvartal)\.?))"
)
HALF = re.compile(r"([12])\.? ?halvår[ ,-]*((?:19|20|21)\d\d)|((?:19|20|21)\d\d)[ ,-]*([12])\.? ?halvår")
MONTH_FIRST = re.compile(r"(\d{1,2})[-/.]((?:19|20|21)\d\d)")
YEAR_FIRST = re.compile(r"((?:19|20|21)\d\d)[-/. ](\d{1,2})|((?:19|20|21)\d\d)(\d\d)|((?:19|20|21)\d\d) M ?(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?((?:19|20|21)\d\d)(?: 00:00(?::00)?)?")
ISO_DAY = re.compile(r"((?:19|20|21)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?:[ T]00:00(?::00)?)?")
ROLLING = re.compile(r"4 kvartaler til og med (.+)")


@dataclass(frozen=True)
class Moment:
    """A period as it was written, with what its form says beyond which period it is."""

    frequency: Frequency
    number: int
    year_to_date: bool = False
    provisional: bool = False  # marked as `2026M07*`


def moment_of(text: str) -> Moment:
    """The period, or a ValueError in words."""
    bare = " ".join(MARK.sub("", text.strip()).split())
    marked = bool(MARK.search(text.strip()))
    try:
        frequency, number = periods.parse(_canonical(bare))
    except ValueError:
        periods.parse(bare)  # to refuse it as it was written
        raise
    return Moment(frequency, number, "MYTD" in bare.upper(), marked)


def is_period(text: str) -> bool:
    try:
        return bool(moment_of(text))
    except ValueError:
        return False


def _canonical(text: str) -> str:
    """The form that the portal writes itself, or the text as it is."""
    lowered = text.lower()
    for read in (_quarter, _half, _named_month, _day, _month):
        if found := read(lowered):
            return found
    if match := ROLLING.fullmatch(lowered):
        return _canonical(match[1]).replace("K", "QMAT")
    return text


def _quarter(text: str) -> str:
    match = QUARTER.fullmatch(text)
    if not match:
        return ""
    first, year, second, its_year, leading, third, fourth = match.groups()
    return f"{year or its_year or leading}K{first or second or third or fourth}"


def _half(text: str) -> str:
    match = HALF.fullmatch(text)
    return f"{match[2] or match[3]}H{match[1] or match[4]}" if match else ""


def _named_month(text: str) -> str:
    match = NAMED.fullmatch(text)
    if not match:
        return ""
    name, year = match[1] or match[4], match[2] or match[3]
    century = "20" if len(year) == 2 and year < "70" else "19" if len(year) == 2 else ""
    return f"{century}{year}M{MONTHS[name]}" if name in MONTHS else ""


def _month(text: str) -> str:
    if match := MONTH_FIRST.fullmatch(text):
        return f"{match[2]}M{match[1]}"
    if match := YEAR_FIRST.fullmatch(text.upper()):
        year, month = [part for part in match.groups() if part]
        return f"{year}M{month}"
    return ""


def _day(text: str) -> str:
    """Any day of a month, where it is sure which number is the month: 03/04/2026 is read in two ways."""
    if match := ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "/" and day <= 12 and day not in (1, month):
            return ""
    else:
        return ""
    try:
        return f"{date(year, month, day):%YM%m}"
    except ValueError:
        return ""
