"""What a checked file says to the person who handed it in: changed numbers and jumps, written as a reader sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy, override

from indicators import formats
from indicators.frame import breakdown_parts
from indicators.ingest.placement import Change
from indicators.ingest.questions import Question
from indicators.models import Indicator
from indicators.translation import DANISH, translated

REASONS = {
    "rettelse": gettext_lazy("Kilden har rettet tallene"),
    "opgoerelse": gettext_lazy("Tallene opgøres på en ny måde"),
    "fejl": gettext_lazy("De tidligere tal var forkerte"),
    "udvikling": gettext_lazy("Udviklingen er virkelig så stor"),
}
CHECKED = {"efterset": gettext_lazy("Jeg har set efter: det er rigtigt, som det står")}


@dataclass(frozen=True)
class ChangeRow:
    """A number that the file changes."""

    indicator: str
    where: str  # area, and the breakdown where there is one
    period: str
    old: str
    new: str
    difference: str


@dataclass(frozen=True)
class JumpQuestion:
    """A jump that needs a reason, with its largest numbers and what was ticked, if anything."""

    field: str
    name: str
    text: str
    examples: list[ChangeRow]
    chosen: str
    is_jump: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, str(text)) for code, text in (REASONS if self.is_jump else CHECKED).items()]


def change_rows(changes: Iterable[Change]) -> list[ChangeRow]:
    return [_row(change) for change in changes]


def questions(jumps: Iterable[Question], posted: Mapping[str, str]) -> list[JumpQuestion]:
    """`posted` holds what was ticked when the form came back."""
    return [
        JumpQuestion(
            field=_field(jump),
            name=translated(jump.indicator.name),
            text=jump.text,
            examples=change_rows(jump.examples),
            chosen=posted.get(_field(jump), ""),
            is_jump=jump.is_jump,
        )
        for jump in jumps
    ]


def reasons(posted: Mapping[str, str]) -> dict[str, str]:
    """What was ticked, in words, by the key of its jump."""
    ticked = {name.removeprefix("grund-"): value for name, value in posted.items() if name.startswith("grund-")}
    with override(DANISH):  # what is kept is kept in Danish, whoever ticked it
        allowed = REASONS | CHECKED
        return {key: str(allowed[value]) for key, value in ticked.items() if value in allowed}


def _field(jump: Question) -> str:
    return f"grund-{jump.key}"


def _row(change: Change) -> ChangeRow:
    indicator = change.indicator
    printed = [value for value in (change.old, change.new) if value is not None]
    decimals = max([indicator.decimals, *(formats.decimals_of(value) for value in printed)])
    parts = breakdown_parts(change.breakdown).items()
    return ChangeRow(
        indicator=translated(indicator.name),
        where=", ".join([change.area, *(f"{name} {value}" for name, value in parts)]),
        period=change.period_text,
        old=formats.measured(change.old, indicator.unit, decimals, indicator.unit_name),
        new=formats.measured(change.new, indicator.unit, decimals, indicator.unit_name),
        difference=_difference(change.difference, indicator, decimals),
    )


def _difference(value: Decimal | None, indicator: Indicator, decimals: int) -> str:
    if value is None:
        return "–"
    if indicator.unit == Indicator.Unit.COUNT:  # what is counted stands in the indicator's name
        return f"+{formats.number(value, decimals)}" if value > 0 else formats.number(value, decimals)
    return formats.difference(value, indicator.unit, decimals, short=True, signed=True)
