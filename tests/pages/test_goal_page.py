"""J2 and J3: why, what do we do, and both targets. In a real browser."""

import csv
import io
import re
import urllib.request
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from goals.models import Goal
from indicators import data_version
from tests.plugins.browser import AT_EVERY_SIZE, DESKTOP, TABLET_LANDSCAPE, follow, words_of

GOAL_4 = "/planer/beskaeftigelsesplan-2020/maal/4/"
GOAL_8 = "/planer/beskaeftigelsesplan-2020/maal/8/"


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_one_tap_from_the_front_page_leads_to_the_goal(page_at):
    page = page_at(TABLET_LANDSCAPE)
    follow(page.get_by_role("link", name=re.compile("Selvforsørgende, alle")))
    assert page.url.endswith(GOAL_8)


def test_headings_go_from_one_level_to_the_next(page_at):
    page = page_at(TABLET_LANDSCAPE, GOAL_8)
    levels = [int(tag[1]) for tag in page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName)")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_page_says_who_wrote_why_what_we_do_and_whom_to_ask(page_at):
    page = page_at(TABLET_LANDSCAPE, GOAL_8)
    note = page.get_by_test_id("assessment").first
    assert note.get_by_role("heading", name="Hvorfor").is_visible()
    assert note.get_by_role("heading", name="Hvad gør vi").is_visible()
    assert re.search(r"\d\d\.\d\d\.20\d\d", note.locator(".note-head").inner_text())
    assert plain(page.get_by_test_id("contact").first.inner_text()).endswith("Jobcenter Viborg kontakt afklares")
    linked = page.get_by_role("table", name="Indsatser knyttet til mål 8")
    assert linked.get_by_role("link", name="Integrations- og beskæftigelsesambassadør").is_visible()


def test_the_top_tells_the_period_and_leads_to_the_goals_beside_it(page_at):
    page = page_at(TABLET_LANDSCAPE, GOAL_8)
    assert "Viborg Kommune, november 2020." in page.locator(".lede").inner_text()
    ways = page.get_by_role("navigation", name="Til målene før og efter")
    assert plain(ways.inner_text()).startswith("← Mål 7") and ways.bounding_box()["y"] < 100
    follow(ways.get_by_role("link", name=re.compile("Mål 9")))
    assert page.url.endswith("/maal/9/")


def test_the_chart_is_spoken_as_one_sentence_with_its_year_said_once(page_at):
    name = page_at(TABLET_LANDSCAPE, GOAL_8).locator("svg.chart").first.get_attribute("aria-label")
    ends = "Viborg Kommune, november 2020: 38 %, oprindeligt mål 41 %, nyt mål 36 %. Alle tal står i tabellen."
    assert plain(name).endswith(ends)


def test_the_calculated_status_and_the_administrations_own_stand_apart(page_at):
    page = page_at(TABLET_LANDSCAPE, GOAL_8)
    chip, note = page.get_by_test_id("status-revised").first, page.get_by_test_id("assessment").first
    assert "Forvaltningens vurdering" in note.inner_text()
    backgrounds = [part.evaluate("e => getComputedStyle(e).backgroundColor") for part in (chip, note)]
    assert backgrounds[0] != backgrounds[1]


def test_the_monthly_table_is_within_three_taps_of_the_front_page(page_at):
    page = page_at(TABLET_LANDSCAPE)
    page.get_by_role("link", name=re.compile("Midlertidig forsørgelse")).click()
    page.get_by_text("Tabel: måned for måned").click()
    assert page.get_by_test_id("table").locator("table").is_visible()


def test_goal_4_has_two_target_lines_and_no_marker_while_the_date_is_unknown(page_at):
    page = page_at(DESKTOP, GOAL_4)
    for measure in page.get_by_test_id("measure").all():
        chart = measure.locator("svg.chart--wide")
        assert chart.locator("[data-series=original]").count() == 1
        assert chart.locator("[data-series=revised]").count() == 1
        assert chart.get_by_test_id("revision-marker").count() == 0
        assert "dato ikke oplyst" in chart.text_content()


def test_goal_4_prints_both_targets_of_both_measures(page_at):
    text = plain(page_at(DESKTOP, GOAL_4).locator("main").inner_text())
    for printed in ("10,4 %", "11 %", "1.373", "1.400"):
        assert printed in text


def rows_of(page: Page, measure: str) -> list[list[str]]:
    table = page.locator(f"[data-measure={measure}]").get_by_test_id("table").locator("tbody tr")
    return [[plain(cell.text_content()) for cell in row.locator("th,td").all()] for row in table.all()]


