"""Labels compared as a source means them, though it writes them differently from year to year. Pure."""

from typing import Any


def normalised(label: Any) -> str:
    """The label without spaces and capitals, which drift: `Antal personer ` is `antalpersoner`."""
    return "".join(str(label).split()).casefold()
