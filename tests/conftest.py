"""What every test stands on: pages rendered inside a test find their static files by plain name."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indicators import data_version
from tests.plugins.databases import connected_to, existing_databases, new_database

# How long an example takes says something about the machine, nothing about the code.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")

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
def portal_with_demo(demo_template, django_db_blocker) -> Iterator[None]:
    """Plans and demo in place of the empty database, for all tests of a file.

    A file that uses it has `pytestmark = pytest.mark.django_db`; each test's own writes are rolled back after it.
    """
    with django_db_blocker.unblock():
        if (name := f"{demo_template}_read") not in existing_databases():
            new_database(name, demo_template)
        with connected_to(name):
            yield
