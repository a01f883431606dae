"""Where figures come from. A source says what there is to fetch, fetches it, and parses it; the last is pure."""

from indicators.sources import file, jobindsats

SOURCES = {"file": file, "jobindsats": jobindsats}