def test_the_table_holds_the_chart_point_for_point(page_at):
    page = page_at(DESKTOP, GOAL_4)
    chart = page.locator("[data-measure=m04a] svg.chart--wide")
    drawn = len(chart.locator(".g-actual").get_attribute("points").split()) + chart.locator(".g-hollow").count()
    table = rows_of(page, "m04a")
    assert len(table) == drawn == 12
    assert table[-1][0] == "december 2020 (foreløbig)"
    heights = [float(pair.split(",")[1]) for pair in chart.locator(".g-actual").get_attribute("points").split()]
    values = [float(row[1].split()[0].replace(",", ".")) for row in table[:11]]
    scale = [(value, height) for value, height in zip(values, heights, strict=True)]
    lowest, highest = min(scale), max(scale)
    slope = (highest[1] - lowest[1]) / (highest[0] - lowest[0])
    assert all(abs(lowest[1] + (value - lowest[0]) * slope - height) < 0.2 for value, height in scale)


def test_the_csv_opens_in_danish_excel_and_equals_the_table(page_at, portal):
    page = page_at(DESKTOP, GOAL_4)
    with urllib.request.urlopen(f"{portal}{GOAL_4}m04a.csv") as answer:
        body = answer.read()
    assert body.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    shown = rows_of(page, "m04a")
    assert [line[2] for line in lines[1:]] == [row[1].replace(" %", "").removesuffix(",0") for row in shown]
    assert lines[1][-1] == "ja"  # demotal


def test_a_reader_who_explores_gets_plotly_without_breaking_the_policy(page_at):
    page = page_at(DESKTOP, GOAL_4)
    assert page.evaluate("typeof window.Plotly") == "undefined"
    page.get_by_role("button", name="Åbn som interaktiv graf").first.click()
    page.locator(".figure .main-svg").first.wait_for()
    figure = page.locator(".js-plotly-plot").first
    assert "(dato ikke oplyst)" in figure.text_content()
    drawn = page.locator("svg.chart--wide").first.get_by_text(re.compile(r"^1[0-9](,\d)?\s%$")).all_text_contents()
    assert list(map(plain, figure.locator(".ytick").all_text_contents())) == list(map(plain, drawn)) != []
    assert "Aksen starter ved 10 %; lavere er bedre." in plain(figure.text_content())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", ["Mål 4a: Andel på forsørgelse", "Viborg Kommune · januar 2018", "Kilde: opdigtet", "· demotal"]),
        ("/en", ["Goal 4a: ", "Viborg Municipality · January 2018", "Source: ", "The axis starts at 10"]),
    ],
)
def test_a_picture_of_the_figure_says_what_where_when_and_from_whom(page_at, language, said):
    page = page_at(DESKTOP, f"{language}{GOAL_4}")
    page.locator("[data-explore]").first.click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="SVG").click()
    assert taken.value.suggested_filename == f"maal-4a-{timezone.localdate().isoformat()}.svg"
    text = plain(words_of(taken.value))
    assert [words for words in said if words not in text] == []


def test_without_script_the_numbers_are_all_there(page_at):
    page = page_at(DESKTOP, GOAL_4, java_script_enabled=False)
    assert page.get_by_test_id("measure").count() == 2
    assert page.get_by_role("button", name="Åbn som interaktiv graf").count() == 0
    page.get_by_text("Tabel: måned for måned").first.click()
    assert page.get_by_role("table", name=re.compile("18-29-årige")).first.is_visible()


def test_open_questions_stand_as_afklares(page_at):
    assert "afklares" in page_at(DESKTOP, GOAL_4).locator("main").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_the_average_of_the_month_is_drawn_when_a_reader_asks_for_it(page_at, script):
    page = page_at(DESKTOP, GOAL_8, java_script_enabled=script)
    line = page.locator("svg.chart--wide [data-series=average]")
    assert not line.is_visible()
    page.get_by_text("Gennemsnit for samme måned", exact=True).click()
    assert line.is_visible()
    page.get_by_text("Gennemsnit for samme måned", exact=True).click()
    assert not line.is_visible()


@AT_EVERY_SIZE
def test_both_statuses_the_drawing_and_the_words_stand_at_every_size(page_at, viewport, script):
    page = page_at(viewport, GOAL_4, java_script_enabled=script)
    for measure in page.get_by_test_id("measure").all():
        assert measure.get_by_test_id("status-original").is_visible()
        assert measure.get_by_test_id("status-revised").is_visible()
        assert measure.locator("svg.chart:visible").count() == 1
    assert page.get_by_test_id("assessment").first.is_visible()
    page.get_by_text("Tabel: måned for måned").first.click()
    assert page.get_by_test_id("table").first.locator("tbody tr").first.is_visible()


