"""An exploration: an indicator in chosen areas and months, as known on a day, with a link that repeats it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators import periods
from indicators.areas import COUNTRY, HOME, area_code
from indicators.as_of import AsOf, as_of
from indicators.http import parameters
from indicators.http.parameters import KENDT, Parameter, Refused
from indicators.models import Area, Indicator, Series
from indicators.pages.compare.comparison import DEFAULT_INDICATOR
from indicators.pages.nothing_yet import NothingYet
from indicators.queries.histories import History, SeriesKey, histories
from indicators.translation import translated

MOST_AREAS = 8  # more lines than that cannot be told apart
MONTHS_AT_FIRST = 60


@dataclass(frozen=True)
class Stock:
    """What an indicator has figures for: areas by code (Viborg, the country, the others by name) and breakdowns."""

    areas: dict[str, str]
    breakdowns: list[str]


@dataclass(frozen=True)
class Exploration:
    """`histories` hold only the chosen periods; `first` and `last` are None when there is nothing to show."""

    known: AsOf
    indicator: Indicator
    indicators: list[Indicator]
    stock: Stock
    chosen: list[str]
    breakdown: str
    periods: list[int]  # all there are, newest first
    first: int | None
    last: int | None
    histories: dict[str, History]  # by the area's name, in the order chosen

    @property
    def span(self) -> tuple[int, int]:
        """First and last; asked only where there is something to show."""
        if self.first is None or self.last is None:
            raise ValueError("there is nothing to show")
        return self.first, self.last

    @property
    def synthetic(self) -> bool:
        return any(history.synthetic for history in self.histories.values())

    @property
    def options(self) -> list[tuple[str, str]]:
        """The areas as the form lists them: the chosen ones first."""
        return sorted(self.stock.areas.items(), key=lambda area: area[0] not in self.chosen)

    @property
    def query(self) -> dict[str, str]:
        """What an address must say to show the same again."""
        asked = {"indikator": self.indicator.code, "omraade": ",".join(self.chosen), "opdeling": self.breakdown}
        for name, number in (("fra", self.first), ("til", self.last)):
            asked[name] = periods.iso(number, self.indicator.frequency) if number is not None else ""
        asked["kendt"] = self.known.day.isoformat() if self.known.day else ""
        return {name: value for name, value in asked.items() if value}

    @property
    def figure(self) -> str:
        return _address("udforsk-figur", self.query)

    @property
    def csv(self) -> str:
        return _address("udforsk-csv", self.query)

    @property
    def permanent(self) -> str:
        """The same view later too: the day is part of the address even when the reader chose none."""
        return _address("udforsk", self.query | {"kendt": self.known.today.isoformat()})


def _address(name: str, query: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query, safe=',')}"


def exploration_of(request: HttpRequest) -> Exploration:
    known = as_of(request)
    indicators = {found.code: found for found in _with_figures()}
    if not indicators:
        raise NothingYet(_("Der er ingen tal at udforske endnu."))
    asked = parameters.read(parameters.of_form(request.GET), _parameters(indicators))
    default = indicators.get(DEFAULT_INDICATOR) or next(iter(indicators.values()))
    indicator = indicators[asked["indikator"]] if "indikator" in asked else default
    stock = _stock(indicator)
    chosen = _chosen(asked.get("omraade"), indicator, stock)
    breakdown = _breakdown(asked.get("opdeling", ""), stock)
    whole = Exploration(known, indicator, list(indicators.values()), stock, chosen, breakdown, [], None, None, {})
    return _filled(whole, asked)


def _with_figures() -> list[Indicator]:
    return list(Indicator.objects.public().filter(series__isnull=False).distinct().order_by("name"))


def _parameters(indicators: dict[str, Indicator]) -> list[Parameter]:
    return [
        parameters.one_of("indikator", "Hvad der vises.", lambda internal: indicators),
        Parameter("omraade", "Områdernes koder med komma imellem.", str, example="791,000"),
        Parameter("opdeling", "Opdelingen.", str, example="alder=18-29"),
        parameters.first_period("fra", "Den første periode.", example="2024-01"),
        parameters.last_period("til", "Den sidste periode.", example="2026-07"),
        KENDT,
    ]


def _stock(indicator: Indicator) -> Stock:
    rows = (
        Series.objects.outside_the_house()
        .filter(indicator=indicator)
        .values_list("area__code", "area__name", "breakdown")
    )
    areas = {code: translated(name) for code, name, __ in rows}
    ordered = sorted(areas, key=lambda code: (code != HOME, code != COUNTRY, areas[code]))
    return Stock({code: areas[code] for code in ordered}, sorted({breakdown for *_, breakdown in rows}))


def _chosen(text: str | None, indicator: Indicator, stock: Stock) -> list[str]:
    """The areas asked for that the indicator has figures for.

    At first, and when none has any: Viborg, beside the country where sizes do not matter.
    """
    if text is None:
        first = [HOME, COUNTRY] if indicator.unit == Indicator.Unit.PERCENT else [HOME]
        return [code for code in first if code in stock.areas] or list(stock.areas)[:1]
    codes = list(dict.fromkeys(area_code(code.strip()) for code in text.split(",") if code.strip()))
    without = {code for code in codes if code not in stock.areas}
    unknown = without.difference(Area.objects.filter(code__in=without).values_list("code", flat=True))
    if unknown:
        problem = _("{name}: »{text}« findes ikke.").format(name="omraade", text=", ".join(sorted(unknown))[:60])
        raise Refused(problem, parameter="omraade", allowed=[f"{code} {name}" for code, name in stock.areas.items()])
    if len(codes) > MOST_AREAS:
        problem = _("{name}: vælg højst {most}; her er {count}.")
        raise Refused(problem.format(name="omraade", most=MOST_AREAS, count=len(codes)), parameter="omraade")
    with_figures = [code for code in codes if code in stock.areas]
    return with_figures or _chosen(None, indicator, stock)


def _breakdown(text: str, stock: Stock) -> str:
    if text and text not in stock.breakdowns:
        problem = _("{name}: »{text}« findes ikke.").format(name="opdeling", text=text[:60])
        raise Refused(problem, parameter="opdeling", allowed=stock.breakdowns)
    return text


def _filled(exploration: Exploration, asked: dict[str, Any]) -> Exploration:
    """With the figures of the chosen areas, cut to the chosen periods."""
    keys = {code: SeriesKey(exploration.indicator.code, code, exploration.breakdown) for code in exploration.chosen}
    found = histories(keys.values(), moment=exploration.known.moment)
    numbers = sorted({point.period for history in found.values() for point in history.points}, reverse=True)
    if not numbers:
        return replace(exploration, histories={exploration.stock.areas[code]: found[key] for code, key in keys.items()})
    last = asked.get("til", numbers[0])
    first = asked.get("fra", max(numbers[-1], last - MONTHS_AT_FIRST + 1))
    if first > last:
        raise Refused(_("fra: den første periode ligger efter den sidste."), parameter="fra")
    cut = {exploration.stock.areas[code]: _between(found[key], first, last) for code, key in keys.items()}
    return replace(exploration, periods=numbers, first=first, last=last, histories=cut)


def _between(history: History, first: int, last: int) -> History:
    return replace(history, points=tuple(point for point in history.points if first <= point.period <= last))
