"""Tokens at the API's door: `Authorization: Bearer …`, scopes, and writing once per idempotency key."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from accounts.models import WrittenOnce
from accounts.tokens import Holder, holder_of

LARGEST_BODY = 5_000_000  # bytes
KEY = re.compile(r"[\x21-\x7e]{1,200}")


WRITING = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER, required=True,
    description="Vælg selv, fx et UUID. Gentages kaldet med samme nøgle, skrives der ikke igen.",
)  # fmt: skip


class TokenAuthentication(BaseAuthentication):
    """Only in the header, so that a token stands in no address, log or history."""

    def authenticate(self, request: Request) -> tuple[Any, Holder] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, text = header.partition(" ")
        holder = holder_of(text.strip()) if scheme.lower() == "bearer" else None
        if holder is None:
            raise AuthenticationFailed("Nøglen er ukendt, udløbet eller spærret.")
        return holder.token.user, holder

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "Laves under Min konto på portalen."}


class KeyConflict(APIException):
    status_code = 422
    default_detail = "Idempotency-Key er brugt før til noget andet; brug en ny nøgle til en ny handling."


class TooLarge(APIException):
    status_code = 413
    default_detail = f"Der kan højst sendes {LARGEST_BODY // 1_000_000} MB ad gangen, med Content-Length."


class KeyMissing(APIException):
    status_code = 400
    default_detail = "Idempotency-Key mangler: skriv 1-200 synlige ASCII-tegn, som du selv vælger, fx et UUID."


def holder_with(request: Request, scope: str) -> Holder:
    """The caller, if a token with the scope was shown."""
    holder = request.auth
    if not isinstance(holder, Holder):
        raise NotAuthenticated("Det kræver en nøgle: Authorization: Bearer …")
    if scope not in holder.scopes:
        raise PermissionDenied(f"Nøglen mangler rettigheden {scope}.")
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise TooLarge()
    return holder


def once(request: Request, holder: Holder, act: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """What the act answered, and whether it was done now. Repeated with the same key it is not done again."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise KeyMissing()
    body = json.dumps([request.path, request.data], sort_keys=True).encode()
    digest = hashlib.sha256(body).hexdigest()
    try:
        with transaction.atomic():
            row = WrittenOnce.objects.create(token=holder.token, key=key, request=digest)  # a twin waits here
            row.answer = answer = act()
            row.save(update_fields=["answer"])
            return answer, True
    except IntegrityError:
        done = WrittenOnce.objects.filter(token=holder.token, key=key).first()
        if done is None or done.answer is None:  # the act itself failed
            raise
    if done.request != digest:
        raise KeyConflict()
    return done.answer, False
