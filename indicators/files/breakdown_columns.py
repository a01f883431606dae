"""Which columns of a tidy file are breakdowns: a misspelt column must not become a series of its own. Pure."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

# As sources and case systems name them, in Danish and English.
COMMON = frozenset([
    "alder", "aldersgruppe", "age", "age_group", "koen", "køn", "sex", "gender", "herkomst", "oprindelse",
    "statsborgerskab", "origin", "citizenship", "ydelse", "ydelsesgruppe", "ydelsestype", "benefit",
    "benefit_group", "benefit_type", "maalgruppe", "målgruppe", "target_group", "a-kasse", "akasse", "fund",
    "uddannelse", "education", "branche", "fag", "erhverv", "stilling", "trade", "industry", "occupation",
    "varighed", "duration", "tilbud", "indsats", "redskab", "offer", "activity", "visitation", "kategori",
    "category", "gruppe", "group", "type", "status", "team", "hold", "afdeling", "department", "medarbejder",
    "employee", "distrikt", "omraade", "district", "virksomhed", "company",
])  # fmt: skip
DECLARED = re.compile(r"#\s*(?:opdelinger|breakdowns)\s*:([^\r\n]*)", re.IGNORECASE)


def declared(heading: str) -> frozenset[str]:
    """What a line `# opdelinger: forløb, lokale` above the header says."""
    return frozenset(name.lower() for found in DECLARED.findall(heading) for name in re.findall(r"[\w-]+", found))


def unknown_column(name: str, known: Iterable[str], *, may_declare: bool) -> str:
    """Why the column is refused, and what to do about it where the delivery came from."""
    close = get_close_matches(name, sorted(known), 1, 0.75)
    meant = f" Mente du »{close[0]}«?" if close else ""
    if not may_declare:
        return f"ukendt opdeling »{name}«.{meant} En ny opdeling skal første gang indlæses som fil"
    return f"ukendt kolonne »{name}«.{meant} Er den en ny opdeling, så skriv # opdelinger: {name} i første linje"
