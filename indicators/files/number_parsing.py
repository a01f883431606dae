"""Numbers as people type them (1.373 · 7,5 % · 0.4), read with one decimal sign for a whole file. Pure."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MISSING = r"^(|\.\.|-)$"
# At most ten digits before the decimal sign and four after it: what the store keeps.
WHOLE = "([0-9]{1,10}|[1-9][0-9]{0,2}(SEP[0-9]{3}){1,2}|[1-9](SEP[0-9]{3}){3})"


class Decimals(StrEnum):
    """The decimal sign of a file."""

    COMMA = "comma"
    POINT = "point"

    @property
    def signs(self) -> tuple[str, str]:
        """The sign between thousands, and the decimal sign."""
        return (".", ",") if self is Decimals.COMMA else (",", ".")


class MixedDecimalsError(ValueError):
    """The numbers can be read in more than one way, or in no one way."""


def view(array: pa.Array, kind: np.dtype | type) -> np.ndarray:
    """The array's memory. Its own to_numpy() would load pandas, which takes longer than the whole file."""
    return np.frombuffer(array.buffers()[1], kind)[array.offset : array.offset + len(array)]


def texts_of(words: Sequence[str]) -> pa.StringArray:
    """As an array. pa.array() would load pandas, too."""
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def matches(texts: pa.Array, pattern: str) -> np.ndarray:
    return _mask(pc.match_substring_regex(texts, pattern))


def trimmed(texts: pa.Array) -> pa.Array:
    """Without spaces around, without a percent sign, and with one kind of minus."""
    bare = pc.utf8_trim_whitespace(pc.utf8_rtrim(pc.utf8_trim_whitespace(texts), "%"))
    return pc.replace_substring(bare, "\N{MINUS SIGN}", "-")


def is_missing(texts: pa.Array) -> np.ndarray:
    return matches(texts, MISSING)


def is_number(texts: pa.Array, decimals: Decimals) -> np.ndarray:
    return _mask(_numbers(texts, decimals))


def _numbers(texts: pa.Array, decimals: Decimals) -> pa.Array:
    thousands, sign = decimals.signs
    whole = WHOLE.replace("SEP", f"[{thousands}]")
    return pc.match_substring_regex(texts, f"^-?{whole}([{sign}][0-9]{{1,4}})?$")


def values(texts: pa.Array, decimals: Decimals) -> np.ndarray:
    """Ten-thousandths; 0 for what is no number."""
    thousands, sign = decimals.signs
    numeric = _numbers(texts, decimals)
    plain = pc.replace_substring(pc.replace_substring(texts.filter(numeric), thousands, ""), sign, ".")
    exact = view(pc.cast(plain, pa.decimal128(18, 4)), np.dtype((np.int64, 2)))
    found = np.zeros(len(texts), np.int64)
    found[_mask(numeric)] = exact[:, 0]  # the low word holds all digits there can be
    return found


def detect(texts: pa.Array) -> Decimals:
    """The sign with which every number of the file can be read; refuses files that leave a choice."""
    comma, point = is_number(texts, Decimals.COMMA), is_number(texts, Decimals.POINT)
    only_comma, only_point = comma & ~point, point & ~comma
    if only_comma.any() and only_point.any():
        raise MixedDecimalsError(
            f"filen blander decimalkomma og decimalpunktum, fx »{_first(texts, only_comma)}«"
            f" og »{_first(texts, only_point)}«"
        )
    both = comma & point
    if not only_comma.any() and not only_point.any():
        unclear = both & (values(texts, Decimals.COMMA) != values(texts, Decimals.POINT))
        if unclear.any():
            raise MixedDecimalsError(
                f"»{_first(texts, unclear)}« kan læses på to måder; skriv # decimal: comma"
                " eller # decimal: point i første linje"
            )
    return Decimals.POINT if only_point.any() else Decimals.COMMA


def _mask(flags: pa.BooleanArray) -> np.ndarray:
    return view(pc.cast(flags, pa.uint8()), np.bool_)


def _first(texts: pa.Array, chosen: np.ndarray) -> str:
    return texts[int(np.flatnonzero(chosen)[0])].as_py()
