"""What every test stands on: pages rendered inside a test find their static files by plain name."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from indicators import data_version
from viborg_plan import demo

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def static_files_by_plain_name(settings):
    """The hashed names exist only once the files have been collected, which the served portal does."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN}


@pytest.fixture(autouse=True)
def no_copies_of_other_tests_answers():
    """A test's rows are rolled back, which no writer tells of; the cache outlives them."""
    cache.delete(data_version.KEY)


@pytest.fixture(scope="module")
def portal_with_demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Plans and demo, loaded once for all tests of a file and rolled back after them.

    A file that uses it has `pytestmark = pytest.mark.django_db`; each test's own writes are rolled back after it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_indicators", str(demo.FIXTURES / "indicators.yaml"))
        call_command("load_plan", *map(str, sorted((demo.FIXTURES / "plans").glob("*.yaml"))))
        call_command("load_demo")
        yield
        transaction.set_rollback(True)
