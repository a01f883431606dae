"""Single sign-on by OpenID Connect: what the municipality's provider says of somebody, as a user with roles here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import RoleAssignment, Team, User
from accounts.roles import Role

TIMEOUT = 5  # seconds, of each question to the provider
LEEWAY = 30  # seconds that two clocks may differ


class LoginRefused(ValueError):
    """Somebody the provider knows, but who gets no access here. The text says what to do."""


def enabled() -> bool:
    return bool(settings.OIDC_ISSUER)


def provider() -> Any:
    """Code flow with PKCE; state and nonce are made, kept in the session and compared by the library."""
    return _provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, settings.OIDC_SCOPES)


@cache
def _provider(issuer: str, client_id: str, secret: str, scopes: str) -> Any:
    kwargs = {"scope": scopes, "code_challenge_method": "S256", "default_timeout": TIMEOUT}
    return OAuth().register(
        "oidc",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs=kwargs,
    )


def token_of(request: HttpRequest) -> dict[str, Any]:
    """The answer's code exchanged for a token whose signature, issuer, audience, times and nonce hold."""
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
    }
    token = provider().authorize_access_token(request, claims_options=expected, leeway=LEEWAY)
    if "userinfo" not in token:
        raise LoginRefused(_("Svaret fra kommunens login sagde ikke, hvem du er. Prøv igen."))
    return token


def user_of(claims: Mapping[str, Any]) -> User:
    """Who has lost all groups loses the roles first, and is refused after: both must stand."""
    user = _known(claims)
    if not user.roles:
        raise LoginRefused(_("Ingen af dine grupper giver adgang. Spørg din leder, hvilken gruppe du skal være i."))
    return user


@transaction.atomic
def _known(claims: Mapping[str, Any]) -> User:
    """The user, made or brought up to date: name, e-mail, roles and team are what the provider says now."""
    email = str(claims.get("email", "")).strip().lower()
    if not email or claims.get("email_verified") is False:
        raise LoginRefused(_("Kommunens login oplyser ingen bekræftet e-mail for dig. Spørg it-afdelingen."))
    roles, teams = _mapped(claims, settings.OIDC_ROLES), _mapped(claims, settings.OIDC_TEAMS)
    user = _find(f"{claims['iss']}|{claims['sub']}", email)
    if not user.is_active:
        raise LoginRefused(_("Din adgang er lukket. Spørg en administrator."))
    _bring_up_to_date(user, email, str(claims.get("name") or email)[:100], sorted(roles), sorted(teams))
    return user


def _mapped(claims: Mapping[str, Any], words: Mapping[str, str]) -> set[str]:
    said = claims.get(settings.OIDC_CLAIM) or []
    groups = [said] if isinstance(said, str) else said
    return {words[group] for group in groups if group in words}


def _find(subject: str, email: str) -> User:
    """By the provider's own name for the person; the first time by e-mail, so that a local user becomes theirs."""
    users = User.objects.select_for_update()
    found = users.filter(subject=subject).first() or users.filter(subject=None, email__iexact=email).first()
    user = found or User()
    user.subject = subject
    return user


def _bring_up_to_date(user: User, email: str, name: str, roles: list[str], teams: list[str]) -> None:
    team = Team.objects.filter(slug__in=teams).first() if settings.OIDC_TEAMS else user.team
    new, before = user.pk is None, _facts(user)
    user.email, user.name, user.team = email, name, team
    if new:
        user.set_unusable_password()
    user.save()
    RoleAssignment.objects.filter(user=user).exclude(role__in=roles).delete()
    for role in roles:
        RoleAssignment.objects.get_or_create(user=user, role=Role(role))
    after = _facts(user)
    changes = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
    if changes:
        audit.record(verb="created" if new else "changed", kind="user", key=email, by="oidc", changes=changes)


def _facts(user: User) -> dict[str, Any]:
    if user.pk is None:
        return {"email": None, "name": None, "team": None, "roles": []}
    roles = sorted(RoleAssignment.objects.filter(user=user).values_list("role", flat=True))
    return {"email": user.email, "name": user.name, "team": user.team.slug if user.team else None, "roles": roles}
