"""What a run tells those who wait for it."""

import pytest

from indicators.ingest import actions, queue, states
from indicators.ingest.execution import execute
from indicators.models import ImportRun
from indicators.pages.imports import sentences
from indicators.sources.jobindsats import client as jobindsats_client
from tests.indicators.conftest import fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_hears(monkeypatch):
    fill("default")
    monkeypatch.setattr(queue, "enqueue", lambda run: None)


def test_a_run_tells_how_far_it_is(jobindsats, monkeypatch):
    run, told = actions.request_run("jobindsats", table="y25i01"), []

    def telling(real):
        return lambda *words, **facts: told.append(sentences.how_far(ImportRun.objects.get())) or real(*words, **facts)

    monkeypatch.setattr(jobindsats_client.JobindsatsClient, "get", telling(jobindsats_client.JobindsatsClient.get))
    monkeypatch.setattr(states, "store", telling(states.store))
    execute(run.pk)
    assert told[0] == "Trin 1 af 4: henter fra kilden." and told[-1] == "Trin 4 af 4: gemmer."
    assert sentences.how_far(ImportRun.objects.get()) == ""


def test_a_run_that_waits_tells_how_many_are_before_it():
    first, second = (actions.request_run("jobindsats", table=table) for table in ("y25i01", "y60a02"))
    assert (sentences.how_far(first), sentences.how_far(second)) == ("", "Der er 1 indlæsning foran i køen.")
