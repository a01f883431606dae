"""What a file is asked before it is stored, on the page and by the command, and what insisting leaves behind."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from indicators.ingest import actions
from indicators.models import Batch, ImportRun, Indicator, Observation, Series
from indicators.store import write
from tests.indicators.conftest import monthly
from tests.indicators.ingest.test_actions import BY, HEAD, imported, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]
EXPORT = "Periode;Område;Antal personer\n2026M06;Viborg;{june}\n2026M07;Viborg;{july}\n"


@pytest.fixture
def share() -> Indicator:
    Indicator.objects.filter(code="ledige").update(unit="percent", decimals=1)
    return Indicator.objects.get(code="ledige")


@pytest.fixture
def benefit() -> Indicator:
    """Kontanthjælp as the portal defines it: `Antal personer` of table y60a02."""
    facts = {"name": "Kontanthjælp, antal personer", "table": "y60a02", "selection": {"measure": "Antal personer"}}
    Indicator.objects.filter(code="ledige").update(**facts)
    return Indicator.objects.get(code="ledige")


def asked(text: str) -> dict[str, str]:
    outcome = actions.preview(text.encode(), "tal.csv")
    assert outcome.is_usable, outcome.problems
    return {question.key: question.text for question in outcome.jumps}


def test_a_fraction_is_asked_for_where_no_figure_stands_yet(share):
    found = asked(HEAD + "ledige;791;2020M11;0,081\n")
    assert list(found) == ["ledige:andel"] and "Mente du 8,1 %, hvor der står 0,081?" in found["ledige:andel"]


def test_a_fraction_is_asked_for_by_what_other_areas_have(share):
    imported(HEAD + "ledige;615;2020M11;8,4\nledige;000;2020M11;7,9\n")
    assert "ledige:andel" in asked(HEAD + "ledige;791;2020M11;0,081\n")


def test_a_fraction_is_asked_for_by_what_the_made_up_figures_are(share):
    write.save(monthly("8.1", "8.2"), source="demo", synthetic=True)
    assert "ledige:andel" in asked(HEAD + "ledige;791;2020M11;0,081\n")


def test_a_fraction_among_percentages_in_one_file_is_asked_for(share):
    found = asked(HEAD + "ledige;791;2020M10;8,2\nledige;791;2020M11;0,081\nledige;791;2020M12;8,4\n")
    assert found["ledige:andel"].startswith("1 tal er højst 1 %")


def test_a_small_share_is_not_asked_for_where_it_is_usual(share):
    imported(HEAD + "ledige;615;2020M11;0,4\n", **{"ledige:andel": "Så lille er den"})
    assert "ledige:andel" not in asked(HEAD + "ledige;791;2020M11;0,5\n")
    assert asked(HEAD + "sygemeldte;791;2020M11;1\n") == {}


def test_zero_is_no_fraction(share):
    assert asked(HEAD + "ledige;791;2020M11;0\n") == {}


def test_who_insists_says_why_and_it_is_kept(share):
    run = uploaded(HEAD + "ledige;791;2020M11;0,081\n")
    with pytest.raises(actions.RunError, match="Svar først på det, der er at se efter, i: Ledige"):
        actions.confirm(run, by=BY)
    run = actions.confirm(run, {"ledige:andel": "Så lille er den"}, by=BY)
    assert (run.state, run.reasons) == ("done", {"ledige:andel": "Så lille er den"})
    assert Observation.objects.get().value == Decimal("0.081")


def test_an_export_that_names_no_benefit_is_asked_which_it_is(benefit):
    [(key, text)] = asked(EXPORT.format(june="1.205", july="1.189")).items()
    assert key == "y60a02:ydelse" and "Kontanthjælp, antal personer (tabel y60a02)" in text
    assert asked("Kontanthjælp\n" + EXPORT.format(june="1.205", july="1.189")) == {}


def test_an_export_that_brings_mostly_what_the_portal_has_is_recognised(benefit):
    stored = HEAD + "ledige;791;2026M06;1539\nledige;791;2026M07;1483\n"
    imported(stored)
    assert asked(EXPORT.format(june="1.539", july="1.490")) == {}
    assert list(asked(EXPORT.format(june="1.205", july="1.189"))) == ["y60a02:ydelse"]


def test_a_measure_of_the_municipalitys_own_is_asked_for_when_the_area_is_another():
    Indicator.objects.filter(code="ledige").update(visibility="internal")
    [(key, text)] = asked(HEAD + "ledige;615;2020M11;12\nledige;791;2020M11;14\n").items()
    assert key == "ledige:lokal" and "målet er kommunens eget, men filen har tal for Horsens" in text
    assert asked(HEAD + "ledige;791;2020M11;14\n") == {}


def run_command(path, *words: str) -> None:
    call_command("import_indicators", "--source=file", f"--file={path}", *words)


def test_the_command_is_asked_the_same_and_may_insist(share, tmp_path, capsys):
    path = tmp_path / "tal.csv"
    path.write_text(HEAD + "ledige;791;2020M11;0,081\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run_command(path)
    told = capsys.readouterr().err
    assert "Mente du 8,1 %" in told and "--insist BEGRUNDELSE" in told
    assert not Observation.objects.exists() and not Batch.objects.exists() and not Series.objects.exists()
    run_command(path, "--insist=Så lille er den")
    run = ImportRun.objects.first()
    assert (run.state, run.new, run.reasons) == ("done", 1, {"--insist": "Så lille er den"})


def test_the_command_is_asked_for_jumps_too(tmp_path, capsys):
    imported()
    path = tmp_path / "tal.csv"
    path.write_text(HEAD + "ledige;791;2020M05;8400\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run_command(path)
    assert "1 tal er mere end 50 % fra tallet før" in capsys.readouterr().err
    run_command(path, "--insist=Ny opgørelse")
    assert Observation.objects.filter(value=8400).exists()


def test_a_reason_of_the_command_holds_no_civil_registration_number(tmp_path):
    path = tmp_path / "tal.csv"
    path.write_text(HEAD + "ledige;791;2020M05;84\n", encoding="utf-8")
    with pytest.raises(Exception, match="CPR-nummer"):
        run_command(path, "--insist=spurgt af 010180-1234")
    assert not ImportRun.objects.exists()
