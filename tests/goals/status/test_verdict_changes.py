"""Which number the page of changes prints: the newest figure, or beside it the average that was judged."""

from dataclasses import replace
from decimal import Decimal

import pytest

from goals.judging import Pick, Verdict
from goals.status.verdict_changes import VerdictChange
from tests.goals.sentences.test_required_change import found

NEWEST = found("percent", "8.4", "8.4", printed="8,4 %")


@pytest.mark.parametrize(("judged", "averaged"), [("8.4", False), ("8.40", False), ("8.3", True), (None, False)])
def test_only_another_number_than_the_newest_is_told_as_an_average(judged, averaged):
    value = None if judged is None else Decimal(judged)
    assert VerdictChange(NEWEST, None, "oprindeligt mål", "Intet mål", Verdict.MET, None, value).averaged is averaged


def test_where_there_is_no_newest_figure_nothing_is_averaged():
    empty = replace(NEWEST, pick=Pick(settled=None, provisional=None))
    empty = replace(empty, history=replace(empty.history, points=()))
    assert empty.latest is None
    assert not VerdictChange(empty, None, "nyt mål", "Intet mål", Verdict.MET, None, Decimal("8.4")).averaged
