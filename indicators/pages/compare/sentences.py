"""What the comparison says in words: the finding, the places, the persons, and what it cannot be used for."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators import formats, periods
from indicators.areas import HOME
from indicators.models import Indicator
from indicators.pages.compare.comparison import Comparison, ComparisonRow, Group
from indicators.pages.compare.ranking import Rank
from indicators.translation import translated

# What each number leaves out. The general reservations follow after it.
ONLY_ASSISTANCE = gettext_lazy("Tallet viser kontanthjælp, ikke al offentlig forsørgelse.")
LEAVES_OUT = {
    "ledige-pct-arbejdsstyrken": gettext_lazy("Tallet viser ledighed, ikke al offentlig forsørgelse."),
    "kontanthjaelp-pct-befolkning": ONLY_ASSISTANCE,
    "kontanthjaelp-pct-arbejdsstyrken": ONLY_ASSISTANCE,
    "ordinaere-timer-pct": gettext_lazy(
        "Tallet viser, hvor stor en del af kontanthjælpsmodtagerne der har lønnede timer, ikke hvor mange timer de har."
    ),
}
RESERVATION = gettext_lazy(
    "Det tager ikke højde for kommunernes rammevilkår, fx uddannelse, alder og arbejdspladser, og siger derfor ikke i "
    "sig selv, om en kommunes indsats er god. Ministeriets benchmarking regnes på en anden måde."
)


def comparison_finding(comparison: Comparison) -> str:
    """ "Viborg ligger lavere end landet: 2,4 mod 3,0 %"."""
    own, country = comparison.own.value, comparison.country.value
    if own is None:
        return _("Viborg har intet tal for {when}").format(when=when(comparison))
    if country is None:
        return f"Viborg: {_value(comparison, comparison.own)}"
    if own == country:
        return _("Viborg ligger som landet: {value}").format(value=_value(comparison, comparison.own))
    text = (
        _("Viborg ligger lavere end landet: {own} mod {country}")
        if own < country
        else _("Viborg ligger højere end landet: {own} mod {country}")
    )
    number = formats.number(own, comparison.indicator.decimals)
    return text.format(own=number, country=_value(comparison, comparison.country))


def when(comparison: Comparison) -> str:
    return periods.named(comparison.period, comparison.indicator.frequency)


def direction(indicator: Indicator) -> str:
    words = {"lower": _("Lavere er bedre."), "higher": _("Højere er bedre.")}
    return words.get(indicator.direction, _("Hverken højt eller lavt er i sig selv godt."))


def arrow(indicator: Indicator) -> str:
    return {"lower": _("← lavere er bedre"), "higher": _("højere er bedre →")}.get(indicator.direction, "")


def among_all(comparison: Comparison) -> str:
    """ "38 kommuner ligger lavere, 8 ligger lige med Viborg"."""
    sides = comparison.sides
    if sides is None:
        return _("Viborg kan ikke placeres")
    if comparison.indicator.direction == Indicator.Direction.HIGHER:
        text = _higher(sides.higher)
    else:
        text = _lower(sides.lower)
    if not sides.equal:
        return text
    equal = ngettext("{count} ligger lige med Viborg", "{count} ligger lige med Viborg", sides.equal)
    return f"{text}, {equal.format(count=sides.equal)}"


def _lower(count: int) -> str:
    if not count:
        return _("Ingen kommuner ligger lavere")
    return ngettext("{count} kommune ligger lavere", "{count} kommuner ligger lavere", count).format(count=count)


def _higher(count: int) -> str:
    if not count:
        return _("Ingen kommuner ligger højere")
    return ngettext("{count} kommune ligger højere", "{count} kommuner ligger højere", count).format(count=count)


def in_group(comparison: Comparison) -> str:
    """ "Nr. 6 af 16 provinsbykommuner"; outside the group one's own place is said with the group's size."""
    own, size = comparison.own.group_place, len([row for row in comparison.in_group if row.value is not None])
    if own is None:
        return _("{group}: Viborg kan ikke placeres").format(group=translated(comparison.group.name))
    place = _("{number} (delt)").format(number=own.number) if own.shared else str(own.number)
    if comparison.own_in_group:
        return _("Nr. {place} af {count} {group}").format(place=place, count=size, group=comparison.group.plural)
    text = _("Viborg ville være nr. {place} blandt {count} {group}")
    return text.format(place=place, count=size - 1, group=comparison.group.plural)


def group_note(group: Group) -> str:
    since, name = group.since, translated(group.name)
    if since:
        text = _("{group}: Danmarks Statistiks inddeling, gældende siden {day}.")
        notes = [text.format(group=name, day=formats.short_date(since))]
    else:
        text = _("{group}: Danmarks Statistiks inddeling, som den ser ud i dag; startdato ikke oplyst.")
        notes = [text.format(group=name)]
    if HOME not in group.members:
        notes.append(_("Viborg hører ikke til gruppen og er sat ind til sammenligning."))
    return " ".join(notes)


def shared_note(places: Iterable[Rank | None]) -> str:
    """What the sign means, where it stands."""
    return _("= betyder delt plads.") if any(place and place.shared for place in places) else ""


def in_persons(comparison: Comparison) -> str:
    """What the country's share would mean in Viborg, as a range, because the shares are rounded."""
    difference, counted, persons = comparison.at_country_level, comparison.counted, comparison.own.persons
    if difference is None or counted is None or persons is None:
        return ""
    noun = translated(counted.unit_name) or _("personer")
    has = f"Viborg: {formats.number(persons.number)} {noun}."
    if difference.least <= 0 <= difference.most:
        return f"{has} {_('Forskellen til landets niveau er mindre, end de afrundede procenter kan vise.')}"
    low, high = (formats.number(size) for size in sorted([abs(difference.least), abs(difference.most)]))
    span = _("mellem {low} og {high}").format(low=low, high=high) if low != high else low
    text = (
        _("Landets niveau ville svare til {span} flere (et spænd, fordi procenterne er afrundede).")
        if difference.least > 0
        else _("Landets niveau ville svare til {span} færre (et spænd, fordi procenterne er afrundede).")
    )
    return f"{has} {text.format(span=span)}"


