"""The funnel: what chance alone can do to a share of few, drawn for small groups only."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.pages.compare import funnel_limits
from indicators.pages.compare.funnel_limits import MOSTLY, NEARLY_ALWAYS, Member

PATH = "/sammenlign/"
OF_FEW = {"indikator": "ordinaere-timer-pct", "periode": "2026-05"}
shares = st.integers(1, 999).map(lambda tenth: Decimal(tenth) / 10)
sizes = st.integers(1, 9_999)


@given(shares, sizes, st.integers(2, 9))
def test_more_people_leave_less_to_chance(share, size, times):
    few, many = funnel_limits.limits(share, size, MOSTLY), funnel_limits.limits(share, size * times, MOSTLY)
    assert few[0] <= many[0] < float(share) < many[1] <= few[1]
    outer = funnel_limits.limits(share, size, NEARLY_ALWAYS)
    assert outer[0] <= few[0] and few[1] <= outer[1]


@given(st.lists(st.tuples(shares, sizes), min_size=1, max_size=40), shares)
def test_every_municipality_stands_inside_the_drawing_at_its_side_of_the_country(found, country):
    members = [Member(str(n), str(n), "other", share, size) for n, (share, size) in enumerate(found)]
    for box in (funnel_limits.WIDE, funnel_limits.NARROW):
        drawn = funnel_limits.funnel(members, country, box)
        for member, (x, y) in drawn.places:
            assert box.left <= x <= box.right and box.top <= y <= box.bottom
            assert (y < drawn.centre) <= (member.share > country) and (y > drawn.centre) <= (member.share < country)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


@pytest.mark.django_db
def test_a_share_of_few_is_told_as_chance_or_not_with_how_many_it_is_of(client, portal_with_demo):
    text = text_of(client.get(PATH, OF_FEW))
    assert "Viborg ligger lavere, end tilfældigheder normalt forklarer" in text
    assert "Højest ligger Samsø Kommune med 26,3 % af 19 personer: det kan være tilfældigt." in text
    assert "Hvad tragten ikke kan bruges til" in text
    assert re.search(r"Viborg 1\.5\d\d 7,8 % 8,6 til 11,6 % under inderste linje", text)


@pytest.mark.django_db
def test_its_file_says_how_many_each_share_is_of(client, portal_with_demo):
    content = client.get("/sammenlign.csv", OF_FEW).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content), delimiter=";"))
    place = lines[0].index("Kontanthjælp, antal personer")
    assert next(line for line in lines if line[2] == "Samsø")[place] == "19"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Læsø", "Fanø"])
def test_a_count_that_is_withheld_cannot_be_worked_out_from_the_funnel(client, portal_with_demo, name):
    page = client.get(PATH, OF_FEW).content.decode()
    funnel = page[page.index('data-testid="funnel"') :].split("</section>")[0]
    assert "Samsø" in funnel and name not in funnel
    assert "2 kommuner er ikke med, fordi deres antal personer ikke er offentliggjort" in page
    content = client.get("/sammenlign.csv", OF_FEW).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content), delimiter=";")
    row = dict(zip(head, next(row for row in rows if row[2] == name), strict=True))
    assert row["Kontanthjælpsmodtagere med ordinære timer, andel"]
    assert row["Kontanthjælpsmodtagere med ordinære timer, antal"] == row["Kontanthjælp, antal personer"] == ""


@pytest.mark.django_db
def test_a_share_of_a_whole_population_gets_no_funnel(client, portal_with_demo):
    assert 'data-testid="funnel"' not in client.get(PATH).content.decode()
    assert "antal personer" not in client.get("/sammenlign.csv").content.decode("utf-8-sig")
