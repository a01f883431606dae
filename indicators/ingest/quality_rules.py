"""What a delivery is expected to be. A fetched one that is not is held until a person has looked at it. Pure."""

from dataclasses import dataclass

FEWEST = 0.9  # of the cells in the delivery before
MOST_REVISED = 0.2  # of the cells that were known; a new month and its provisional neighbour are far fewer
MOST_JUMPS = 0.02  # of the new and changed cells: small municipalities jump now and then


@dataclass(frozen=True)
class Expectation:
    """One thing that was expected, what came, and whether that will do. In words, for the run's page."""

    name: str
    expected: str
    found: str
    met: bool


@dataclass(frozen=True)
class Facts:
    """What there is to know of a delivery beside what the portal holds; periods are month numbers."""

    rows: int
    rows_before: int | None
    newest: int
    newest_before: int | None
    newest_text: str
    revised: int
    known: int
    jumps: int
    jumps_at_home: int
    moved: int  # new and changed cells
    outside_range: int


def judged(facts: Facts) -> list[Expectation]:
    return [
        Expectation("Kolonner", "alle kendte", "alle kendte", True),  # an unknown one was refused by name
        Expectation("Nøgler", "kendte, ingen to gange", "kendte, ingen to gange", True),
        _ranges(facts),
        _rows(facts),
        _newest(facts),
        _revised(facts),
        _jumps(facts),
    ]


def _ranges(facts: Facts) -> Expectation:
    found = f"{facts.outside_range} uden for" if facts.outside_range else "alle inden for"
    return Expectation("Værdier", "antal fra 0, andele fra 0 til 100 %", found, not facts.outside_range)


def _rows(facts: Facts) -> Expectation:
    if not facts.rows_before:
        return Expectation("Antal tal", "mindst ét", str(facts.rows), facts.rows > 0)
    least = int(facts.rows_before * FEWEST)
    return Expectation("Antal tal", f"mindst {least}", str(facts.rows), facts.rows >= least)


def _newest(facts: Facts) -> Expectation:
    met = facts.newest_before is None or facts.newest >= facts.newest_before
    return Expectation("Nyeste periode", "ikke ældre end den, portalen har", facts.newest_text, met)


def _revised(facts: Facts) -> Expectation:
    share = facts.revised / facts.known if facts.known else 0
    return Expectation(
        "Ændret historik", f"højst {MOST_REVISED:.0%}".replace("%", " %"), f"{facts.revised} af {facts.known}",
        share <= MOST_REVISED,
    )  # fmt: skip


def _jumps(facts: Facts) -> Expectation:
    met = not facts.jumps_at_home and facts.jumps <= max(1, MOST_JUMPS * facts.moved)
    found = f"{facts.jumps}, heraf {facts.jumps_at_home} i Viborg eller hele landet"
    return Expectation("Spring", "ingen i Viborg eller hele landet, få i andre kommuner", found, met)
