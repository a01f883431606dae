"""What is changed since: the page between two days, from the inside."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest

from goals.models import Measure, Plan, Target
from goals.status.plan_status import plan_status
from indicators import periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.store import write
from viborg_plan.demo.figures import COPENHAGEN
from viborg_plan.pages.changes import Between, changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

PATH = "/aendringer/?fra=2020-09-15&til=2021-03-01"
AUTUMN = Between(date(2020, 9, 15), date(2021, 3, 1))


def said(client, path: str = PATH) -> str:
    page = client.get(path).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def test_the_verdicts_that_changed_are_those_the_two_days_pages_show():
    then, now = (plan_status(None, moment) for moment in AUTUMN.moments)
    before = {m.measure.code: (m.original.verdict, m.revised.verdict) for m in then.measures}
    after = {m.measure.code: (m.original.verdict, m.revised.verdict) for m in now.measures}
    expected = {
        (code, kind)
        for code in after
        for place, kind in enumerate(("oprindeligt mål", "nyt mål"))
        if before[code][place] != after[code][place]
    }
    assert {(c.measure.measure.code, c.against) for c in changes(AUTUMN).verdicts} == expected
    assert ("m02", "nyt mål") in expected and ("m07", "nyt mål") not in expected


def test_the_page_counts_goals_and_says_before_and_now_with_their_figures(client):
    text = said(client)
    assert "5 mål har fået en anden status" in text
    assert "2 Midlertidig forsørgelse nyt mål Tæt på Nået 8,6 % (jun. 2020) 8,1 % (nov. 2020)" in text
    assert "kendt efter den 15. september 2020 og til og med den 1. marts 2021" in text


def test_figures_are_counted_as_the_deliveries_receipts_count_them(client):
    # 50 numbers of the plan's; the benchmark's edition of October: 98 municipalities, four groups, three numbers each.
    assert 50 + 98 * 4 * 3 == 1226
    assert "6 leverancer med 1.226 nye og 51 ændrede tal. 1 af planens endelige tal er rettet." in said(client)


def test_a_settled_figure_that_is_changed_is_called_a_correction():
    measure = Measure.objects.get(code="m02")
    key = SeriesKey(measure.indicator.code, "791")
    for day, value in ((3, "8.8"), (4, "7.0")):
        cell = Cell(key, periods.of(2020, 11), Decimal(value))
        moment = datetime(2026, 9, day, tzinfo=COPENHAGEN)
        write.save(frame_of([cell]), source="file", name="rettelse.csv", known_from=moment)
    figures = changes(Between(date(2026, 9, 1), date(2026, 9, 30))).figures
    assert (figures.deliveries, figures.new, figures.changed, figures.corrected) == (2, 1, 1, 1)
    assert [(c.old, c.new, c.reason) for c in figures.largest] == [(Decimal("8.8"), Decimal("7.0"), "rettelse.csv")]


def test_a_target_that_was_set_is_listed_with_its_document():
    supplement = Plan.objects.get(slug="tillaeg-2020")
    Target.objects.create(
        measure=Measure.objects.get(code="m02"), kind="revised", rule="value", value=Decimal("8.0"),
        printed="8,0 %", document=supplement, known_from=date(2020, 12, 1),
    )  # fmt: skip
    assert [target.printed for target in changes(AUTUMN).targets] == ["8,0 %"]


def test_before_the_plan_every_target_is_new(client):
    text = said(client, "/aendringer/?fra=2019-12-01&til=2020-12-01")
    assert "4a Andel på forsørgelse : nyt mål (tillæg) 11 %" in text
    assert "10 mål har fået en anden status" in text


def test_initiatives_are_listed_once_and_only_with_another_status():
    found = changes(AUTUMN)
    names = [change.update.initiative_id for change in found.statuses]
    assert names and len(names) == len(set(names))
    assert all(change.was != change.update.get_status_display() for change in found.statuses)


def test_nothing_has_changed_between_two_days_without_news(client):
    text = said(client, "/aendringer/?fra=2021-03-01&til=2021-03-02")
    for nothing in ("Ingen mål har fået en anden status", "Ingen nye tal", "Ingen nye mål", "Ingen nye vurderinger"):
        assert nothing in text


def test_the_page_opens_with_the_newest_three_months_that_brought_something_and_says_so(client):
    text = said(client, "/aendringer/?kendt=2021-09-30")
    assert "kendt efter den 13. januar 2021 og til og med den 15. april 2021" in text
    assert "Siden er der ikke kommet noget nyt" in text
    assert "mål har fået en anden status" in text
    recent = said(client, "/aendringer/?kendt=2021-04-01")
    assert "til og med den 1. april 2021" in recent and "Siden er der ikke kommet noget nyt" not in recent


def test_whoever_asks_for_quiet_days_gets_them(client):
    text = said(client, "/aendringer/?fra=2021-11-10&til=2021-12-31")
    assert "til og med den 31. december 2021" in text and "Ingen nye tal" in text


def test_before_anything_was_known_the_page_opens_with_the_last_quarter(client):
    assert "til og med den 1. februar 2018" in said(client, "/aendringer/?kendt=2018-02-01")


def test_the_last_day_follows_the_day_the_reader_stands_on(client):
    assert "til og med den 15. september 2020" in said(client, "/aendringer/?kendt=2020-09-15")
    assert "fra=2020-09-15" in client.get("/?kendt=2020-09-15").content.decode()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("fra=2021-03-01&til=2020-09-15", "Den første dag skal ligge før den sidste."),
        ("fra=2021-03-01&til=2021-03-01", "Den første dag skal ligge før den sidste."),
        ("fra=i-går", "Datoen kunne ikke læses."),
        ("til=2099-01-01", "ligger i fremtiden"),
    ],
)
def test_days_that_cannot_be_used_are_answered_with_the_fields(client, query, problem):
    answer = client.get(f"/aendringer/?{query}")
    assert answer.status_code == 400
    assert problem in answer.content.decode()
    assert 'name="fra"' in answer.content.decode()
