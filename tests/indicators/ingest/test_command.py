"""The import command and its undoing."""

import os
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from indicators.ingest import liveness, states
from indicators.models import COMMAND, Batch, ImportRun, Indicator, Observation, Payload
from tests.indicators.conftest import fill
from tests.indicators.sources import jobindsats_stand_in

pytestmark = pytest.mark.django_db
TIDY = "indicator;area;period;value\nledige;791;2020M03;8,1\nledige;791;2020M04;8,4\nsygemeldte;791;2020M03;2,0\n"


@pytest.fixture(autouse=True)
def areas_and_indicators() -> None:
    fill("default")
    Indicator.objects.update(decimals=1)  # these count parts of a person


@pytest.fixture
def tidy(tmp_path) -> Path:
    path = tmp_path / "tal.csv"
    path.write_text(TIDY, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys):
    """What the command prints for the user, and what it prints as wrong."""

    def run(*words: object) -> tuple[str, str]:
        call_command(*map(str, words))
        return capsys.readouterr()

    return run


def test_a_file_is_imported_and_counted(run, tidy):
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}")
    assert out.strip() == "new=3 changed=0 unchanged=0 rejected=0 withdrawn=0"
    batch = Batch.objects.get()
    assert (batch.source, batch.name) == ("file", "tal.csv")
    assert Payload.objects.get(sha256=batch.sha256).raw() == TIDY.encode()


def test_the_same_file_again_changes_nothing(run, tidy):
    run("import_indicators", "--source=file", f"--file={tidy}")
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}")
    assert out.strip() == "new=0 changed=0 unchanged=3 rejected=0 withdrawn=0"
    assert Batch.objects.count() == 1


def test_a_revised_file_is_counted_as_such(run, tidy):
    run("import_indicators", "--source=file", f"--file={tidy}")
    tidy.write_text(TIDY.replace("8,4", "8,5") + "ledige;791;2020M05;8,0\n", encoding="utf-8")
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}")
    assert out.strip() == "new=1 changed=1 unchanged=2 rejected=0 withdrawn=0"


def test_a_file_with_one_fault_writes_nothing_and_fails(run, tidy, capsys):
    tidy.write_text(TIDY + "ukendt;791;2020M05;8,0\n", encoding="utf-8")
    with pytest.raises(SystemExit) as exit_:
        run("import_indicators", "--source=file", f"--file={tidy}")
    printed = capsys.readouterr()
    assert exit_.value.code == 1
    assert printed.out.strip() == "new=0 changed=0 unchanged=0 rejected=1 withdrawn=0"
    assert "linje 5, kolonne indicator" in printed.err
    assert not Batch.objects.exists() and not Observation.objects.exists()


def test_a_file_may_be_held_to_the_indicators_that_are_named(run, tidy):
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=file", f"--file={tidy}", "--indicator=ledige")
    both = ("--indicator=ledige", "--indicator=sygemeldte")
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}", *both)
    assert "new=3" in out


def test_a_complete_file_withdraws_what_it_lacks(run, tidy):
    run("import_indicators", "--source=file", f"--file={tidy}")
    tidy.write_text(TIDY.replace("ledige;791;2020M04;8,4\n", ""), encoding="utf-8")
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}", "--complete")
    assert out.strip() == "new=0 changed=0 unchanged=2 rejected=0 withdrawn=1"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--source=file",), "--file"),
        (("--source=file", "--file=findes-ikke.csv"), "findes-ikke.csv kan ikke læses"),
        (("--source=jobindsats", "--indicator=ledige"), "ingen indikator »ledige«"),
    ],
)
def test_an_order_that_cannot_be_met_is_refused_in_a_sentence(run, capsys, words, told):
    with pytest.raises((CommandError, SystemExit)) as error:
        run("import_indicators", *words)
    assert told in str(error.value) + capsys.readouterr().err


def test_jobindsats_is_imported_with_its_newest_month_provisional(run, jobindsats):
    out, _ = run("import_indicators", "--source=jobindsats")
    assert out.strip() == "new=9 changed=0 unchanged=0 rejected=0 withdrawn=0"
    assert Observation.objects.filter(provisional=True).count() == 3
    assert Observation.objects.get(value=None).series.area.code == "791"
    assert Batch.objects.get().name == "y25i01"


def test_the_same_answer_again_changes_nothing(run, jobindsats):
    run("import_indicators", "--source=jobindsats")
    out, _ = run("import_indicators", "--source=jobindsats")
    assert out.strip() == "new=0 changed=0 unchanged=9 rejected=0 withdrawn=0"


def test_a_shorter_answer_deletes_nothing(run, jobindsats):
    run("import_indicators", "--source=jobindsats")
    jobindsats.country = jobindsats.country[-1:]
    out, _ = run("import_indicators", "--source=jobindsats")
    assert "withdrawn=0" in out
    assert Observation.objects.current().count() == 9


def test_a_refused_answer_leaves_the_figures_and_says_why(run, jobindsats, capsys):
    run("import_indicators", "--source=jobindsats")
    jobindsats.columns = [*jobindsats_stand_in.COLUMNS[:-1], "Noget nyt"]
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=jobindsats")
    assert "ukendt kolonne »Noget nyt«" in capsys.readouterr().err
    assert Observation.objects.current().count() == 9


