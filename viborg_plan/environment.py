"""Reading the environment: every setting from outside passes here, and every error says what to set."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_SECRET = "development-only-secret-key-never-used-in-production"


def load_dotenv(path: Path) -> None:
    """Take `NAME=value` lines from the file, without overriding what the environment already says."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.strip().partition("=")
        if separator and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def choice(name: str, allowed: tuple[str, ...]) -> str:
    value = text(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is unknown: set it to one of {', '.join(allowed)}.")
    return value


def whole(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r} is no whole number: set it to one, for example {default}.")
    return int(value)


def items(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def pairs(name: str, allowed: Sequence[str] = ()) -> dict[str, str]:
    """`group=role,group=role`; the last sign counts, since a group may be a path with such signs in it."""
    found = {}
    for item in items(name):
        key, _, value = (part.strip() for part in item.rpartition("="))
        if not key or not value or (allowed and value not in allowed):
            words = f" with one of {', '.join(allowed)}" if allowed else ""
            raise ImproperlyConfigured(f"{name}: {item!r} cannot be read: write group=name{words}, by comma.")
        found[key] = value
    return found


def issuer(name: str) -> str:
    value = text(name)
    parts = urlsplit(value)
    if value and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured(f"{name}={value!r} is unsafe: set it to an https address.")
    return value


def required_in_production(name: str, production: bool, default: str) -> str:
    value = text(name)
    if production and not value:
        raise ImproperlyConfigured(f"{name} is not set: set it before starting with PORTAL_ENV=production.")
    return value or default


class Mail(NamedTuple):
    """How mail leaves, in the order of Django's settings."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend"
MAIL_EXAMPLE = "smtp+tls://user:password@mail.example:587, smtps://… or smtp://localhost"


def mail(url: str, production: bool) -> Mail:
    """Nothing sends nothing; in production no mail is printed, and no password goes in the clear."""
    parts = urlsplit(url)
    if not url:
        return Mail(MAIL_BACKEND.format("dummy"))
    if parts.scheme == "console" and not production:
        return Mail(MAIL_BACKEND.format("console"))
    try:
        host, port = parts.hostname or "", parts.port or MAIL_PORTS[parts.scheme]
    except (KeyError, ValueError):
        host, port = "", 0
    if not host:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be used: set it to {MAIL_EXAMPLE}.")
    if production and parts.password and parts.scheme == "smtp" and host not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured("EMAIL_URL is unsafe: set it to smtp+tls:// or smtps://, since it holds a password.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    secured = {"starttls": parts.scheme == "smtp+tls", "tls": parts.scheme == "smtps"}
    return Mail(MAIL_BACKEND.format("smtp"), host, port, user, password, **secured)


def secret_key(production: bool) -> str:
    value = required_in_production("SECRET_KEY", production, DEVELOPMENT_SECRET)
    if production and (value == DEVELOPMENT_SECRET or len(value) < 50 or len(set(value)) < 10):
        raise ImproperlyConfigured("SECRET_KEY is unsafe: set it to at least 50 random characters.")
    return value