@AT_EVERY_SIZE
def test_what_became_of_a_plans_goals_is_told_at_every_size(page_at, viewport, script):
    page = page_at(viewport, "/planer/beskaeftigelsesplan-2021/", java_script_enabled=script)
    told = page.get_by_test_id("succession")
    assert told.get_by_role("row").count() == 11
    assert told.get_by_text("afklares").first.is_visible()
    unknown = page.get_by_role("region", name="Afklares").inner_text()
    assert "Hører Fritidsjob til unge under målsætning 1.3" in unknown
    assert "Hvilke målsætninger var prioriteret i 2020 og i Beskæftigelsesplan 2021?" in unknown
    text = plain(page.locator("main").inner_text())
    assert "Prioriteret: 2020 afklares, 2021 afklares" in text
    assert not re.search(r"Prioriteret:[^.]*\bnej\b", text)
    follow(told.get_by_role("link", name=re.compile("^1 ")))
    assert page.url.endswith("/planer/beskaeftigelsesplan-2020/maal/1/")


@AT_EVERY_SIZE
def test_a_number_tells_within_one_tap_what_it_is_and_a_link_shows_the_same_again(page_at, viewport, script):
    """J11."""
    page = page_at(viewport, GOAL_4, java_script_enabled=script)
    measure = page.locator("[data-measure=m04a]")
    text = plain(measure.inner_text())
    assert "11,3 % af befolkningen 18-29 år, nov. 2020 , Viborg Kommune" in text
    assert "Kilde: opdigtet til fremvisning, kendt fra 05.02.2021 demotal" in text
    assert measure.get_by_role("link", name="Hent CSV").get_attribute("href").endswith("/maal/4/m04a.csv")
    measure.get_by_text("Definition og kilde", exact=True).click()
    assert measure.get_by_text("Fuldtidspersoner på 18-29 år på midlertidig offentlig forsørgelse").is_visible()
    assert "Andel af: 18-29-årige" in plain(measure.inner_text()) and "13.202 personer" in plain(measure.inner_text())
    before = page.locator("main h1").inner_text()
    follow(page.get_by_test_id("permanent"))
    assert re.search(r"\?kendt=20\d\d-\d\d-\d\d$", page.url)
    assert page.locator("main h1").inner_text() == before


@AT_EVERY_SIZE
def test_a_corrected_number_says_when_what_stood_before_and_why(page_at, viewport, script):
    """J11."""
    page = page_at(viewport, "/planer/beskaeftigelsesplan-2020/maal/10/", java_script_enabled=script)
    page.get_by_text("Tabel: måned for måned").click()
    marked = page.get_by_test_id("table").get_by_role("row", name="august 2020")
    told = "rettet 05.01.2021, før 2,8 % Demotal november 2020, med rettelse af august 2020"
    assert marked.is_visible() and told in plain(marked.inner_text())
    page.goto("/om-tallene/rettelser/")
    listed = plain(page.get_by_test_id("corrections").get_by_role("row").nth(1).inner_text())
    for said in ("Viborg Kommune", "august 2020", "2,8 %", "05.01.2021", "med rettelse af august 2020"):
        assert said in listed


def test_the_link_of_an_indicator_shows_the_same_again(page_at):
    page = page_at(DESKTOP, "/indikatorer/ledige-pct-befolkning/")
    before = page.locator("main h1").inner_text()
    follow(page.get_by_test_id("permanent"))
    assert re.search(r"\?kendt=20\d\d-\d\d-\d\d$", page.url)
    assert page.locator("main h1").inner_text() == before


@pytest.mark.django_db
def test_the_table_says_why_a_figure_from_before_the_new_target_is_judged_against_it(client, portal_with_demo):
    note = 'data-testid="judged-before"'
    early = client.get(GOAL_4, {"kendt": "2020-09-15"}).content.decode()
    assert "Det nyeste endelige tal (juni 2020) ligger før den tid" in early.split(note)[1]
    assert note not in client.get(GOAL_4).content.decode()


@pytest.mark.django_db
def test_that_no_decision_is_known_is_said_until_one_is(client, portal_with_demo):
    assert "Portalen kender ingen beslutninger" in client.get(GOAL_4).content.decode()
    goal = Goal.objects.get(plan__slug="beskaeftigelsesplan-2020", number=4)
    day, link = date(2021, 2, 18), "https://viborg.example/sag"
    goal.decisions.create(
        plan=goal.plan, code="d", meeting=day, known_from=day, text="Tages til efterretning.", link=link
    )
    data_version.changed()
    page = client.get(GOAL_4).content.decode()
    assert "18.02.2021: Tages til efterretning." in page and "Portalen kender ingen" not in page
    assert f'<a href="{link}">Læs beslutningen</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "ways"), [(1, {2}), (4, {3, 5}), (10, {9})])
def test_from_a_goal_the_way_goes_on_to_the_goals_beside_it(client, portal_with_demo, number, ways):
    page = client.get(f"/planer/beskaeftigelsesplan-2020/maal/{number}/").content.decode()
    assert set(map(int, re.findall(r"/maal/(\d+)/", page.split("Målene før og efter")[1].split("</nav>")[0]))) == ways
