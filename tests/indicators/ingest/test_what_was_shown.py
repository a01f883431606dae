"""What is confirmed is what was shown, and the same file again puts back what another source changed."""

import pytest

from indicators.ingest import actions, execution
from indicators.models import Batch, ImportRun, Payload
from indicators.store import write
from tests.indicators.conftest import monthly, values
from tests.indicators.ingest.test_actions import BY, HEAD, imported, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]
JANUARY = HEAD + "ledige;791;2020M01;810\n"


def test_a_preview_that_another_import_has_overtaken_is_not_confirmed():
    imported(JANUARY)
    mine = uploaded(JANUARY.replace("810", "820"))
    shown = actions.preview_of(mine).fingerprint
    imported(JANUARY.replace("810", "815"))
    with pytest.raises(actions.RunError, match="ændret, siden du så filen"):
        actions.confirm(mine, by=BY, shown=shown)
    mine.refresh_from_db()
    assert mine.state == "draft" and values()["ledige", 1] == 815
    again = actions.confirm(mine, by=BY, shown=actions.preview_of(mine).fingerprint)
    assert again.state == "done" and values()["ledige", 1] == 820


def test_an_import_of_other_figures_overtakes_nothing():
    imported(JANUARY)
    mine = uploaded(JANUARY.replace("810", "820"))
    shown = actions.preview_of(mine).fingerprint
    imported(HEAD + "sygemeldte;791;2020M01;200\n")
    assert actions.confirm(mine, by=BY, shown=shown).state == "done"


def test_a_file_that_waited_in_the_queue_is_shown_again_when_it_was_overtaken(monkeypatch):
    monkeypatch.setattr(actions, "SMALL", 0)  # for the worker
    imported_by_worker(JANUARY)
    mine = actions.confirm(uploaded(JANUARY.replace("810", "820")), by=BY)
    assert mine.state == "queued"
    write.save(monthly("815"), source="jobindsats")
    execution.execute(mine.pk)
    mine.refresh_from_db()
    assert (mine.state, mine.error) == ("draft", execution.STALE) and values()["ledige", 1] == 815
    assert Payload.objects.filter(sha256=mine.sha256).exists()
    mine = actions.confirm(mine, by=BY)
    execution.execute(mine.pk)
    assert values()["ledige", 1] == 820


def imported_by_worker(text: str) -> ImportRun:
    run = actions.confirm(uploaded(text), by=BY)
    execution.execute(run.pk)
    run.refresh_from_db()
    return run


def test_the_same_file_again_puts_back_what_another_source_changed():
    imported(JANUARY)
    write.save(monthly("815"), source="jobindsats")
    run = uploaded(JANUARY)
    assert actions.preview_of(run).changed == 1
    run = actions.confirm(run, by=BY)
    assert (run.state, run.changed, values()["ledige", 1]) == ("done", 1, 810)


def test_the_same_file_again_changes_nothing_where_nothing_has_changed():
    imported(JANUARY)
    batches = Batch.objects.count()
    run = imported(JANUARY)
    assert (run.state, Batch.objects.count()) == ("unchanged", batches)
