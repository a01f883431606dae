"""First published against newest on an indicator's page: drawn where numbers moved, and told in words and a table."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from indicators.charts.dumbbell import dumbbell_charts
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.histories import Vintage
from indicators.queries.revisions import Revision

PERCENT = Indicator(code="x", name="X", unit="percent", decimals=1, frequency="M")
KNOWN = datetime(2020, 9, 1, tzinfo=UTC)


def revision(period: int, first: str | None, newest: str | None) -> Revision:
    value, reason = (Decimal(first), MissingReason.NOT_MISSING) if first else (None, MissingReason.SUPPRESSED)
    known = Vintage(period, value, reason, False, KNOWN, "file", 1, None)
    return Revision(period, known, replace(known, value=Decimal(newest) if newest else None))


def test_a_line_runs_from_the_first_value_to_the_newest_and_higher_stands_further_right():
    _, chart = dumbbell_charts(PERCENT, [revision(1450, "8.0", "8.1"), revision(1449, "7.6", "7.6")])[0]
    moved, still = chart.rows
    assert moved.moved and moved.first < moved.newest
    assert not still.moved and still.first == still.newest < moved.first


def test_nothing_is_drawn_while_no_number_has_moved():
    assert dumbbell_charts(PERCENT, [revision(1450, "8.0", "8.0")]) == []
    assert dumbbell_charts(PERCENT, []) == []


def test_a_period_without_a_number_is_left_out_of_the_drawing():
    _, chart = dumbbell_charts(PERCENT, [revision(1451, None, "8.0"), revision(1450, "8.0", "8.1")])[0]
    assert len(chart.rows) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("portal_with_demo")
def test_the_page_draws_what_its_table_says(client):
    page = client.get("/indikatorer/ledige-pct-befolkning/").content.decode()
    assert "Først kendt mod nyeste" in page and "ændringen typisk 0,1" in page
    table = re.search(r'data-testid="vintages">(.*?)</table>', page, re.DOTALL)[1]
    rows = [re.findall(r"(\d+,\d)\u00a0%", row) for row in re.findall("<tr>(.*?)</tr>", table, re.DOTALL)[1:]]
    changed = sum(first != newest for first, newest in rows)
    assert page.count('class="g-moved"') == 2 * changed > 0  # drawn once wide and once narrow


@pytest.mark.django_db
@pytest.mark.usefixtures("portal_with_demo")
def test_the_file_says_what_was_published_first_and_what_stands_as_known_on_the_day(client):
    page = client.get("/indikatorer/ledige-pct-befolkning/?kendt=2020-12-31").content.decode()
    path = re.search(r'href="([^"]*udgaver.csv[^"]*)"', page)[1]
    rows = client.get(path).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Indikator;Område;Periode;Først;Først kendt;Nyeste;Kendt fra;Foreløbig;Kilde;Demotal"
    assert "ledige-pct-befolkning;791;2020-08;2,8;05.10.2020;2,8;05.11.2020;nej;opdigtet til fremvisning;ja" in rows
    later = client.get(path.split("?")[0]).content.decode("utf-8-sig")
    assert "ledige-pct-befolkning;791;2020-08;2,8;05.10.2020;2,9;05.01.2021;nej;opdigtet til fremvisning;ja" in later
