"""The step chart: a measure through the plan's year with its targets as steps. Status in, coordinates out."""

from dataclasses import dataclass

from goals.charts.bullet import target_value
from goals.charts.step_labels import (
    average_label,
    last_year_label,
    marker,
    marker_shift,
    point_labels,
    target_labels,
)
from goals.charts.step_scales import NARROW, WIDE, StepScales
from goals.models import Event
from goals.status.same_month_average import YearAverage
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.svg import Box, Label, Pair
from indicators.translation import translated

DATED_LABEL = 46  # px that "sep. 25" under an axis takes with its air


@dataclass(frozen=True)
class StepChart(Box):
    """All lengths in px of `width` × `height`."""

    grid: list[Label]
    months: list[Label]
    bands: list[tuple[float, float, Label, Label]]
    last_year: str
    last_year_label: Label | None
    average: str  # drawn when a reader asks for it
    average_label: Label | None
    actual: str
    dots: list[Pair]
    newest: Pair | None
    newest_label: Label | None
    provisional_line: str
    provisional: Pair | None
    provisional_label: Label | None
    original_x: float
    original_y: float | None
    revised_x: float
    revised_y: float | None
    revised_broken: bool
    marker: Label | None  # its words begin `marker_shift` px from its line
    marker_shift: float
    labels: list[tuple[str, Label]]

    @property
    def band_height(self) -> int:
        return self.bottom - self.top


def step_charts(
    status: MeasureStatus, events: list[Event], average: YearAverage | None = None
) -> list[tuple[str, StepChart]]:
    """The wide drawing and the narrow one for phones."""
    return svg.at_both_sizes(lambda box: _Drawing(status, average, box).draw(events), WIDE, NARROW)


class _Drawing(StepScales):
    """One drawing on its scales: its lines, bands and points, with the words that `step_labels` finds room for."""

    def draw(self, events: list[Event]) -> StepChart:
        settled = [p for p in self.shown if not p.provisional]
        hollow = next((p for p in reversed(self.shown) if p.provisional), None)
        places = [self.place(p) for p in settled]
        newest_label, provisional_label = point_labels(self, settled, hollow)
        last_year = last_year_label(self)
        return StepChart(
            **vars(self.box),
            grid=[Label(self.box.left - 6, self.up(tick), self.value(tick)) for tick in self.ticks],
            months=self._months(),
            bands=[self._band(event) for event in events],
            last_year=svg.line([self.place(p, 12) for p in self.before]),
            last_year_label=last_year,
            average=svg.line(self.averages()),
            average_label=average_label(self, last_year),
            actual=svg.line(places),
            dots=places[:-1],
            newest=places[-1] if places else None,
            newest_label=newest_label,
            provisional_line=svg.line([places[-1], self.place(hollow)]) if hollow and places else "",
            provisional=self.place(hollow) if hollow else None,
            provisional_label=provisional_label,
            **self._targets(),
        )

    def _months(self) -> list[Label]:
        y = self.box.bottom + 16
        if not self.monthly:
            named = [(p.period, periods.named_briefly(p.period, self.indicator.frequency)) for p in self.shown]
            every = 1 + int(60 // max(self.step * periods.STEPS[periods.Frequency(self.indicator.frequency)] * 2, 1))
            return [Label(self.x(n), y, text.replace(" 20", " ")) for n, text in named[::-every][::-1]]
        if not self.plan.within_a_year:
            every = next((n for n in (1, 3, 6) if n * self.step >= DATED_LABEL), 12)
            months = range(self.first, self.end + 1, every)
            return [Label(self.x(n), y, periods.named_briefly(n, "M").replace(" 20", " ")) for n in months]
        every = 1 if self.step > 30 else 3
        return [Label(self.x(n), y, periods.named_shortest(n)) for n in range(self.first, self.end + 1, every)]

    def _band(self, event: Event) -> tuple[float, float, Label, Label]:
        start, end = self.x_of(event.start), self.x_of(event.end)
        middle = round((start + end) / 2, 1)
        days = "–".join(formats.day_and_month(day) for day in (event.start, event.end))
        return start, round(end - start, 1), Label(middle, 14, translated(event.name)), Label(middle, 28, days)

    def _targets(self) -> dict:
        original, revised = self.status.original.target, self.status.revised.target
        heights = {
            name: self.up(value) if (value := target_value(target)) is not None else None
            for name, target in (("original_y", original), ("revised_y", revised))
        }
        line = marker(self, revised)
        return heights | {
            "original_x": self.x_of(self.plan.period_start),
            "revised_x": self.x_of(revised.valid_from or revised.period_start) if revised else 0,
            "revised_broken": bool(revised and not revised.valid_from),
            "marker": line,
            "marker_shift": marker_shift(self, line) if line else 0,
            "labels": target_labels(
                self.box.right + 7,
                (original, heights["original_y"]),
                (revised, heights["revised_y"]),
                self.status.measure.better,
            ),
        }
