"""Made-up figures of the municipality's own measures for 2020, by target group, team and employee. Pure.

Each whole is the sum of its parts, as in the case systems. Teams and employees are invented and say so. The noise is
seeded by measure, month and place, so that every portal shows the same figures.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from indicators import periods
from indicators.areas import HOME
from indicators.frame import Cell, Frame, SeriesKey, breakdown_text, frame_of
from viborg_plan.demo.figures import COPENHAGEN

TEAMS = {
    "ungeindsatsen-demo": "Ungeindsatsen (demo)",
    "sygedagpenge-demo": "Sygedagpenge (demo)",
    "jobindgang-demo": "Jobindgang (demo)",
}
STAFF = {"ungeindsatsen-demo": 3, "sygedagpenge-demo": 4, "jobindgang-demo": 2}
GROUPS = {"Unge under 30": 3, "Sygemeldte": 3, "Jobparate": 4, "Flygtninge og familiesammenførte": 1}
TRADES = {"Industri": 4, "Bygge og anlæg": 3, "Handel": 3, "Social og sundhed": 5, "Landbrug": 1}
# What an employee has in a month, on average.
BY_STAFF = {
    "afsluttet-til-job-uddannelse": 7.0,
    "delvis-raskmeldte": 6.0,
    "selvforsoergende-efter-virksomhedsforloeb": 4.0,
    "nye-fleksjob": 2.0,
    "i-praktik-eller-loentilskud": 9.0,
    "virksomheder-besoegt": 8.0,
}
BY_TRADE = {"jobordrer": 60, "virksomheder-om-fastholdelse": 35}
BY_GROUP = {"jobigen-indskrevne": 48, "delvis-ledige": 130}
PLACES = 60  # of Jobigen

MONTHS = range(periods.of(2020, 1), periods.of(2020, 12) + 1)
CORRECTED = periods.of(2020, 11)  # one employee's number was registered late
KNOWN = {
    "Interne demotal for 2020": datetime(2021, 2, 6, 6, tzinfo=COPENHAGEN),
    "Interne demotal, rettelse af november 2020": datetime(2021, 3, 6, 6, tzinfo=COPENHAGEN),
}


def deliveries() -> Iterator[tuple[str, datetime, Frame]]:
    first, then = KNOWN
    yield first, KNOWN[first], frame_of(cell for month in MONTHS for cell in _cells(month, late=0))
    yield then, KNOWN[then], frame_of(_cells(CORRECTED, late=2))


def employee(team: str, number: int) -> str:
    return f"demo-{team.partition('-')[0]}-{number}"


def _cells(month: int, late: int) -> Iterator[Cell]:
    for code, mean in BY_STAFF.items():
        yield from _told(code, month, _by_staff(code, month, mean, late))
    for dimension, shares, codes in (("branche", TRADES, BY_TRADE), ("maalgruppe", GROUPS, BY_GROUP)):
        for code, total in codes.items():
            drawn = _around(f"{code} {month}", total)
            yield from _told(code, month, {"": drawn} | _split(dimension, shares, drawn, f"{code} {month}"))
    yield from _told("jobigen-pladser", month, {"": PLACES})


def _by_staff(code: str, month: int, mean: float, late: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for team, number in ((team, number) for team, count in STAFF.items() for number in range(1, count + 1)):
        value = _around(f"{code} {month} {team} {number}", mean)
        value += late if (team, number) == ("jobindgang-demo", 1) else 0
        for parts in ({}, {"team": team}, {"team": team, "medarbejder": employee(team, number)}):
            found[breakdown_text(parts)] += value
    return found | _split("maalgruppe", GROUPS, found[""], f"{code} {month}")


def _split(dimension: str, shares: dict[str, int], total: int, seed: str) -> dict[str, int]:
    """Nothing in a part is a number too."""
    chance = random.Random(f"{seed} {dimension}")  # noqa: S311 - not for secrets
    names = chance.choices(list(shares), list(shares.values()), k=total)
    return {breakdown_text({dimension: name}): names.count(name) for name in shares}


def _around(seed: str, mean: float) -> int:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return max(0, round(chance.gauss(mean, mean**0.5)))


def _told(code: str, month: int, numbers: dict[str, int]) -> Iterator[Cell]:
    for breakdown, value in numbers.items():
        yield Cell(SeriesKey(code, HOME, breakdown), month, Decimal(value))
