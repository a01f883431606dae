"""What a plan's document says besides goals, grouped for the page."""

from itertools import groupby

from goals.models import Plan, Statement

HEADINGS = {
    "challenge": "Udfordringer",
    "perspective": "Perspektiver",
    "task": "Hovedopgaver",
    "core_service": "Kerneydelse",
    "precondition": "Hvem opgaven forudsætter",
    "angle": "Vinkler på strategierne",
    "visitation_principle": "Træfsikkerhed i visiteringen",
    "visitation_aim": "Hvem vi skal kunne finde",
    "visitation_caution": "Obs",
    "public_measure": "Offentlige tal",
    "internal_measure": "Interne mål",
    "other_measure": "Andre målinger",
    "internal_breakdown": "Interne opdelinger",
    "privacy_rule": "Fortrolighed",
    "framework": "Rammer",
    "related_policy": "Politikker på naboområder",
    "benefit_type": "Ydelser og ordninger",
    "status": "Status",
    "reading_note": "Sådan er dokumentet læst",
    "process": "Processer",
    "system": "Systemer og kilder",
    "body": "Hvem er med",
}


def statements_by_kind(plan: Plan) -> list[tuple[str, list[Statement]]]:
    """The document's own order; statements of a kind stand under one heading."""
    grouped = groupby(plan.statements.all(), key=lambda statement: statement.kind)
    return [(HEADINGS.get(kind, kind), list(statements)) for kind, statements in grouped]
