"""Databases beside the empty one of the unit tests: copies of one that holds plans and demo, loaded once a process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def demo_template(django_db_setup, django_db_blocker) -> str:
    """Name of a database with plans and demo. Only copies of it are used, since one that is in use cannot be copied."""
    from viborg_plan.demo.load import FIXTURES

    with django_db_blocker.unblock():
        connection.close()
        name = f"{connection.settings_dict['NAME']}_demo"
        if name in existing_databases():  # of an earlier run on the same server (`make mutate`)
            return name
        new_database(name, connection.settings_dict["NAME"])
        with connected_to(name):
            call_command(
                "migrate", verbosity=0
            )  # without a test of the database in the run, the empty one has no tables
            call_command("load_indicators", str(FIXTURES / "indicators.yaml"))
            call_command("load_plan", *map(str, sorted((FIXTURES / "plans").glob("*.yaml"))))
            call_command("load_hearing", *map(str, sorted((FIXTURES / "hearings").glob("*.yaml"))))
            call_command("load_demo")
    return name


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's own connection leads to another database of the same server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def new_database(name: str, template: str = "template1") -> str:
    """A copy of another database, or an empty one; gives its URL."""
    _on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def existing_databases() -> set[str]:
    return {name for (name,) in _on_the_server("SELECT datname FROM pg_database")}


def _on_the_server(statement: str) -> list[tuple]:
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
    server.close()
    return found
