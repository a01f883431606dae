"""Names as people spell them: one key for all ways to write an area, an indicator or a breakdown's value. Pure."""

import re
import unicodedata

LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "ü": "u"})
MUNICIPALITY = re.compile(r"\b(?:region)?s?kommunen?\b")
COUNTRY = {"heledanmark", "danmark", "landet", "helelandetialt", "landsplan"}
DASHES = re.compile("[\u2010-\u2015\u2212]")


def one_spelling(text: str) -> str:
    """Composed letters, one kind of space and of dash: what a reader cannot tell apart is written alike."""
    return DASHES.sub("-", " ".join(unicodedata.normalize("NFC", text).split()))


def word_key(text: str) -> str:
    """The same for one word in three spellings: composed or not, small or capital."""
    return one_spelling(text).casefold()


def area_key(name: str) -> str:
    """`Høje Taastrup` and `HØJE-TÅSTRUP KOMMUNE` are one; so are `København` and `Københavns Kommune`."""
    bare = MUNICIPALITY.sub("", word_key(name)).translate(LETTERS)
    key = re.sub(r"[^a-z0-9]", "", bare)
    return "helelandet" if key in COUNTRY else key.rstrip("s")
