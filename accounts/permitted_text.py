"""What a text may hold, at every door and in every file: signs that all programs can read. Pure.

XML, and so Word, Excel and feeds, has no control signs but tab and line break, no half of a pair, no U+FFFE or U+FFFF.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")  # Word's and the web's ways to begin a line
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def with_line_breaks(text: str) -> str:
    """What somebody wrote, each line's beginning in the one way there is here."""
    return BREAKS.sub("\n", text)


def is_unreadable(text: str) -> bool:
    """Some other programs cannot hold it; it is refused before it is kept."""
    return UNREADABLE.search(text) is not None


def refuse_unreadable(row: Any, *names: str) -> None:
    """For a model's `clean`, and so for every form of it."""
    wrong = [name for name in names if is_unreadable(getattr(row, name))]
    if wrong:
        raise ValidationError({name: _("Teksten indeholder et tegn, der ikke kan gemmes.") for name in wrong})


def readable(text: str) -> str:
    """For whoever writes a file of what is kept already: line breaks are written as such, what nobody reads is not."""
    return UNREADABLE.sub("", with_line_breaks(text))
