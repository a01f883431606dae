"""The settings as somebody who starts the portal meets them: harmless at home, strict in production."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from viborg_plan import environment

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "viborg_plan" / "settings.py"
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "q7w8e9r0t1y2u3i4o5p6a7s8d9f0g1h2j3k4l5z6x7c8v9b0n1m2",
    "ALLOWED_HOSTS": "plan.viborg.example",
    "DATABASE_URL": "postgres://portal@db.viborg.example/portal",
    "REDIS_URL": "redis://redis.viborg.example/0",
}


def settings_with(monkeypatch, **values: str) -> dict:
    """Read the file afresh, with these values and nothing else set."""
    for name in variables_read():
        monkeypatch.setenv(name, "")
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS))


def variables_read() -> set[str]:
    asks = r"""(?:environment\.\w+|environ\.get)\(\s*["']([A-Z_]+)["']"""
    sources = [SETTINGS, ROOT / "viborg_plan" / "environment.py", ROOT / "scripts" / "serve.py"]
    found = {name for path in sources for name in re.findall(asks, path.read_text(encoding="utf-8"))}
    return found | {"SECRET_KEY"}


def test_with_nothing_set_the_portal_runs_on_sqlite_and_a_broker_of_files(monkeypatch):
    settings = settings_with(monkeypatch)
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["CELERY_BROKER_URL"].startswith("filesystem://")
    assert not settings["PRODUCTION"]


def test_two_addresses_switch_to_postgresql_and_redis(monkeypatch):
    settings = settings_with(monkeypatch, DATABASE_URL="postgres://a@b/c", REDIS_URL="redis://d/0")
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["CELERY_BROKER_URL"] == "redis://d/0"


@pytest.mark.django_db(databases=["sqlite"])
def test_sqlite_lets_pages_read_while_an_import_writes():
    with connections["sqlite"].cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_production_starts_with_all_values_set(monkeypatch):
    settings = settings_with(monkeypatch, **PRODUCTION)
    assert settings["PRODUCTION"]
    assert not settings["DEBUG"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without_a_value_and_says_which(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set: set it"):
        settings_with(monkeypatch, **PRODUCTION | {name: ""})


@pytest.mark.parametrize("key", ["short", "x" * 60, environment.DEVELOPMENT_SECRET])
def test_production_does_not_start_on_an_unsafe_secret_key(monkeypatch, key):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is unsafe: set it to at least 50"):
        settings_with(monkeypatch, **PRODUCTION | {"SECRET_KEY": key})


def test_production_does_not_answer_to_every_host(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        settings_with(monkeypatch, **PRODUCTION | {"ALLOWED_HOSTS": "*"})


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtp+tls://portal:hemmeligt%40@mail.viborg.example", "mail.viborg.example", 587, True, False),
        ("smtps://mail.viborg.example:4650", "mail.viborg.example", 4650, False, True),
    ],
)
def test_one_address_says_how_mail_leaves(monkeypatch, url, host, port, tls, ssl):
    settings = settings_with(monkeypatch, **PRODUCTION, EMAIL_URL=url)
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert tuple(settings[name] for name in names) == (host, port, tls, ssl)
    assert settings["EMAIL_HOST_PASSWORD"] in ("", "hemmeligt@")
    assert settings["PORTAL_URL"] == "https://plan.viborg.example"


def test_mail_is_printed_in_development_and_not_sent_in_production_until_there_is_a_server(monkeypatch):
    assert "console" in settings_with(monkeypatch)["EMAIL_BACKEND"]
    settings = settings_with(monkeypatch, **PRODUCTION)
    assert "dummy" in settings["EMAIL_BACKEND"] and not settings["EMAIL_URL"]


@pytest.mark.parametrize("url", ["console:", "mail.viborg.example", "smtp://", "smtp://host:port", "http://host"])
def test_production_does_not_start_on_a_mail_server_that_is_none(monkeypatch, url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL cannot be used: set it to"):
        settings_with(monkeypatch, **PRODUCTION, EMAIL_URL=url)


def test_production_sends_no_password_in_the_clear(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is unsafe"):
        settings_with(monkeypatch, **PRODUCTION, EMAIL_URL="smtp://portal:hemmeligt@mail.viborg.example")


def test_an_unknown_environment_is_refused_with_the_known_ones_named(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="development, production"):
        settings_with(monkeypatch, PORTAL_ENV="staging")


def test_djangos_own_check_finds_nothing_against_the_production_settings():
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    variables = os.environ | PRODUCTION | {"DJANGO_ALLOW_ASYNC_UNSAFE": ""}
    done = subprocess.run(check, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_running_task_is_not_started_a_second_time(monkeypatch):
    settings = settings_with(monkeypatch, REDIS_URL="redis://d/0")
    hidden = settings["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert hidden > settings["CELERY_TASK_TIME_LIMIT"]


def test_the_example_lists_every_variable_that_is_read_and_no_other():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    # Set by the test run alone.
    assert listed == variables_read() - {"TEST_SQLITE_URL"}


@pytest.fixture
def bare_environment():
    """Without any of the portal's variables; what a test sets is gone after it."""
    with mock.patch.dict(os.environ):
        for name in variables_read():
            os.environ.pop(name, None)
        yield


@pytest.mark.usefixtures("bare_environment")
def test_the_example_can_be_used_as_it_is():
    environment.load_dotenv(ROOT / ".env.example")
    settings = runpy.run_path(str(SETTINGS))
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"


@pytest.mark.usefixtures("bare_environment")
def test_the_environment_goes_before_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text('# a comment\nPORT="8123"\nWAS_URL=https://from.file.example/\n', encoding="utf-8")
    os.environ["WAS_URL"] = "https://from.environment.example/"
    environment.load_dotenv(file)
    assert environment.text("PORT") == "8123"
    assert environment.text("WAS_URL") == "https://from.environment.example/"


OIDC = {"OIDC_ISSUER": "https://login.viborg.example", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s"}


def test_groups_of_the_single_sign_on_are_read_as_roles(monkeypatch):
    settings = settings_with(monkeypatch, **OIDC, OIDC_ROLES="/cn=bplan=reader, bplan-godkend=approver")
    assert settings["OIDC_ROLES"] == {"/cn=bplan": "reader", "bplan-godkend": "approver"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"OIDC_ROLES": ""}, "OIDC_ROLES"),
        ({"OIDC_ROLES": "bplan=chief"}, "one of reader"),
        ({"OIDC_ROLES": "bplan"}, "group=name"),
        ({"OIDC_ISSUER": "http://login.viborg.example"}, "https"),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
    ],
)
def test_a_single_sign_on_that_is_half_set_stops_the_start(monkeypatch, wrong, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        settings_with(monkeypatch, **(OIDC | {"OIDC_ROLES": "bplan-laes=reader"} | wrong))
