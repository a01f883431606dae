"""The audit trail's words in Danish. Who records a new verb, kind or field gives it a word here. Pure."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "approved": _("godkendte"),
    "changed": _("ændrede"),
    "changed password": _("gav en ny adgangskode til"),
    "confirmed": _("bekræftede"),
    "created": _("oprettede"),
    "deactivated": _("lukkede adgangen for"),
    "deleted": _("slettede"),
    "discarded": _("kasserede"),
    "imported": _("indlæste"),
    "logged in": _("loggede ind som"),
    "read": _("så"),
    "revoked": _("spærrede"),
    "searched": _("søgte i"),
    "undid": _("fortrød"),
    "uploaded": _("afleverede"),
    "wrote status": _("skrev status på"),
}
KINDS = {
    "api_token": _("API-nøglen"),
    "audit": _("revisionssporet efter"),
    "batch": _("leverancen"),
    "goal": _("målet"),
    "import": _("indlæsningen"),
    "indicator": _("indikatoren"),
    "initiative": _("indsatsen"),
    "internal_figures": _("interne tal:"),
    "period": _("måneden"),
    "plan": _("planen"),
    "target": _("måltallet"),
    "team": _("teamet"),
    "user": _("brugeren"),
}
FIELDS = {
    "email": _("e-mail"),
    "is_active": _("aktiv"),
    "name": _("navn"),
    "reason": _("begrundelse"),
    "roles": _("roller"),
    "scopes": _("rettigheder"),
    "slug": _("kortnavn"),
    "status": _("status"),
    "subject": _("fælles login"),
    "team": _("team"),
    "text": _("tekst"),
    "value": _("værdi"),
}
VALUES = {
    "True": _("ja"),
    "False": _("nej"),
    "not_started": _("ikke begyndt"),
    "on_track": _("følger planen"),
    "delayed": _("forsinket"),
    "stopped": _("stoppet"),
    "done": _("afsluttet"),
}
# What anybody on the staff may read the history of; the rest takes the right to see the audit trail.
OPEN_KINDS = frozenset({"plan", "goal", "target", "indicator", "initiative"})
