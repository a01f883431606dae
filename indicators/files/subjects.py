"""Which benefit a text speaks of: many tables of Jobindsats name their columns alike. Pure."""

import re
from collections.abc import Iterable

from indicators.spellings import LETTERS, word_key

STEMS = (
    "kontanthjaelp", "uddannelseshjaelp", "selvforsoergelse", "integrationsydelse", "sho", "sygedagpenge", "dagpenge",
    "ledighedsydelse", "langtidsledig", "ledig", "fleksjob", "foertidspension", "ressourceforloeb", "jobafklaring",
    "forrevalidering", "revalidering", "efterloen", "barsel", "seniorpension", "fleksydelse", "offentligforsoergelse",
)  # fmt: skip


def subjects(texts: Iterable[str]) -> frozenset[str]:
    """The benefits named, each by its stem: `Personer på kontanthjælp` is about `kontanthjaelp`."""
    words = re.findall(r"[a-z]+", word_key(" ".join(texts)).translate(LETTERS))
    return frozenset(stem for word in words if (stem := next((each for each in STEMS if word.startswith(each)), "")))


def table_ids(texts: Iterable[str]) -> frozenset[str]:
    """Tables of Jobindsats as they are numbered: y60a02."""
    return frozenset(re.findall(r"\b(?:y\d\d[a-z]+\d+|ptv_?[a-z]\d+|otij\d+)\b", word_key(" ".join(texts))))
