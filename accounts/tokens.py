"""API tokens: made, shown once, recognised, revoked. What one may never exceeds what its user may at that moment."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.civil_numbers import holds_civil_number
from accounts.models import ApiToken, User
from accounts.roles import Permission

START = "viborg"
LONGEST_DAYS = 366
NEEDS = {
    ApiToken.Scope.READ_INTERNAL: Permission.READ_INTERNAL,
    ApiToken.Scope.WRITE_STATUS: Permission.WRITE_STATUS,
    ApiToken.Scope.WRITE_OBSERVATIONS: Permission.IMPORT_FIGURES,
}


class TokenRefused(ValueError):
    """A token that may not be made as asked; the text says why."""


@dataclass(frozen=True)
class Holder:
    """A recognised token with what it may do now."""

    token: ApiToken
    scopes: frozenset[str]

    @property
    def may_read_internal(self) -> bool:
        return ApiToken.Scope.READ_INTERNAL in self.scopes


def scopes_of(user: User) -> list[ApiToken.Scope]:
    """What the user's roles allow a token to do."""
    return [scope for scope, permission in NEEDS.items() if user.may(permission)]


@transaction.atomic
def create_token(*, name: str, scopes: Iterable[str], days: int, by: User) -> tuple[ApiToken, str]:
    """The token and its text, which cannot be had again."""
    wanted = sorted(set(scopes))
    if beyond := [scope for scope in wanted if scope not in scopes_of(by)]:
        text = _("Dine roller giver ikke adgang til {scopes}.")
        raise TokenRefused(text.format(scopes=", ".join(beyond)))
    if holds_civil_number(name):
        raise TokenRefused("Navnet ligner et CPR-nummer og er ikke gemt. Skriv det uden.")
    if not name.strip() or not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(_("Giv nøglen et navn og en løbetid på 1-{most} dage.").format(most=LONGEST_DAYS))
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    text = f"{START}_{prefix}_{secret}"
    token = ApiToken.objects.create(
        user=by, name=name.strip(), prefix=prefix, sha256=_digest(text), scopes=wanted,
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    audit.record(verb="created", kind="api_token", key=prefix, by=by, changes={"scopes": [[], wanted]})
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(verb="revoked", kind="api_token", key=token.prefix, by=by)


def holder_of(text: str) -> Holder | None:
    """None for a token that is unknown, revoked or expired, or whose user may no longer log in."""
    parts = text.split("_", 2)
    if len(parts) != 3 or parts[0] != START or len(parts[1]) > 12 or not text.isascii() or not text.isprintable():
        return None
    valid = ApiToken.objects.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)
    token = valid.select_related("user").prefetch_related("user__assignments").filter(prefix=parts[1]).first()
    if token is None or not hmac.compare_digest(token.sha256, _digest(text)):
        return None
    return Holder(token, frozenset(token.scopes) & frozenset(scopes_of(token.user)))


def _digest(text: str) -> str:
    """No salt and no slow hash: the secret is 256 random bits, which nobody guesses."""
    return hashlib.sha256(text.encode()).hexdigest()
