"""Newest figures of files: provisional where the indicator is counted so, final by the next delivery."""

import pytest

from indicators.ingest import actions
from indicators.models import Indicator, Observation
from indicators.periods import of
from indicators.store import write
from tests.indicators.conftest import monthly
from tests.indicators.ingest.test_actions import BY, HEAD, imported, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]


@pytest.fixture(autouse=True)
def counted_late(rung) -> None:
    Indicator.objects.filter(code="ledige").update(newest_is_provisional=True, jump_limit=0)


def marks(code: str = "ledige") -> dict[tuple[str, int], bool]:
    """By area and month of 2020."""
    rows = Observation.objects.current().filter(series__indicator__code=code, series__synthetic=False)
    found = rows.values_list("series__area__code", "period", "provisional")
    return {(area, period - of(2020, 1) + 1): provisional for area, period, provisional in found}


def file(*rows: str, head: str = HEAD) -> str:
    return head + "".join(f"{row}\n" for row in rows)


def test_the_newest_month_of_a_file_is_provisional():
    imported(file("ledige;791;2020M11;81", "ledige;791;2020M12;86", "sygemeldte;791;2020M12;20"))
    assert marks() == {("791", 11): False, ("791", 12): True}
    assert marks("sygemeldte") == {("791", 12): False}


def test_what_the_file_itself_says_is_provisional_holds():
    head = HEAD.replace("value", "value;provisional")
    imported(file("ledige;791;2020M11;81;ja", "ledige;791;2020M12;86;nej", head=head))
    assert marks() == {("791", 11): True, ("791", 12): False}


def test_a_column_with_nothing_in_it_says_nothing():
    imported(file("ledige;791;2020M12;86;", head=HEAD.replace("value", "value;provisional")))
    assert marks() == {("791", 12): True}


def test_a_month_that_is_not_the_newest_of_the_portal_is_final():
    imported(file("ledige;791;2020M11;81", "ledige;791;2020M12;86"))
    imported(file("ledige;615;2020M10;40"), **{"ledige:omraade": "Ny kommune"})
    assert marks() == {("791", 11): False, ("791", 12): True, ("615", 10): False}


def test_made_up_figures_of_later_do_not_make_a_real_one_final():
    write.save(monthly(*["8"] * 12), source="demo", synthetic=True)
    imported(file("ledige;791;2020M11;81"))
    assert marks() == {("791", 11): True}


def test_the_newest_month_as_the_source_gave_it_changes_nothing():
    write.save(monthly("81", "86", provisional=1), source="jobindsats")
    outcome = actions.preview(file("ledige;791;2020M02;86").encode())
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 1)
    run = imported(file("ledige;791;2020M02;86"))
    assert run.state == "unchanged" and marks() == {("791", 1): False, ("791", 2): True}


def test_the_next_delivery_makes_the_month_before_final_also_where_no_later_figure_comes():
    imported(file("ledige;791;2020M11;81", "ledige;615;2020M11;40"))
    assert marks() == {("791", 11): True, ("615", 11): True}
    run = uploaded(file("ledige;791;2020M11;82", "ledige;791;2020M12;86"))
    assert actions.preview_of(run).settled == 1
    run = actions.confirm(run, by=BY)
    assert marks() == {("791", 11): False, ("791", 12): True, ("615", 11): False}
    assert (run.new, run.changed) == (1, 1)  # no number of 615 changed
    assert Observation.objects.filter(series__area__code="615").count() == 2  # and what was known before is kept


def test_a_delivery_of_a_source_makes_it_final_too():
    imported(file("ledige;791;2020M01;81", "ledige;615;2020M01;40"))
    write.save(monthly("81", "86", provisional=1), source="jobindsats")
    assert marks() == {("791", 1): False, ("791", 2): True, ("615", 1): False}


def test_a_later_month_without_a_number_makes_nothing_final():
    imported(file("ledige;791;2020M11;81", "ledige;615;2020M11;40"))
    imported(file("ledige;791;2020M12;.."))
    assert marks()["615", 11] is True


def test_undoing_the_delivery_makes_it_provisional_again():
    imported(file("ledige;791;2020M11;81", "ledige;615;2020M11;40"))
    run = imported(file("ledige;791;2020M12;86"))
    actions.undo(run, by=BY)
    assert marks()["615", 11] is True and marks()["791", 11] is True
