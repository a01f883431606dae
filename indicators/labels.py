"""Labels beside a figure, in the reader's language: its source, its unit, and yes or no."""

from django.utils.translation import gettext as _

from indicators.models import Indicator, Source
from indicators.queries.histories import History
from indicators.translation import translated


def source_label(indicator: Indicator, history: History) -> str:
    """Who published the numbers, and that they came as a file; made-up ones never borrow a publisher's name."""
    if history.synthetic:
        return _("opdigtet til fremvisning")
    by_hand = any(point.source == Source.FILE for point in history.points)
    return _("{publisher}, indlæst fra fil").format(publisher=indicator.publisher) if by_hand else indicator.publisher


def unit_label(indicator: Indicator) -> str:
    return translated(indicator.unit_name) or str(indicator.get_unit_display())


def yes_or_no(truth: bool) -> str:
    return _("ja") if truth else _("nej")
