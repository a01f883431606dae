"""Tidy files from the municipality itself, and archived figures from elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accounts.civil_numbers import holds_civil_number
from indicators.sources.errors import SourceError
from indicators.vocabulary import Vocabulary

if TYPE_CHECKING:
    from indicators.files.reading import Reading


def queries(indicators: Sequence[Any], path: Path | str | None) -> list[Path]:
    if path is None:
        raise SourceError("Kilden file læser en fil: angiv den med --file.")
    return [Path(path)]


def name_of(query: Path) -> str:
    return query.name


def fetch(query: Path, on_request_id: Callable[[str], None] | None = None) -> bytes:
    if holds_civil_number(query.name):
        raise SourceError("Filens navn rummer et CPR-nummer. Giv filen et andet navn.")
    try:
        return query.read_bytes()
    except OSError as error:
        raise SourceError(f"{query.name} kan ikke læses: {error.strerror}") from None


def reading(payload: bytes, query: Path, vocabulary: Vocabulary) -> "Reading":
    """All that the file says, with what was left out of it. Its name may tell which benefit it is about."""
    from indicators.files import detect  # slow to load, and a file that was read before is never parsed

    return detect.read_file(payload, vocabulary, query.stem)