def cannot_be_used_for(comparison: Comparison) -> str:
    indicator = comparison.indicator
    step = formats.difference(Decimal(1).scaleb(-indicator.decimals), indicator.unit, indicator.decimals)
    rounding = _("Forskelle på {step} kan være afrunding; derfor deler kommuner plads.").format(step=step)
    return " ".join(filter(None, [str(LEAVES_OUT.get(indicator.code, "")), str(RESERVATION), rounding]))


def _value(comparison: Comparison, row: ComparisonRow) -> str:
    return formats.measured(
        row.value, comparison.indicator.unit, comparison.indicator.decimals, comparison.indicator.unit_name
    )


def comparison_chart_name(comparison: Comparison) -> str:
    """What a screen reader says of the dots."""
    text = _(
        "{what}, {when}: {count} kommuner som prikker. Viborg Kommune {own}, hele landet {country}. "
        "Alle kommuner står i tabellen."
    )
    return text.format(
        what=translated(comparison.indicator.name),
        when=when(comparison),
        count=len(comparison.valued),
        own=_value(comparison, comparison.own),
        country=_value(comparison, comparison.country),
    )


def dot_name(comparison: Comparison, row: ComparisonRow) -> str:
    return _("{name} Kommune: {value}, plads {place} af {count}").format(
        name=row.name, value=_value(comparison, row), place=row.place, count=len(comparison.valued)
    )


def comparison_sentences(comparison: Comparison) -> dict[str, str]:
    """All of them, by the place where they stand on the page."""
    return {
        "finding": comparison_finding(comparison),
        "when": when(comparison),
        "direction": direction(comparison.indicator),
        "among_all": among_all(comparison),
        "in_group": in_group(comparison),
        "group_note": group_note(comparison.group),
        "shared": shared_note(row.place for row in comparison.rows),
        "shared_in_group": shared_note(row.group_place for row in comparison.in_group),
        "in_persons": in_persons(comparison),
        "cannot_be_used_for": cannot_be_used_for(comparison),
        "chart_name": comparison_chart_name(comparison),
    }
