"""What every page knows: the menu, the day it is shown as known on, and where the accessibility statement is."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.access import is_staff
from accounts.roles import Permission
from indicators.known import Known, UnusableDate, known_on

MENU = [
    ("forside", "Er vi på sporet?"),
    ("planer", "Planer"),
    ("indsatser", "Indsatser"),
    ("sammenlign", "Sammenlign"),
    ("indikatorer", "Indikatorer"),
    ("om-tallene", "Om tallene"),
]


def portal(request: HttpRequest) -> dict:
    try:
        known = known_on(request)
    except UnusableDate:
        known = Known(None, timezone.now())
    match = request.resolver_match
    return {
        "menu": MENU,
        "current_page": match.url_name if match else None,
        "known": known,
        "may_edit": SimpleLazyObject(lambda: _may_edit(request)),  # asked only where there is something to edit
    }


def _may_edit(request: HttpRequest) -> bool:
    return hasattr(request, "user") and is_staff(request) and request.user.may(Permission.EDIT_PLANS)
