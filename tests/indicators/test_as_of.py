"""The day a page is shown "as known on"."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from indicators.as_of import UnusableDate, as_of


def asked(text: str):
    return as_of(RequestFactory().get("/", {"kendt": text}))


@pytest.mark.parametrize("text", ["2020-09-15", "15.09.2020", "15-09-2020", " 2020-09-15 "])
def test_a_day_is_read_as_written_and_counts_to_its_last_moment(text):
    known = asked(text)
    assert known.day.isoformat() == "2020-09-15"
    assert timezone.localtime(known.moment).isoformat() == "2020-09-15T23:59:59.999999+02:00"


def test_without_a_day_it_is_now():
    known = asked("")
    assert known.day is None
    assert timezone.now() - known.moment < timedelta(seconds=5)


@pytest.mark.parametrize("text", ["i går", "2020-13-01", "15/9", "20200915", "2020-09-15T00:00"])
def test_what_cannot_be_read_is_refused_with_how_to_write_it(text):
    with pytest.raises(UnusableDate, match=r"15\.09\.2020"):
        asked(text)


def test_the_future_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(UnusableDate, match="fremtiden"):
        asked(tomorrow.isoformat())


def test_today_can_be_asked_for():
    assert asked(timezone.localdate().isoformat()).day == timezone.localdate()
