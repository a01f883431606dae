"""A goal's page offers the comparison of municipalities only where there is something to compare."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goals.models import Measure
from indicators import data_version, periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Indicator
from indicators.queries.comparable import comparable_codes
from indicators.store import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

COUNT, SHARE = "ledige-antal", "ledige-pct-befolkning"
VIBORG, COPENHAGEN = "791", "101"


def goal_page_measuring(client, code: str) -> str:
    """The page of goal 2, all of whose measures measure the indicator."""
    Measure.objects.filter(goal__number=2).update(indicator=Indicator.objects.get(code=code))
    data_version.changed()
    return client.get("/planer/beskaeftigelsesplan-2020/maal/2/").content.decode()


def store_real(code: str, *areas: str) -> None:
    cells = [Cell(SeriesKey(code, area), periods.of(2020, 11), Decimal("7")) for area in areas]
    write.save(frame_of(cells), source="file", name="test")


def offered(page: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="(/sammenlign/\?indikator=[^"]*)"', page)]


def test_a_count_follows_the_municipalitys_size_so_no_link_leads_to_its_refusal(client):
    store_real(COUNT, VIBORG, COPENHAGEN)
    assert client.get(f"/sammenlign/?indikator={COUNT}").status_code == 400
    assert offered(goal_page_measuring(client, COUNT)) == []


def test_a_share_of_several_municipalities_has_a_link_that_answers(client):
    store_real(SHARE, VIBORG, COPENHAGEN)
    links = offered(goal_page_measuring(client, SHARE))
    assert links and {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("code", "areas", "comparable"),
    [
        (SHARE, [VIBORG, COPENHAGEN], {SHARE}),
        (SHARE, [VIBORG], set()),
        (SHARE, [VIBORG, "000"], set()),  # the country is no municipality
        (COUNT, [VIBORG, COPENHAGEN], set()),
    ],
)
def test_comparable_is_a_public_share_with_real_figures_of_several_municipalities(code, areas, comparable):
    assert comparable_codes([SHARE, COUNT]) == set()  # neither the demo's made-up share nor a count
    store_real(code, *areas)
    with CaptureQueriesContext(connection) as asked:
        assert comparable_codes([SHARE, COUNT]) == comparable
    assert len(asked) == 1
    Indicator.objects.filter(code=code).update(visibility=Indicator.Visibility.INTERNAL)
    assert comparable_codes([SHARE, COUNT]) == set()
