"""Rows of the CSV file with an indicator's revisions: first published against what stands."""

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.csv_rows import CsvRow
from indicators.labels import source_label, yes_or_no
from indicators.models import Indicator
from indicators.queries.histories import History
from indicators.queries.revisions import Revision


def revision_rows(indicator: Indicator, home: History, revisions: list[Revision]) -> list[CsvRow]:
    """One row a period, newest first: what was published first, and what stands."""
    head: CsvRow = [
        _("Indikator"),
        _("Område"),
        _("Periode"),
        _("Først"),
        _("Først kendt"),
        _("Nyeste"),
        _("Kendt fra"),
    ]
    rows: list[CsvRow] = [
        [
            indicator.code,
            home.key.area,
            periods.iso(revision.period, indicator.frequency),
            revision.first.value,
            formats.short_date(revision.first.known_from),
            revision.newest.value,
            formats.short_date(revision.newest.known_from),
            yes_or_no(revision.newest.provisional),
            source_label(indicator, home),
            yes_or_no(home.synthetic),
        ]
        for revision in revisions
    ]
    return [[*head, _("Foreløbig"), _("Kilde"), _("Demotal")], *rows]
