"""How many goals changed between two days: counted by hand off the goals' own verdicts, not their measures'."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
NONE = "Ingen mål har fået en anden status"

# From, to, and the goals of which one of the two verdicts differs in the API's answers of those days.
PAIRS = [
    ("2019-12-01", "2020-03-09", "1 2 3 4 5 6 8"),  # 7, 9 and 10 have no target yet
    ("2020-03-09", "2020-04-01", ""),
    ("2020-08-25", "2020-09-15", "2"),
    ("2020-09-15", "2020-12-31", "1 2 5 9"),  # 4b came near, 4a did not: goal 4 is missed as before
    ("2020-09-15", "2021-01-10", "1 2 4 5 9"),
    ("2020-12-31", "2021-01-10", "4"),
    ("2021-01-10", "2021-02-10", ""),
]


@pytest.mark.parametrize(("first", "last", "goals"), PAIRS)
def test_the_headline_counts_goals_of_which_a_verdict_changed(client, first, last, goals):
    count = len(goals.split())
    page = client.get(f"/aendringer/?fra={first}&til={last}").content.decode()
    headline = re.search(r'data-testid="headline">([^<]*)', page)[1]
    assert headline == (f"{count} mål har fået en anden status" if count else NONE)


def test_a_measure_of_a_goal_that_stands_is_told_without_being_counted(client):
    page = client.get("/aendringer/?fra=2020-09-15&til=2020-12-31").content.decode()
    table = page.split('data-testid="verdicts"')[1].split("</table>")[0]
    assert "/maal/4/" in table
