"""What the funnel plot says in words: whether chance alone can have brought an area to where it lies."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import formats
from indicators.areas import HOME
from indicators.charts.dot_strip_layout import OWN
from indicators.models import Indicator
from indicators.pages.compare import funnel_limits, sentences
from indicators.pages.compare.comparison import Comparison
from indicators.pages.compare.funnel_limits import MOSTLY, NEARLY_ALWAYS, Member
from indicators.translation import translated


@dataclass(frozen=True)
class FunnelData:
    """The municipalities whose share, persons and size are told, and what the size counts."""

    comparison: Comparison
    counted: Indicator
    members: list[Member]

    @property
    def share(self) -> Decimal:
        return self.comparison.country.number

    @cached_property
    def by_size(self) -> list[Member]:
        return sorted(self.members, key=lambda member: (member.size, member.name))

    @property
    def left_out(self) -> int:
        """How many have a share, but persons that nobody publishes."""
        return sum(row.persons is None or row.persons.value is None for row in self.comparison.valued)

    @property
    def own(self) -> Member:
        return next(member for member in self.members if member.kind == OWN)

    @property
    def highest(self) -> Member:
        return max(self.members, key=lambda member: (member.share, -member.size))


def funnel_data(comparison: Comparison) -> FunnelData | None:
    """None where the share is not of few, or not enough is known to draw it."""
    members = [
        Member(row.code, row.name, row.kind, row.number, comparison.sizes[row.code])
        for row in comparison.valued
        if row.code in comparison.sizes
    ]
    if comparison.few is None or comparison.country.value is None or HOME not in [m.code for m in members]:
        return None
    return FunnelData(comparison, comparison.few, members)


def funnel_finding(funnel: FunnelData) -> str:
    """Whether chance alone can have brought Viborg to where it lies."""
    nearly, mostly = (funnel_limits.beyond(funnel.own, funnel.share, errors) for errors in (NEARLY_ALWAYS, MOSTLY))
    if nearly:
        return (
            _("Viborg ligger så højt, at tilfældet næppe forklarer det")
            if nearly > 0
            else _("Viborg ligger så lavt, at tilfældet næppe forklarer det")
        )
    if mostly:
        return (
            _("Viborg ligger højere, end tilfældigheder normalt forklarer")
            if mostly > 0
            else _("Viborg ligger lavere, end tilfældigheder normalt forklarer")
        )
    return _("Viborgs forskel til landet kan være tilfældig")


def outside(funnel: FunnelData) -> str:
    count = sum(bool(funnel_limits.beyond(member, funnel.share, NEARLY_ALWAYS)) for member in funnel.members)
    if not count:
        return _("Ingen kommuner ligger uden for de yderste linjer.")
    text = ngettext(
        "{count} af {all} kommuner ligger uden for de yderste linjer: den forskel er næppe tilfældig.",
        "{count} af {all} kommuner ligger uden for de yderste linjer: de forskelle er næppe tilfældige.",
        count,
    )
    return text.format(count=count, all=len(funnel.members))


def left_out(funnel: FunnelData) -> str:
    """Why there are fewer dots than municipalities with a share."""
    text = ngettext(
        "{count} kommune er ikke med, fordi dens antal personer ikke er offentliggjort og ellers kunne regnes ud.",
        "{count} kommuner er ikke med, fordi deres antal personer ikke er offentliggjort og ellers kunne regnes ud.",
        funnel.left_out,
    )
    return text.format(count=funnel.left_out) if funnel.left_out else ""


def extreme(funnel: FunnelData) -> str:
    """The highest of all, which is as a rule among the smallest."""
    highest = funnel.highest
    text = (
        _("Højest ligger {name} Kommune med {share} af {size} personer: også det kan tilfældet næppe forklare.")
        if funnel_limits.beyond(highest, funnel.share, NEARLY_ALWAYS)
        else _("Højest ligger {name} Kommune med {share} af {size} personer: det kan være tilfældigt.")
    )
    return text.format(name=highest.name, share=share(funnel, highest.share), size=formats.number(highest.size))


def verdict(funnel: FunnelData, member: Member) -> str:
    if side := funnel_limits.beyond(member, funnel.share, NEARLY_ALWAYS):
        return _("over yderste linje") if side > 0 else _("under yderste linje")
    if side := funnel_limits.beyond(member, funnel.share, MOSTLY):
        return _("over inderste linje") if side > 0 else _("under inderste linje")
    return _("mellem linjerne")


def expected(funnel: FunnelData, member: Member) -> str:
    """Between which per cents 95 of 100 groups of that size lie by chance alone: "8,6 til 11,6 %"."""
    low, high = (Decimal(str(limit)) for limit in funnel_limits.limits(funnel.share, member.size, MOSTLY))
    return _("{low} til {high}").format(low=formats.number(low, 1), high=share(funnel, high))


def dot_name(funnel: FunnelData, member: Member) -> str:
    return _("{name} Kommune: {share} af {size} personer, {verdict}").format(
        name=member.name,
        share=share(funnel, member.share),
        size=formats.number(member.size),
        verdict=verdict(funnel, member),
    )


def funnel_chart_name(funnel: FunnelData) -> str:
    """What a screen reader says of the funnel plot."""
    text = _(
        "{what}, {when}: {count} kommuner efter gruppens størrelse. Viborg Kommune {own} af {size} personer, "
        "hele landet {country}. Alle kommuner står i tabellen."
    )
    return text.format(
        what=translated(funnel.comparison.indicator.name),
        when=sentences.when(funnel.comparison),
        count=len(funnel.members),
        own=share(funnel, funnel.own.share),
        size=formats.number(funnel.own.size),
        country=share(funnel, funnel.share),
    )


def share(funnel: FunnelData, value: Decimal) -> str:
    return formats.measured(
        value,
        funnel.comparison.indicator.unit,
        funnel.comparison.indicator.decimals,
        funnel.comparison.indicator.unit_name,
    )
