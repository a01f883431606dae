"""For `make bench`: the portal's settings with one more address, and without the limit on requests."""

from viborg_plan.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench_api_urls"
API_REQUESTS_PER_MINUTE = 1_000_000_000
