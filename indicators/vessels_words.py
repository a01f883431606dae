"""Forbundne kar in words: simultaneous changes, never one as the cause of another."""

from decimal import Decimal

from indicators import formats, periods
from indicators.vessels import Change, Vessels

MONTH = periods.Frequency.MONTH


def finding(found: Vessels) -> str:
    """ "31 færre på a-dagpenge, 80 flere på kontanthjælp: 49 flere tilsammen"."""
    parts = [f"{_more(change.change)} på {change.name.lower()}" for change in found.groups]
    text = f"{', '.join(parts)}: {_more(found.total.change)} tilsammen"
    return text[:1].upper() + text[1:]


def _more(change: Decimal | None) -> str:
    if change is None:
        return "ukendt ændring"
    number = formats.number(abs(change))
    return f"{number} {'flere' if change > 0 else 'færre'}" if change else "uændret antal"


def span(found: Vessels) -> str:
    return f"{periods.danish(found.first, MONTH)} til {periods.danish(found.last, MONTH)}"


def signed(change: Decimal | None) -> str:
    """ "+80", "−31", "0"; a change that is not known is a dash."""
    if change is None:
        return "–"
    return f"+{formats.number(change)}" if change > 0 else formats.number(change)


def closing(total: Change) -> str:
    if total.change is None:
        return "Mindst ét tal mangler, så ændringerne kan ikke lægges sammen."
    side = "flere" if total.change > 0 else "færre"
    moved = f"{formats.number(abs(total.change))} fuldtidspersoner {side}" if total.change else "det samme antal"
    return f"Tilsammen er det {moved}: fra {formats.number(total.before)} til {formats.number(total.after)}."
