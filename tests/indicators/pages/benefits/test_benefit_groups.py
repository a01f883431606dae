"""Forbundne kar: what is summed, what is not, and that no change is said to cause another."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import data_version, periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Indicator
from indicators.pages.benefits import benefit_groups
from indicators.pages.benefits.benefit_groups import GroupChange, summed
from indicators.store import write

PATH = "/forbundne-kar/"
COUNTS = st.decimals(min_value=0, max_value=5000, places=0)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6))
def test_the_sum_of_the_changes_is_the_change_of_the_sums(ends):
    total = summed([GroupChange("", "", before, after) for before, after in ends])
    assert total.change == sum(after - before for before, after in ends)


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=5), st.booleans())
def test_one_unknown_value_makes_the_sum_unknown(ends, before_is_unknown):
    unknown = GroupChange("", "", None, Decimal(1)) if before_is_unknown else GroupChange("", "", Decimal(1), None)
    assert summed([*(GroupChange("", "", *pair) for pair in ends), unknown]).change is None


@given(st.dictionaries(st.text(min_size=1), st.lists(COUNTS, min_size=1, max_size=20), min_size=1, max_size=4))
def test_every_axis_spans_equally_many_persons_and_holds_its_values(lines):
    ends = benefit_groups.same_width(lines)
    assert len({high - low for low, high in ends.values()}) == 1
    for name, (low, high) in ends.items():
        assert 0 <= low <= min(lines[name])
        assert max(lines[name]) <= high
        assert low % 100 == high % 100 == 0 and low < high


@pytest.mark.django_db
@pytest.mark.usefixtures("portal_with_demo")
class TestPage:
    def text(self, client, **query) -> str:
        content = client.get(PATH, query).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())

    def test_it_says_each_groups_change_and_the_sum(self, client):
        text = self.text(client)
        assert "44 færre på a-dagpenge, 80 flere på kontanthjælp: 36 flere tilsammen" in text
        assert "A-dagpenge 989 945 −44 Kontanthjælp 1.421 1.501 +80" in text
        assert "Tilsammen er det 36 fuldtidspersoner flere: fra 2.410 til 2.446." in text

    def test_those_ready_for_a_job_are_shown_and_not_added(self, client):
        assert "heraf jobparate (tælles ikke med igen) 187 252 +65 Tilsammen 2.410 2.446 +36" in self.text(client)

    def test_changes_are_simultaneous_and_never_an_effect(self, client):
        text = self.text(client)
        assert "Samtidige ændringer i fuldtidspersoner" in text
        assert "ikke at den ene ændring skyldes den anden" in text
        assert not re.search(r"effekt|medfør|fordi", text)

    def test_it_says_what_is_missing_and_that_the_definition_changed_on_the_way(self, client):
        text = self.text(client)
        assert "der er ikke indlæst rigtige tal for sygedagpenge" in text
        assert "Ny opgørelse undervejs: Fra 1. juli 2025" in text
        english = client.get(f"/en{PATH}").content.decode()
        assert "From 1 July 2025 the new social assistance applies" in english and "Fra 1. juli" not in english
        assert "Ny opgørelse undervejs" not in self.text(client, fra="2025-08")

    def test_a_missing_value_is_never_summed(self, client):
        key = SeriesKey("kontanthjaelp-antal-fuldtidspersoner", "791")
        write.save(frame_of([Cell(key, periods.of(2026, 6), None, missing=1)]), source="jobindsats", name="test")
        text = self.text(client, til="2026-05", fra="2025-05")
        assert "maj 2025 til maj 2026" in text
        assert client.get(PATH, {"til": "2026-06"}).status_code == 400

    def test_before_the_figures_were_known_it_says_so(self, client):
        assert "Der er ingen tal for ydelserne på den dag" in self.text(client, kendt="2026-08-01")

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ({"fra": "2026-06", "til": "2025-06"}, "ligge før"),
            ({"fra": "2019-01"}, "2021-08"),
            ({"til": "snart"}, "2020M03"),
            ({"ydelse": "su"}, "fra, kendt, til"),
        ],
    )
    def test_months_that_cannot_be_compared_are_refused_with_those_that_can(self, client, query, named):
        answer = client.get(PATH, query)
        assert answer.status_code == 400
        assert named in answer.content.decode()

    def test_the_file_holds_every_group_and_month(self, client):
        body = client.get("/forbundne-kar.csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
        june = {row["Serie"]: row["Værdi"] for row in rows if row["Periode"] == "2026-06"}
        assert june == {"A-dagpenge": "945", "Kontanthjælp": "1501", "heraf jobparate": "252"}

    def test_an_internal_indicator_is_not_shown(self, client):
        Indicator.objects.filter(code="ledige-kontanthjaelp-antal").update(visibility="internal")
        assert "heraf jobparate (tælles ikke med igen) – – –" in self.text(client)
        assert "heraf jobparate" not in client.get("/forbundne-kar.csv").content.decode()
        Indicator.objects.filter(code="ledige-a-dagpenge-antal").update(visibility="internal")
        data_version.changed()
        assert "Der er ingen tal for ydelserne på den dag" in self.text(client)

    def test_it_costs_four_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            client.get(PATH)
