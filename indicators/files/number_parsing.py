"""Numbers as people type them (1.373 · 7,5 % · 0.4), read with one decimal sign for a whole file. Pure."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MISSING = r"^(|\.\.|-)$"
# At most ten digits before the decimal sign and four after it: what the store keeps.
SPACES = "[ \u00a0\u2009\u202f]"  # ordinary, no-break, thin, and both
SPACED = f"^-?[1-9][0-9]{{0,2}}({SPACES}[0-9]{{3}}){{1,3}}(,[0-9]{{1,4}})?$"
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
    """Without spaces around and between thousands, without a percent sign, and with one kind of minus.

    A percent sign with no number before it stays: it is no way to say that there is none.
    """
    bare = pc.utf8_trim_whitespace(texts)
    if has_percent(texts).any():
        bare = pc.replace_substring_regex(bare, r"([0-9])\s*%$", r"\1")
    bare = pc.replace_substring(bare, "\N{MINUS SIGN}", "-")
    spaced = pc.match_substring_regex(bare, SPACED)
    return pc.if_else(spaced, pc.replace_substring_regex(bare, SPACES, ""), bare) if _mask(spaced).any() else bare


def is_missing(texts: pa.Array) -> np.ndarray:
    return matches(texts, MISSING)


def has_percent(texts: pa.Array) -> np.ndarray:
    return _mask(pc.match_substring(texts, "%"))


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


def detect(texts: pa.Array) -> Decimals | None:
    """The sign that the file's own numbers tell, None if they tell none; refuses files that mix the signs."""
    comma, point = is_number(texts, Decimals.COMMA), is_number(texts, Decimals.POINT)
    only_comma, only_point = comma & ~point, point & ~comma
    if only_comma.any() and only_point.any():
        raise MixedDecimalsError(
            f"filen blander decimalkomma og decimalpunktum, fx »{_first(texts, only_comma)}«"
            f" og »{_first(texts, only_point)}«"
        )
    return Decimals.POINT if only_point.any() else Decimals.COMMA if only_comma.any() else None


def two_ways(texts: pa.Array) -> np.ndarray:
    """Which can be read with either sign, and differ: `1.373`."""
    both = is_number(texts, Decimals.COMMA) & is_number(texts, Decimals.POINT)
    return both & (values(texts, Decimals.COMMA) != values(texts, Decimals.POINT))


def _mask(flags: pa.BooleanArray) -> np.ndarray:
    return view(pc.cast(flags, pa.uint8()), np.bool_)


def _first(texts: pa.Array, chosen: np.ndarray) -> str:
    return texts[int(np.flatnonzero(chosen)[0])].as_py()
