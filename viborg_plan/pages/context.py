"""What every page knows: the menu, the day it is shown as known on, and where it stands in the other language."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.access import is_staff
from accounts.roles import Permission
from indicators.as_of import AsOf, UnusableDate, as_of
from viborg_plan.http.language import other_language

MENU = [
    ("forside", _("Er vi på sporet?")),
    ("planer", _("Planer")),
    ("indsatser", _("Indsatser")),
    ("sammenlign", _("Sammenlign")),
    ("indikatorer", _("Indikatorer")),
    ("om-tallene", _("Om tallene")),
]


def portal(request: HttpRequest) -> dict:
    try:
        known = as_of(request)
    except UnusableDate:
        known = AsOf(None, timezone.now())
    match = request.resolver_match
    return {
        "menu": MENU,
        "current_page": match.url_name if match else None,
        "known": known,
        "staff": SimpleLazyObject(lambda: hasattr(request, "user") and is_staff(request)),
        "may_edit": SimpleLazyObject(lambda: _may_edit(request)),  # asked only where there is something to edit
        "other_language": other_language(request),
    }


def _may_edit(request: HttpRequest) -> bool:
    return hasattr(request, "user") and is_staff(request) and request.user.may(Permission.EDIT_PLANS)