def test_without_a_key_the_command_says_what_to_set(run, jobindsats, settings, capsys):
    settings.JOBINDSATS_API_KEY = ""
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=jobindsats")
    assert "JOBINDSATS_API_KEY" in capsys.readouterr().err


def test_an_import_is_undone_by_its_number(run, tidy):
    run("import_indicators", "--source=file", f"--file={tidy}")
    out, _ = run("undo_import", Batch.objects.get().id)
    assert out.strip() == f"batch={Batch.objects.last().id} restored=0 removed=3 left_alone=0"
    assert not Observation.objects.current().exists()


def test_an_import_that_is_not_there_cannot_be_undone(run):
    with pytest.raises(CommandError, match="ingen indlæsning 77"):
        run("undo_import", 77)


def test_an_import_by_hand_is_a_run_like_any_other(run, tidy):
    run("import_indicators", "--source=file", f"--file={tidy}")
    made = ImportRun.objects.get()
    assert (made.state, made.actor, made.name, made.new) == ("done", "import_indicators", "tal.csv", 3)
    assert made.batch == Batch.objects.get() and made.finished_at
    run("import_indicators", "--source=file", f"--file={tidy}")
    again = ImportRun.objects.first()
    assert (again.state, again.unchanged, again.batch) == ("unchanged", 3, None)


def test_each_table_fetched_by_hand_is_a_run_of_its_own(run, jobindsats):
    run("import_indicators", "--source=jobindsats")
    made = ImportRun.objects.get()
    assert (made.state, made.table, made.new, made.request_ids) == ("done", "y25i01", 9, ["5f1c"] * 2)


def test_a_refused_file_leaves_a_run_that_tells_its_faults_by_cause(run, tidy):
    tidy.write_text(TIDY + "ukendt;791;2020M05;8,0\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=file", f"--file={tidy}")
    made = ImportRun.objects.get()
    assert (made.state, made.rejected, made.error) == ("failed", 1, "indikatorer (1)")
    assert made.problems[0]["problems"][0]["line"] == 5


@pytest.mark.parametrize(("unit", "value"), [("count", "-3"), ("percent", "250 %"), ("rank", "0")])
def test_a_number_that_cannot_be_is_refused_by_hand_too(run, tidy, capsys, unit, value):
    Indicator.objects.update(unit=unit)
    tidy.write_text(TIDY.splitlines()[0] + f"\nledige;791;2020M03;{value}\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=file", f"--file={tidy}")
    assert "linje 2, kolonne value" in capsys.readouterr().err
    assert ImportRun.objects.get().state == "failed" and not Observation.objects.exists()


def test_a_number_that_cannot_be_is_refused_when_it_is_fetched_by_hand(run, jobindsats, capsys):
    jobindsats.country[0][5] = -1
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=jobindsats")
    assert "1 tal kan ikke være rigtige: et antal kan ikke være under 0" in capsys.readouterr().err
    assert not Observation.objects.exists()


def test_a_command_waits_for_its_source_and_gives_up_in_a_sentence(run, tidy, monkeypatch):
    monkeypatch.setattr(states, "PATIENCE", 0.3)
    other = ImportRun.objects.create(source="file", state="running", heartbeat_at=timezone.now(), worker="elsewhere 1")
    with pytest.raises(CommandError, match="i gang"):
        run("import_indicators", "--source=file", f"--file={tidy}")
    assert ImportRun.objects.get() == other and not Observation.objects.exists()


def test_a_command_takes_over_from_one_that_was_killed(run, tidy):
    with subprocess.Popen(["true"]) as gone:
        worker = liveness.process_id().replace(str(os.getpid()), str(gone.pid))
    facts = {"source": "file", "state": "running", "actor": COMMAND, "heartbeat_at": timezone.now()}
    dead = ImportRun.objects.create(worker=worker, **facts)
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}")
    dead.refresh_from_db()
    assert "new=3" in out and dead.state == "failed" and "Kør den igen" in dead.error


def test_the_name_of_a_file_is_not_repeated_where_it_tells_of_a_person(run, tidy, capsys):
    named = tidy.rename(tidy.with_name("0101701234.csv"))
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=file", f"--file={named}")
    printed = capsys.readouterr()
    assert "CPR" in printed.err and "0101701234" not in printed.err + str(ImportRun.objects.values().get())


def test_a_breakdown_is_declared_once(run, tidy, capsys):
    lines = "indicator;area;period;value;forløb\nledige;791;2020M03;8;kort\n"
    tidy.write_text(lines, encoding="utf-8")
    with pytest.raises(SystemExit):
        run("import_indicators", "--source=file", f"--file={tidy}")
    assert "ukendt kolonne »forløb«" in capsys.readouterr().err
    tidy.write_text(f"# opdelinger: forløb\n{lines}", encoding="utf-8")
    run("import_indicators", "--source=file", f"--file={tidy}")
    tidy.write_text(lines.replace(";8;", ";9;"), encoding="utf-8")
    out, _ = run("import_indicators", "--source=file", f"--file={tidy}")
    assert "changed=1" in out
