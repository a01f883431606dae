"""Civil registration numbers (CPR) in texts: found so that they can be refused, never repeated. Pure."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Six digits of a date and four more, with or without hyphen; looser than the real thing is on the safe side.
GAP = "[-\u2010-\u2015 \u00a0\u202f]{0,3}"
FORM = rf"(?:^|[^0-9])([0-3][0-9][01][0-9][0-9]{{2}}{GAP}[0-9]{{4}})(?:$|[^0-9])"
_PATTERN = re.compile(rf"(?<!\d)([0-3]\d)([01]\d)(\d\d){GAP}\d{{4}}(?!\d)", re.ASCII)
# As a spreadsheet writes one of the first nine days of a month: a number, without its zero.
LOST_ZERO_FORM = r"^\s*[1-9][01][0-9]{7}\s*$"
_LOST_ZERO = re.compile(LOST_ZERO_FORM, re.ASCII)
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
CODE = "civil_number"


def refuse_civil_number(text: str) -> None:
    """For forms and model fields; the number itself is not repeated."""
    if holds_civil_number(text):
        raise ValidationError(_("Teksten ligner et CPR-nummer og er ikke gemt. Skriv den uden."), code=CODE)


def holds_civil_number(text: str) -> bool:
    return any(_is_date(*map(int, match.groups())) for match in _PATTERN.finditer(text))


def lacks_its_zero(text: str) -> bool:
    """A text of nine digits that is one once its zero is put back."""
    return bool(_LOST_ZERO.match(text)) and holds_civil_number(f"0{text.strip()}")


def is_civil_number(digits: str) -> bool:
    """Ten digits with a date and a right checksum. Numbers given since 2007 need not have one."""
    right = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11 == 0
    return right and holds_civil_number(digits)


def masked(text: str) -> str:
    """The text without the numbers, so that the rest of what was typed need not be typed again."""
    return _PATTERN.sub(lambda match: "[fjernet]" if _is_date(*map(int, match.groups())) else match[0], text)


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(1900 + year, month, day)
    except ValueError:
        return year == 0 and (day, month) == (29, 2)  # 2000 was a leap year, 1900 was not
    return True
