"""Where a page of observations ended, as a text that answers only the question it was given for."""

import base64
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

from indicators.http.parameters import Refused

ANY = {"cursor", "limit", "format"}  # what may differ from page to page


class Place(NamedTuple):
    """The last row of a page: `batch` is its own in changes, elsewhere the newest that all pages may know.

    `turn` orders the rows of a batch in changes, and is 0 elsewhere.
    """

    batch: int
    turn: int
    series: int
    period: int


def text_of(place: Place, query: QueryDict) -> str:
    signed = _signer(query).sign(".".join(map(str, place)))
    return base64.urlsafe_b64encode(signed.encode("ascii")).decode("ascii").rstrip("=")


def place_of(text: str, query: QueryDict) -> Place:
    try:
        signed = base64.urlsafe_b64decode(text.encode("ascii") + b"==").decode("ascii")
        return Place(*map(int, _signer(query).unsign(signed).split(".")))
    except (ValueError, BadSignature):
        problem = "cursor: hører ikke til det, der spørges om; følg adressen i »next« uændret."
        raise Refused(problem, parameter="cursor") from None


def _signer(query: QueryDict) -> Signer:
    """Of this question alone."""
    question = sorted((name, text) for name, text in query.items() if name not in ANY)
    return Signer(salt=f"cursor {question}", algorithm="sha256")
