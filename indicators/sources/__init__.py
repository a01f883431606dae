"""Where figures come from. A source says what there is to fetch, fetches it, and parses it; the last is pure."""

from indicators.sources import file, jobindsats, statbank

SOURCES = {"file": file, "jobindsats": jobindsats, "statbank": statbank}
