"""What actual against expected says in words, and how it is drawn."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import formats, periods
from indicators.charts.dot_strip import AreaMark, DotStripData, dot_charts
from indicators.pages.compare import charts, sentences
from indicators.pages.compare.benchmark import BenchmarkRow, Edition
from indicators.periods import Frequency, year_month


def benchmark_context(edition: Edition | None) -> dict[str, Any] | None:
    """All of it, by the place where it stands on the page; None without an edition."""
    if edition is None:
        return None
    return {
        "edition": edition,
        "finding": benchmark_finding(edition),
        "issue": issue(edition.period),
        "period": periods.named(edition.period, Frequency.ROLLING_QUARTERS),
        "ahead": ahead(edition),
        "rows_in_group": charts.benchmark_drawn_rows(edition),
        "charts": dot_charts(benchmark_dot_strip(edition)),
        "chart_name": benchmark_chart_name(edition),
        "group_note": sentences.group_note(edition.group),
        "places": places(edition),
        "shared": sentences.shared_note(row.place for row in edition.rows),
        "shared_in_group": sentences.shared_note(row.place for row in edition.in_group),
    }


def benchmark_finding(edition: Edition) -> str:
    """ "Viborg har 30 personer flere end forventet: nr. 43 af 98"."""
    own, count = edition.own, len(edition.rows)
    if own.difference:
        text = _("Viborg har {difference} end forventet: nr. {place} af {count}")
    else:
        text = _("Viborg har lige så mange som forventet: nr. {place} af {count}")
    return text.format(difference=more_or_fewer(own), place=own.place.number, count=count)


def more_or_fewer(row: BenchmarkRow) -> str:
    """ "112 personer færre"; no difference is said as one."""
    if not row.difference:
        return _("hverken flere eller færre")
    persons = formats.difference(row.difference, "count")
    return (_("{persons} flere") if row.difference > 0 else _("{persons} færre")).format(persons=persons)


def issue(period: int) -> str:
    """Two editions a year: that of autumn ends with the second quarter, that of spring with the fourth."""
    year, month = year_month(period)
    if month <= 6:
        return _("Efterårsudgaven {year}").format(year=year)
    return _("Forårsudgaven {year}").format(year=year + 1)


def ahead(edition: Edition) -> str:
    """ "42 kommuner ligger bedre end Viborg, 55 dårligere eller lige": by the difference, not by fewer or more."""
    better = edition.own.place.number - 1
    text = ngettext(
        "{better} kommune ligger bedre end Viborg, {others} dårligere eller lige",
        "{better} kommuner ligger bedre end Viborg, {others} dårligere eller lige",
        better,
    )
    return text.format(better=better, others=len(edition.rows) - 1 - better)


def places(edition: Edition) -> str:
    """What the order follows: not always the numbers beside it."""
    if edition.published_places:
        return _(
            "Pladserne er ministeriets egne. De er regnet ud af uafrundede tal, så de følger ikke altid forskellen "
            "mellem de afrundede antal her."
        )
    return _(
        "Her er kommunerne ordnet efter forskellen i pct. af det forventede, fordi forskellen i personer følger "
        "kommunens størrelse."
    )


def benchmark_dot_strip(edition: Edition) -> DotStripData:
    return DotStripData(
        marks=[AreaMark(row.code, row.name, row.kind, row.percent, _dot_name(edition, row)) for row in edition.rows],
        unit="percent",
        decimals=1,
        line=Decimal(),
        line_name=_("Som forventet"),
        arrow=_("← færre end forventet"),
    )


def _dot_name(edition: Edition, row: BenchmarkRow) -> str:
    return _("{name} Kommune: faktisk {actual}, forventet {expected}, {difference}, plads {place} af {count}").format(
        name=row.name,
        actual=formats.number(row.actual),
        expected=formats.number(row.expected),
        difference=more_or_fewer(row),
        place=row.place,
        count=len(edition.rows),
    )


def benchmark_chart_name(edition: Edition) -> str:
    """What a screen reader says of the dots."""
    own = edition.own
    text = _(
        "Faktisk mod forventet, {period}: {count} kommuner som prikker efter forskellen i pct. af det forventede. "
        "Viborg Kommune {percent}. Alle kommuner står i tabellen."
    )
    return text.format(
        period=periods.named(edition.period, Frequency.ROLLING_QUARTERS),
        count=len(edition.rows),
        percent=formats.measured(own.percent, "percent", 1),
    )
