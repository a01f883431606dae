"""Periods as month numbers: parsing what sources write, and printing what people read. Pure."""

import re
from calendar import monthrange
from datetime import date

from django.db.models.enums import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.translation import gettext_noop


class Frequency(TextChoices):
    MONTH = "M", gettext_lazy("måned")
    QUARTER = "Q", gettext_lazy("kvartal")
    HALF = "H", gettext_lazy("halvår")
    YEAR = "Y", gettext_lazy("år")
    ROLLING_QUARTERS = "QMAT", gettext_lazy("rullende fire kvartaler")


MONTHS = [
    gettext_noop("januar"), gettext_noop("februar"), gettext_noop("marts"), gettext_noop("april"),
    gettext_noop("maj"), gettext_noop("juni"), gettext_noop("juli"), gettext_noop("august"),
    gettext_noop("september"), gettext_noop("oktober"), gettext_noop("november"), gettext_noop("december"),
]  # fmt: skip
SHORT_MONTHS = [
    gettext_noop("jan."), gettext_noop("feb."), gettext_noop("mar."), gettext_noop("apr."),
    gettext_noop("maj"), gettext_noop("jun."), gettext_noop("jul."), gettext_noop("aug."),
    gettext_noop("sep."), gettext_noop("okt."), gettext_noop("nov."), gettext_noop("dec."),
]  # fmt: skip
FORMS = re.compile(r"((?:19|20|21)\d\d)(?:-(\d\d)|-?(MYTD|QMAT|M|K|Q|H|Y)(\d{1,2}))?", re.ASCII)
# MYTD is the year to date at the end of a month; the indicator's accumulation tells it from a plain month.
LETTERS = {
    "M": Frequency.MONTH,
    "MYTD": Frequency.MONTH,
    "K": Frequency.QUARTER,
    "Q": Frequency.QUARTER,
    "H": Frequency.HALF,
    "Y": Frequency.YEAR,
    "QMAT": Frequency.ROLLING_QUARTERS,
}
STEPS = {
    Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12, Frequency.ROLLING_QUARTERS: 3,
}  # fmt: skip
LENGTHS = STEPS | {Frequency.ROLLING_QUARTERS: 12}


def of(year: int, month: int) -> int:
    """The number of a month, counted from January 1900 as 0; a longer period has its first month's number."""
    if not 1 <= month <= 12:
        raise ValueError(_("der er ingen måned {month}").format(month=month))
    return (year - 1900) * 12 + month - 1


def year_month(number: int) -> tuple[int, int]:
    return 1900 + number // 12, number % 12 + 1


def parse(text: str) -> tuple[Frequency, int]:
    """Read `2020M03 2020-03 2020K1 2020-Q1 2025Q04 2020H1 2020 2024Y01 2023QMAT01`; refuse all else."""
    match = FORMS.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(_("»{text}« er ikke en periode; skriv fx 2020M03, 2020K1 eller 2020").format(text=text))
    year, month, letter, place = match.groups()
    frequency = Frequency.MONTH if month else LETTERS[letter or "Y"]
    index = int(month or place or 1)
    if not 1 <= index <= 12 // STEPS[frequency]:
        raise ValueError(
            _("»{text}« er ikke en periode: {kind} {number} findes ikke").format(
                text=text, kind=frequency.label, number=index
            )
        )
    return frequency, of(int(year), 1) + (index - 1) * STEPS[frequency]


def quarter(number: int) -> int:
    return number % 12 // 3 + 1


def half(number: int) -> int:
    return number % 12 // 6 + 1


def iso(number: int, frequency: str) -> str:
    """`2020-07`, `2020-Q3`, `2020-H2`, `2020` or `2020-QMAT3`: a form for each, sortable and parsed again."""
    year, month = year_month(number)
    if frequency == Frequency.YEAR:
        return str(year)
    if frequency == Frequency.MONTH:
        return f"{year}-{month:02}"
    return f"{year}-{frequency}{half(number) if frequency == Frequency.HALF else quarter(number)}"


def month_name(month: int) -> str:
    return _(MONTHS[month - 1])


def short_month_name(month: int) -> str:
    return _(SHORT_MONTHS[month - 1])


def named(number: int, frequency: str) -> str:
    """In the page's language: "juli 2020", "3. kvt. 2020", "4 kvartaler til og med 2. kvt. 2020"."""
    year, month = year_month(number)
    if frequency == Frequency.YEAR:
        return str(year)
    if frequency == Frequency.MONTH:
        return f"{month_name(month)} {year}"
    if frequency == Frequency.HALF:
        return _("{half}. halvår {year}").format(half=half(number), year=year)
    last = _("{quarter}. kvt. {year}").format(quarter=quarter(number), year=year)
    return last if frequency == Frequency.QUARTER else _("4 kvartaler til og med {quarter}").format(quarter=last)


def named_briefly(number: int, frequency: str) -> str:
    """For a narrow column: "nov. 2020", "2. kvt. 2020"; four quarters are named by the one that ends them."""
    year, month = year_month(number)
    if frequency == Frequency.MONTH:
        return f"{short_month_name(month)} {year}"
    return named_by_end(number, frequency)


def named_by_end(number: int, frequency: str) -> str:
    """Four quarters named by the one that ends them; all else as ever."""
    return named(number, Frequency.QUARTER if frequency == Frequency.ROLLING_QUARTERS else frequency)


def span(first: int, last: int, frequency: str) -> str:
    """ "juli 2019 til juli 2020"."""
    return _("{first} til {last}").format(first=named(first, frequency), last=named(last, frequency))


def named_shortest(number: int, frequency: str = Frequency.MONTH) -> str:
    """For an axis that tells the year elsewhere."""
    year, month = year_month(number)
    if frequency == Frequency.YEAR:
        return str(year)
    if frequency == Frequency.HALF:
        return _("{half}. halvår").format(half=half(number))
    quarters = _("{quarter}. kvt.").format(quarter=quarter(number))
    return short_month_name(month) if frequency == Frequency.MONTH else quarters


def last_month(number: int, frequency: str = Frequency.MONTH) -> int:
    return number + STEPS[Frequency(frequency)] - 1


def first_day(number: int, frequency: str = Frequency.MONTH) -> date:
    first = last_month(number, frequency) - LENGTHS[Frequency(frequency)] + 1
    return date(*year_month(first), 1)


def last_day(number: int, frequency: str = Frequency.MONTH) -> date:
    year, month = year_month(last_month(number, frequency))
    return date(year, month, monthrange(year, month)[1])
