"""The page that compares Viborg with the other municipalities, and its table as a file."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import periods
from indicators.as_of import AsOf, as_of
from indicators.charts.dot_strip import dot_charts
from indicators.http import parameters
from indicators.http.csv_file import csv_response
from indicators.http.parameters import KENDT, Refused
from indicators.models import Indicator
from indicators.pages.compare import (
    benchmark,
    benchmark_sentences,
    comparison,
    funnel_chart,
    funnel_sentences,
    sentences,
)
from indicators.pages.compare import charts as compare_charts
from indicators.pages.compare.benchmark import Edition
from indicators.pages.compare.comparison import DEFAULT_GROUP, DEFAULT_INDICATOR, OF_FEW, PERSONS, Comparison, Group
from indicators.pages.compare.csv_rows import benchmark_rows, comparison_rows
from indicators.pages.nothing_yet import NothingYet, page_of_nothing_yet
from indicators.queries.histories import Point


@dataclass(frozen=True)
class Choice:
    """What the reader chose, and what there is to choose from. `period` is None when nothing was known."""

    known: AsOf
    public: dict[str, Indicator]
    indicator: Indicator
    indicators: list[Indicator]
    group: Group
    groups: list[Group]
    period: Point | None
    periods: list[Point]

    @property
    def comparison(self) -> Comparison | None:
        if self.period is None:
            return None
        counted, few = (self.public.get(listed.get(self.indicator.code, "")) for listed in (PERSONS, OF_FEW))
        return comparison.compare(self.indicator, counted, self.group, self.period.period, self.known.moment, few)

    @property
    def edition(self) -> Edition | None:
        return (
            benchmark.newest_edition(self.group, self.known.moment) if self.public.keys() >= benchmark.CODES else None
        )


@page_of_nothing_yet(
    gettext_lazy("Sammenlign"),
    gettext_lazy("Siden viser kommunerne side om side, så snart der er hentet tal for mere end én af dem."),
)
def compare(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    compared = choice.comparison
    context: dict[str, Any] = {
        "choice": choice,
        "found": compared,
        "benchmark": benchmark_sentences.benchmark_context(choice.edition),
    }
    if compared:
        rows, country_x = compare_charts.rank_rows(compared)
        context |= {
            "words": sentences.comparison_sentences(compared),
            "charts": dot_charts(compare_charts.comparison_dot_strip(compared)),
            "rows": rows,
            "country_x": country_x,
            "funnel": funnel_chart.funnel_context(funnel_sentences.funnel_data(compared)),
            "explored": ",".join(row.code for row in [compared.own, compared.country, *compared.in_group[:3]]),
        }
    return render(request, "indicators/compare.html", context)


def compare_csv(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    compared = choice.comparison
    if compared is None:
        raise Http404(_("Ingen tal"))
    iso = periods.iso(compared.period, choice.indicator.frequency)
    return csv_response(f"sammenlign-{choice.indicator.code}-{iso}.csv", comparison_rows(compared))


def expected_csv(request: HttpRequest) -> HttpResponse:
    edition = _choice(request).edition
    if edition is None:
        raise Http404(_("Ingen tal"))
    iso = periods.iso(edition.period, periods.Frequency.ROLLING_QUARTERS)
    return csv_response(f"faktisk-mod-forventet-{iso}.csv", benchmark_rows(edition))


def _choice(request: HttpRequest) -> Choice:
    known = as_of(request)
    found = comparison.public_indicators()
    public: dict[str, Indicator] = {**found}
    indicators = {code: public[code] for code, one in found.items() if one.comparable}
    groups = {group.code: group for group in comparison.groups(known.today)}
    asked = parameters.read(
        parameters.of_form(request.GET),
        [
            parameters.one_of("indikator", "Hvad der sammenlignes.", lambda internal: indicators),
            parameters.one_of("gruppe", "Kommuner, der fremhæves.", lambda internal: groups),
            parameters.first_period("periode", "Perioden.", example="2026-06"),
            KENDT,
        ],
    )
    indicator = _chosen(indicators, asked.get("indikator", DEFAULT_INDICATOR))
    group = _chosen(groups, asked.get("gruppe", DEFAULT_GROUP))
    known_periods = comparison.home_periods(indicator, known.moment)
    period = _period(indicator, known_periods, asked.get("periode"))
    return Choice(
        known, public, indicator, list(indicators.values()), group, list(groups.values()), period, known_periods
    )


def _chosen(options: dict, code: str) -> Any:
    """The one asked for; where the default is not in the database, the first there is."""
    if not options:
        raise NothingYet(_("Der er intet at sammenligne endnu."))
    return options.get(code) or next(iter(options.values()))


def _period(indicator: Indicator, points: list[Point], asked: int | None) -> Point | None:
    """The period asked for; without one the newest that is final."""
    if asked is None:
        settled = [point for point in points if not point.provisional]
        return next(iter(settled or points), None)
    chosen = next((point for point in points if point.period == asked), None)
    if chosen is None and points:
        allowed = [periods.iso(point.period, indicator.frequency) for point in points]
        text = _("periode: Viborg har intet tal for den. Vælg en fra {first} til {last}.")
        raise Refused(text.format(first=allowed[-1], last=allowed[0]), parameter="periode", allowed=allowed)
    return chosen
