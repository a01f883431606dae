"""Benefit groups in words: simultaneous changes, never one as the cause of another."""

from decimal import Decimal

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.pages.benefits.benefit_groups import BenefitGroups, GroupChange

MONTH = periods.Frequency.MONTH


def benefit_groups_finding(found: BenefitGroups) -> str:
    """ "31 færre på a-dagpenge, 80 flere på kontanthjælp: 49 flere tilsammen"."""
    parts = [_on(change) for change in found.groups]
    text = _("{benefits}: {total} tilsammen").format(benefits=", ".join(parts), total=_more(found.total.change))
    return text[:1].upper() + text[1:]


def _on(change: GroupChange) -> str:
    return _("{change} på {benefit}").format(change=_more(change.change), benefit=change.name.lower())


def _more(change: Decimal | None) -> str:
    if not change:
        return _("ukendt ændring") if change is None else _("uændret antal")
    return (_("{count} flere") if change > 0 else _("{count} færre")).format(count=formats.number(abs(change)))


def span(found: BenefitGroups) -> str:
    return periods.span(found.first, found.last, MONTH)


def signed(change: Decimal | None) -> str:
    """ "+80", "−31", "0"; a change that is not known is a dash."""
    if change is None:
        return "–"
    return f"+{formats.number(change)}" if change > 0 else formats.number(change)


def closing(total: GroupChange) -> str:
    if total.change is None or total.before is None or total.after is None:
        return _("Mindst ét tal mangler, så ændringerne kan ikke lægges sammen.")
    if total.change > 0:
        text = _("Tilsammen er det {change} fuldtidspersoner flere: fra {before} til {after}.")
    elif total.change < 0:
        text = _("Tilsammen er det {change} fuldtidspersoner færre: fra {before} til {after}.")
    else:
        text = _("Tilsammen er det det samme antal: fra {before} til {after}.")
    change, before, after = (formats.number(value) for value in (abs(total.change), total.before, total.after))
    return text.format(change=change, before=before, after=after)
