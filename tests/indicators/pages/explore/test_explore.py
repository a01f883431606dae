"""The reader's own view from the inside: what can be chosen, what is refused, and the link that repeats it."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.charts import svg
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Indicator
from indicators.store import write

PATH = "/udforsk/"
DAY = "2026-09-01"


@given(st.lists(st.floats(0, 400), max_size=12), st.floats(5, 20))
def test_names_of_lines_keep_their_distance_and_their_order(heights, gap):
    moved = svg.spread_labels(heights, gap, 14, 300)
    assert all(13.9 <= height <= 300.1 for height in moved)
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    kept = min(gap, 286 / max(len(heights) - 1, 1))
    for before, after in zip(order, order[1:], strict=False):
        assert moved[after] - moved[before] >= kept - 0.11


@given(st.lists(st.integers(1, 14), max_size=8, unique=True))
def test_names_that_do_not_touch_are_left_where_they_are(places):
    heights = [place * 20.0 for place in places]
    assert svg.spread_labels(heights, 15, 14, 300) == heights


@pytest.mark.django_db
@pytest.mark.usefixtures("portal_with_demo")
class TestPage:
    def text(self, client, **query) -> str:
        content = client.get(PATH, query).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())

    def test_at_first_it_shows_viborg_beside_the_country(self, client):
        text = self.text(client)
        assert "Viborg og Hele landet, august 2021 til juli 2026. Lavere er bedre." in text

    def test_a_count_is_not_set_beside_the_countrys(self, client):
        assert "Viborg, august 2021 til juli 2026" in self.text(client, indikator="ledige-antal")

    def test_areas_stand_in_the_order_asked_for_in_either_form_of_the_code(self, client):
        assert "Herning, Viborg og Hele landet, januar 2024" in self.text(client, omraade="0657,791,000", fra="2024-01")

    def test_the_form_sends_each_area_by_itself(self, client):
        answer = client.get(PATH + "?omraade=657&omraade=791&fra=2024-01&til=2024-12&indikator=ordinaere-timer-pct")
        text = " ".join(answer.content.decode().split())
        assert "Herning og Viborg, januar 2024 til december 2024. Højere er bedre." in text

    def test_the_table_holds_the_chosen_months_and_no_others(self, client):
        content = client.get(PATH, {"fra": "2024-01", "til": "2024-03"}).content.decode()
        named = re.findall(r'<tr>\s*<th scope="row">\s*(.*?)\s*</th>', content)
        assert named == ["marts 2024", "februar 2024", "januar 2024"]

    def test_the_permanent_link_shows_the_same_after_a_revision(self, client):
        before = client.get(PATH, {"fra": "2026-05", "kendt": DAY}).content.decode()
        permanent = re.search(r'data-testid="permanent">(.*?)</a>', before)[1].replace("&amp;", "&")
        cell = Cell(SeriesKey("ledige-pct-arbejdsstyrken", "791"), periods.of(2026, 6), Decimal("9.9"))
        write.save(frame_of([cell]), source="jobindsats", name="test")
        after = client.get(permanent).content.decode()
        assert re.findall("(?s)<td>.*?</td>", after) == re.findall("(?s)<td>.*?</td>", before)
        assert "9,9" in self.text(client, fra="2026-05")

    def test_the_permanent_link_names_the_day_even_when_none_was_chosen(self, client):
        assert re.search(r'data-testid="permanent">.*kendt=\d{4}-\d\d-\d\d</a>', client.get(PATH).content.decode())

    def test_file_and_figure_hold_what_the_page_shows(self, client):
        query = {"omraade": "791,657", "fra": "2026-05", "til": "2026-06"}
        body = client.get("/udforsk.csv", query).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
        assert [(row["Område"], row["Periode"]) for row in rows] == [
            ("791", "2026-05"),
            ("791", "2026-06"),
            ("657", "2026-05"),
            ("657", "2026-06"),
        ]
        assert [row["Områdets navn"] for row in rows] == ["Viborg", "Viborg", "Herning", "Herning"]
        assert {row["Enhed"] for row in rows} == {"pct. af arbejdsstyrken 16-66 år"}
        figure = client.get("/udforsk.json", query).json()
        assert [trace["name"] for trace in figure["data"]] == ["Viborg", "Herning"]

    def test_eight_lines_are_told_apart_by_colour_and_dash(self, client):
        codes = "791,000,657,661,615,630,740,751"
        figure = client.get("/udforsk.json", {"omraade": codes}).json()
        assert len({(t["line"]["color"], t["line"].get("dash")) for t in figure["data"]}) == 8
        drawn = re.findall(r"g-line g-line-(\d)\" points", client.get(PATH, {"omraade": codes}).content.decode())
        assert set(drawn) == set("12345678")

    def test_a_provisional_month_is_hollow_in_the_interactive_figure(self, client):
        (trace,) = client.get("/udforsk.json", {"omraade": "791", "fra": "2026-05"}).json()["data"]
        assert trace["marker"]["symbol"] == ["circle", "circle", "circle-open"]

    def test_an_area_without_figures_for_the_indicator_is_left_out(self, client):
        text = self.text(client, indikator="ledige-pct-befolkning", omraade="791,000")
        assert "Viborg, januar 2018 til december 2020" in text
        assert "demotal" in text

    def test_a_breakdown_can_be_chosen_where_there_is_one(self, client):
        key = SeriesKey("ledige-antal", "791", "koen=kvinder")
        write.save(frame_of([Cell(key, periods.of(2026, 6), Decimal(600))]), source="jobindsats", name="test")
        content = client.get(PATH, {"indikator": "ledige-antal", "opdeling": "koen=kvinder"}).content.decode()
        assert 'name="opdeling"' in content
        assert re.search(r"<td>\s*600\s*</td>", content)

    def test_a_period_without_figures_says_so_and_keeps_the_form(self, client):
        content = client.get(PATH, {"fra": "2015-01", "til": "2015-12"}).content.decode()
        assert "Der er ingen tal for valget" in content
        assert 'name="omraade"' in content

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ({"indikator": "findes-ikke"}, "ledige-antal"),
            ({"omraade": "999"}, "791 Viborg"),
            ({"omraade": "791,000,657,661,615,630,740,751,760"}, "højst 8"),
            ({"fra": "2025-01", "til": "2024-01"}, "efter den sidste"),
            ({"fra": "forleden"}, "2020M03"),
            ({"opdeling": "alder=90"}, "findes ikke"),
            ({"farve": "roed"}, "omraade"),
            ({"kendt": "2099-01-01"}, "fremtiden"),
        ],
    )
    def test_a_choice_that_does_not_exist_is_refused_with_what_does(self, client, query, named):
        for path in (PATH, "/udforsk.csv", "/udforsk.json"):
            answer = client.get(path, query)
            assert answer.status_code == 400
            assert named in answer.content.decode()

    def test_an_internal_indicator_is_not_shown(self, client):
        Indicator.objects.filter(code="ledige-antal").update(visibility="internal")
        for path in (PATH, "/udforsk.csv", "/udforsk.json"):
            assert client.get(path, {"indikator": "ledige-antal"}).status_code == 400
        assert 'value="ledige-antal"' not in client.get(PATH).content.decode()

    def test_it_costs_three_queries_however_many_lines_it_draws(self, client, django_assert_max_num_queries):
        for codes in ("791", "791,000,657,661,615,630,740,751"):
            with django_assert_max_num_queries(3):
                assert client.get(PATH, {"omraade": codes}).status_code == 200

    def test_the_chosen_areas_stand_first_in_the_form(self, client):
        content = client.get(PATH, {"omraade": "791,751,657"}).content.decode()
        listed = re.findall(r'name="omraade" value="(\d+)"( checked)?', content)
        assert [code for code, checked in listed if checked] == [code for code, _ in listed[:3]]
        assert len(listed) == 99
