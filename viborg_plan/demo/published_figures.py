"""The published figures of the repository: one line a series there, the project's tidy form to the store. Pure."""

from collections.abc import Iterator

from indicators import periods

HEAD = "# decimal: point\nindicator;area;period;value;provisional\n"


def tidy(compact: bytes) -> bytes:
    """Each line's months as rows of their own. A series' newest month is provisional: it rises at the next update."""
    lines = compact.decode().splitlines()
    rows = [row for line in lines if not line.startswith(("#", "indicator;")) for row in _months(line)]
    return (HEAD + "".join(rows)).encode()


def _months(line: str) -> Iterator[str]:
    indicator, area, first, values = line.split(";")
    month = periods.parse(first)[1]
    *settled, newest = values.split(",")
    for number, value in enumerate(settled):
        yield f"{indicator};{area};{periods.iso(month + number, 'M')};{value};\n"
    yield f"{indicator};{area};{periods.iso(month + len(settled), 'M')};{newest};ja\n"
