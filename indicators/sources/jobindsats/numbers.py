"""The numbers of a Jobindsats column as ten-thousandths. Pure.

Numbers are JSON numbers, but table y30r21 gives its shares as texts with a decimal comma.
"""

import re
from decimal import Decimal
from typing import Any

import numpy as np

from indicators.frame import LIMIT, SCALE
from indicators.sources.errors import SourceError

NUMERIC = {int, Decimal, type(None)}
DANISH = re.compile(r"-?\d{1,10}(,\d{1,4})?", re.ASCII)


def scaled_column(column: tuple, label: str) -> tuple[np.ndarray, np.ndarray]:
    """Ten-thousandths, and where there is no number."""
    if not set(map(type, column)) <= NUMERIC:
        column = tuple(_number(cell, label) for cell in column)
    scaled = [0 if number is None else number * SCALE for number in column]
    wrong = next((n for n, number in enumerate(scaled) if abs(number) >= LIMIT or number != int(number)), None)
    if wrong is not None:
        raise SourceError(f"{column[wrong]} har flere cifre, end der er plads til (10 før og 4 efter kommaet).")
    absent = np.fromiter((number is None for number in column), bool)
    return np.fromiter(map(int, scaled), np.int64, len(scaled)), absent


def _number(cell: Any, label: str) -> int | Decimal | None:
    if type(cell) in NUMERIC:
        return cell
    if isinstance(cell, str) and DANISH.fullmatch(cell.strip()):
        return Decimal(cell.strip().replace(",", "."))
    raise SourceError(f"»{str(cell)[:40]}« i kolonnen »{label}« er ikke et tal.")
