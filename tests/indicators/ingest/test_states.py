"""A run from its queue to its end: what it says of itself on the way, and who comes next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators.frame import SeriesKey
from indicators.ingest import recovery
from indicators.ingest.execution import execute
from indicators.models import ImportRun, Indicator, Observation
from indicators.sources.jobindsats import client as jobindsats_client
from indicators.store import write
from tests.indicators.conftest import monthly
from tests.indicators.sources import documents, statbank_stand_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]
State = ImportRun.State


def carried_out(**facts) -> ImportRun:
    run = ImportRun.objects.create(**({"source": "jobindsats", "table": "y25i01"} | facts))
    execute(run.pk)
    run.refresh_from_db()
    return run


def test_the_run_that_waited_is_begun_as_soon_as_its_source_is_free(jobindsats, rung):
    first, second = (ImportRun.objects.create(source="jobindsats", table="y25i01") for _ in range(2))
    other = ImportRun.objects.create(source="statbank", table="FOLK1A")
    execute(first.pk)
    assert rung == [second.pk] and other.pk not in rung


def test_the_page_can_say_that_it_is_fetching_and_at_the_end_there_is_no_step(jobindsats, monkeypatch):
    steps = []
    real = jobindsats_client.JobindsatsClient.get

    def get(client, path, parameters=None):
        steps.append(ImportRun.objects.get().step)
        return real(client, path, parameters)

    monkeypatch.setattr(jobindsats_client.JobindsatsClient, "get", get)
    assert carried_out().step == ""
    assert steps and set(steps) == {"fetch"}


def test_what_has_not_been_updated_is_not_fetched_whatever_other_indicators_have_figures(jobindsats):
    carried_out()
    write.save(monthly("1", key=SeriesKey("sygemeldte", "791")), source="file", name="tal.csv")
    jobindsats.asked.clear()
    run = carried_out(error="Afbrudt under arbejdet (OSError).", state=State.INTERRUPTED)
    assert (run.state, run.error) == (State.UNCHANGED, "")
    assert [path for path, _ in jobindsats.asked] == ["/v3/tables"]


def test_what_was_read_for_one_indicator_is_fetched_when_another_wants_the_table_too(jobindsats):
    carried_out()
    Indicator.objects.filter(code="sygemeldte").update(source="jobindsats", table="y25i01", selection={"measure": "x"})
    jobindsats.asked.clear()
    carried_out()
    assert len(jobindsats.asked) > 1


def test_a_file_that_is_no_longer_kept_is_asked_for_again():
    run = carried_out(source="file", table="", sha256="0" * 64, actor="dataansvarlig@demo.viborg.example")
    assert (run.state, run.error) == (State.FAILED, "Filen er ikke længere gemt; indlæs den igen.")


def test_a_table_that_no_indicator_names_is_not_asked_for(jobindsats):
    run = carried_out(table="y99z99")
    assert (run.state, run.error) == (State.FAILED, "Ingen indikator hentes fra jobindsats y99z99.")
    assert jobindsats.asked == []


def test_a_run_is_taken_for_dead_after_a_minute_of_silence():
    for seconds, requeued in ((55, 0), (65, 1)):
        ImportRun.objects.all().delete()
        moment = timezone.now() - timedelta(seconds=seconds)
        ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=1, heartbeat_at=moment)
        assert len(recovery.recover_runs()) == requeued


def test_all_that_one_table_is_asked_in_several_questions_is_stored_by_one_run(settings):
    """Two choices of one table, each with its own answer for the country and Viborg."""
    for code, group in (("ledige", "TOTUSU"), ("sygemeldte", "TOT")):
        chosen = {"variables": {"YDELSESTYPE": group, "KØN": "TOT", "ALDER": "TOT"}}
        facts = {"source": "statbank", "table": "AUK01", "frequency": "Q", "selection": chosen}
        Indicator.objects.filter(code=code).update(**facts)
    info = documents.answer("statbank-auk01-tableinfo.json")
    next(v for v in info["variables"] if v["id"] == "YDELSESTYPE")["values"].append({"id": "TOT", "text": "I alt"})
    numbers = {"TOTUSU": "4", "TOT": "9"}
    with statbank_stand_in.serving(settings, info, lambda codes: numbers[codes["YDELSESTYPE"]]):
        run = carried_out(source="statbank", table="AUK01")
    assert (run.state, run.new, run.error) == (State.DONE, 4, "")
    stored = Observation.objects.current().values_list("series__indicator__code", "series__area__code", "value")
    answers = {"ledige": 4, "sygemeldte": 9}
    assert sorted(stored) == [(code, area, value) for code, value in answers.items() for area in ("000", "791")]
