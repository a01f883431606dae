"""Civil registration numbers (CPR) in texts: found so that they can be refused, never repeated. Pure."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Six digits of a date and four more, with or without hyphen; looser than the real thing is on the safe side.
FORM = r"(?:^|[^0-9])([0-3][0-9][01][0-9][0-9]{2}[- ]?[0-9]{4})(?:$|[^0-9])"
_PATTERN = re.compile(r"(?<!\d)([0-3]\d)([01]\d)(\d\d)[- ]?\d{4}(?!\d)", re.ASCII)
CODE = "civil_number"


def refuse_civil_number(text: str) -> None:
    """For forms and model fields; the number itself is not repeated."""
    if holds_civil_number(text):
        raise ValidationError(_("Teksten ligner et CPR-nummer og er ikke gemt. Skriv den uden."), code=CODE)


def holds_civil_number(text: str) -> bool:
    return any(_is_date(*map(int, match.groups())) for match in _PATTERN.finditer(text))


def masked(text: str) -> str:
    """The text without the numbers, so that the rest of what was typed need not be typed again."""
    return _PATTERN.sub(lambda match: "[fjernet]" if _is_date(*map(int, match.groups())) else match[0], text)


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(1900 + year, month, day)
    except ValueError:
        return year == 0 and (day, month) == (29, 2)  # 2000 was a leap year, 1900 was not
    return True
