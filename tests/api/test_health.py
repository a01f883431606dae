"""What load balancers and people on call ask."""

import pytest
from django.db import OperationalError, connection


def test_it_is_alive_without_asking_the_database(client):
    answer = client.get("/__lbheartbeat__")  # a test without the database would fail on a query
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers(client):
    assert client.get("/__heartbeat__").json() == {"status": "ok"}


def test_it_is_not_ready_when_the_database_is_gone(client, monkeypatch):
    def unreachable():
        raise OperationalError("could not connect to server at 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", unreachable)
    answer = client.get("/__heartbeat__")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "10.0.0.7" not in answer.content.decode()


def test_it_tells_its_version(client, settings):
    settings.VERSION = "2026.11"
    assert client.get("/__version__").json() == {"version": "2026.11"}
