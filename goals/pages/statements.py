"""What a plan's document says besides goals, grouped for the page."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from goals.models import Statement

HEADINGS = {
    "challenge": _("Udfordringer"),
    "perspective": _("Perspektiver"),
    "task": _("Hovedopgaver"),
    "core_service": _("Kerneydelse"),
    "precondition": _("Hvem opgaven forudsætter"),
    "angle": _("Vinkler på strategierne"),
    "visitation_principle": _("Træfsikkerhed i visiteringen"),
    "visitation_aim": _("Hvem vi skal kunne finde"),
    "visitation_caution": _("Obs"),
    "public_measure": _("Offentlige tal"),
    "internal_measure": _("Interne mål"),
    "other_measure": _("Andre målinger"),
    "internal_breakdown": _("Interne opdelinger"),
    "privacy_rule": _("Fortrolighed"),
    "framework": _("Rammer"),
    "related_policy": _("Politikker på naboområder"),
    "benefit_type": _("Ydelser og ordninger"),
    "status": _("Status"),
    "reading_note": _("Sådan er dokumentet læst"),
    "process": _("Processer"),
    "system": _("Systemer og kilder"),
    "body": _("Hvem er med"),
}


def statements_by_kind(stated: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """The document's own order; statements of a kind stand under one heading."""
    grouped = groupby(stated, key=lambda statement: statement.kind)
    return [(HEADINGS.get(kind, kind), list(statements)) for kind, statements in grouped]
