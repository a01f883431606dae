"""What the comparison says in words: the finding, the places, the persons, and what it cannot be used for."""

from decimal import Decimal

from indicators import formats, periods
from indicators.comparison import Comparison, Row
from indicators.models import Indicator

# What each number leaves out. The general reservations follow after it.
LEAVES_OUT = {
    "ledige-pct-arbejdsstyrken": "Tallet viser ledighed, ikke al offentlig forsørgelse.",
    "kontanthjaelp-pct-befolkning": "Tallet viser kontanthjælp, ikke al offentlig forsørgelse.",
    "kontanthjaelp-pct-arbejdsstyrken": "Tallet viser kontanthjælp, ikke al offentlig forsørgelse.",
    "ordinaere-timer-pct": (
        "Tallet viser, hvor stor en del af kontanthjælpsmodtagerne der har lønnede timer, ikke hvor mange timer de har."
    ),
}
RESERVATION = (
    "Det tager ikke højde for kommunernes rammevilkår, fx uddannelse, alder og arbejdspladser, og siger derfor ikke i "
    "sig selv, om en kommunes indsats er god. Ministeriets benchmarking regnes på en anden måde."
)


def finding(comparison: Comparison) -> str:
    """ "Viborg ligger lavere end landet: 2,4 mod 3,0 %"."""
    own, country = comparison.own.value, comparison.country.value
    if own is None:
        return f"Viborg har intet tal for {when(comparison)}"
    if country is None:
        return f"Viborg: {_value(comparison, comparison.own)}"
    if own == country:
        return f"Viborg ligger som landet: {_value(comparison, comparison.own)}"
    side = "lavere" if own < country else "højere"
    number = formats.number(own, comparison.indicator.decimals)
    return f"Viborg ligger {side} end landet: {number} mod {_value(comparison, comparison.country)}"


def when(comparison: Comparison) -> str:
    return periods.danish(comparison.period, comparison.indicator.frequency)


def direction(indicator: Indicator) -> str:
    words = {"lower": "Lavere er bedre.", "higher": "Højere er bedre."}
    return words.get(indicator.direction, "Hverken højt eller lavt er i sig selv godt.")


def arrow(indicator: Indicator) -> str:
    return {"lower": "← lavere er bedre", "higher": "højere er bedre →"}.get(indicator.direction, "")


def among_all(comparison: Comparison) -> str:
    """ "38 kommuner ligger lavere, 8 ligger lige med Viborg"."""
    found = comparison.sides
    if found is None:
        return "Viborg kan ikke placeres"
    equal = f", {found.equal} ligger lige med Viborg" if found.equal else ""
    if comparison.indicator.direction == Indicator.Direction.HIGHER:
        return f"{_municipalities(found.higher)} ligger højere{equal}"
    return f"{_municipalities(found.lower)} ligger lavere{equal}"


def _municipalities(count: int) -> str:
    return "1 kommune" if count == 1 else f"{count or 'Ingen'} kommuner"


def in_group(comparison: Comparison) -> str:
    """ "Nr. 6 af 16 provinsbykommuner"; outside the group one's own place is said with the group's size."""
    own, size = comparison.own.group_place, len([row for row in comparison.in_group if row.value is not None])
    if own is None:
        return f"{comparison.group.name}: Viborg kan ikke placeres"
    shared = " (delt)" if own.shared else ""
    if comparison.own_in_group:
        return f"Nr. {own.number}{shared} af {size} {comparison.group.plural}"
    return f"Viborg ville være nr. {own.number}{shared} blandt {size - 1} {comparison.group.plural}"


def group_note(comparison: Comparison) -> str:
    source = "Danmarks Statistiks inddeling"
    since = comparison.group.since
    dated = f"gældende siden {formats.short_date(since)}" if since else "som den ser ud i dag; startdato ikke oplyst"
    own = "" if comparison.own_in_group else " Viborg hører ikke til gruppen og er sat ind til sammenligning."
    return f"{comparison.group.name}: {source}, {dated}.{own} = betyder delt plads."


def in_persons(comparison: Comparison) -> str:
    """What the country's share would mean in Viborg, as a range, because the shares are rounded."""
    found, counted = comparison.at_country_level, comparison.counted
    if found is None or counted is None:
        return ""
    noun = counted.unit_name or "personer"
    has = f"Viborg: {formats.number(comparison.own.persons.value)} {noun}."
    if found.least <= 0 <= found.most:
        return f"{has} Forskellen til landets niveau er mindre, end de afrundede procenter kan vise."
    word = "flere" if found.least > 0 else "færre"
    low, high = sorted([abs(found.least), abs(found.most)])
    span = f"mellem {formats.number(low)} og {formats.number(high)}" if low != high else formats.number(low)
    return f"{has} Landets niveau ville svare til {span} {word} (et spænd, fordi procenterne er afrundede)."


def cannot_be_used_for(comparison: Comparison) -> str:
    indicator = comparison.indicator
    step = formats.difference(Decimal(1).scaleb(-indicator.decimals), indicator.unit, indicator.decimals)
    rounding = f"Forskelle på {step} kan være afrunding; derfor deler kommuner plads."
    return " ".join(filter(None, [LEAVES_OUT.get(indicator.code, ""), RESERVATION, rounding]))


def _value(comparison: Comparison, row: Row) -> str:
    return formats.measured(row.value, comparison.indicator.unit, comparison.indicator.decimals)


def chart_name(comparison: Comparison) -> str:
    """What a screen reader says of the dots."""
    return (
        f"{comparison.indicator.name}, {when(comparison)}: {len(comparison.valued)} kommuner som prikker. "
        f"Viborg Kommune {_value(comparison, comparison.own)}, hele landet "
        f"{_value(comparison, comparison.country)}. Alle kommuner står i tabellen."
    )


def dot_name(comparison: Comparison, row: Row) -> str:
    kommune = f"{row.name} Kommune"
    return f"{kommune}: {_value(comparison, row)}, plads {row.place} af {len(comparison.valued)}"


def sentences(comparison: Comparison) -> dict[str, str]:
    """All of them, by the place where they stand on the page."""
    return {
        "finding": finding(comparison),
        "when": when(comparison),
        "direction": direction(comparison.indicator),
        "among_all": among_all(comparison),
        "in_group": in_group(comparison),
        "group_note": group_note(comparison),
        "in_persons": in_persons(comparison),
        "cannot_be_used_for": cannot_be_used_for(comparison),
        "chart_name": chart_name(comparison),
    }
