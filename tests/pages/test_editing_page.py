"""The editors' page: the state of each source, and the same numbers as the front page."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from goals.status.plan_status import plan_status
from indicators.ingest.source_status import Standing, source_states
from indicators.models import ImportRun
from initiatives.status.coverage import reported, status_coverage
from tests.pages.test_import_page import logged_in, text_of
from viborg_plan.pages.editorial_gaps import gaps
from viborg_plan.pages.editorial_views import SHAPES, headline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


@pytest.fixture
def reader() -> Client:
    return logged_in(Role.READER)


def strip(answer) -> list[str]:
    found = re.search(r'data-testid="freshness">(.*?)</p>', answer.content.decode(), re.DOTALL)[1]
    return [re.sub("<[^>]+>", "", part).strip() for part in re.findall("<span>(.*?)</span>", found, re.DOTALL)]


def test_it_says_the_same_of_freshness_as_the_front_page(client, reader):
    told = strip(reader.get("/redaktion/"))
    assert set(told) <= set(strip(client.get("/")))
    assert "6 af 34 indsatser mangler status for januar 2021" in told


def test_the_list_of_what_is_missing_is_as_long_as_the_count(reader):
    now = timezone.now()
    missing = reported(now).filter(behind=True)
    assert len(missing) == status_coverage(now).missing == 6
    page = reader.get("/redaktion/").content.decode()
    assert all(f'href="/indsatser/{initiative.slug}/"' in page for initiative in missing)


def test_every_source_stands_with_its_newest_period_and_when_the_next_is_due(reader):
    text = text_of(reader.get("/redaktion/"))
    for state in source_states():
        assert f"{state.name} {state.state}" in text
    assert "Jobindsats y25i01" in text and "juli 2026" in text


def test_a_source_that_failed_is_told_first_and_in_words(reader):
    run = ImportRun.objects.create(source="jobindsats", table="y25i01", state="failed", error="Kilden svarede 503.")
    page = reader.get("/redaktion/")
    assert "fejlet" in text_of(page) and "Kilden svarede 503." in text_of(page)
    assert f"/import/{run.pk}/" not in page.content.decode()


def test_the_head_says_what_is_missing_and_the_counts_lead_to_the_lists(reader):
    page = reader.get("/redaktion/").content.decode()
    now = timezone.now()
    found = gaps(plan_status(None, now), now)
    count = sum(len(entry.gaps) for entry in found.lists)
    assert f'data-testid="headline">{count} ting mangler, for at planen kan følges</h1>' in page
    tally = page.split('data-testid="tally"')[1].split("</ul>")[0]
    told = re.findall(r'href="#(liste-\w+)">\s*<b>(\d+)</b>', tally)
    assert told == [(f"liste-{entry.key}", str(len(entry.gaps))) for entry in found.lists]
    assert all(page.count(f'id="{target}"') == 1 for target, _count in told)


def test_long_lists_are_folded_and_short_ones_and_an_owners_are_open(reader):
    page = reader.get("/redaktion/").content.decode()

    def is_open(key: str, page: str) -> bool:
        return "<details open>" in page.split(f'data-testid="gaps-{key}"')[1].split("</section>")[0]

    assert is_open("status", page) and not is_open("ansvar", page) and not is_open("afklares", page)
    owners = reader.get("/redaktion/", {"ansvarlig": "Jobcenter Viborg"}).content.decode()
    assert "hos Jobcenter Viborg</h1>" in owners
    assert owners.count("<details open>") == owners.count('<ul class="gap-list"') > 0


def test_what_waits_for_an_approver_is_counted_at_the_top(reader):
    run = ImportRun.objects.create(source="file", name="tal.csv", state="held", error="Springer.")
    tally = reader.get("/redaktion/").content.decode().split('data-testid="tally"')[1].split("</ul>")[0]
    assert re.search(r'href="#holdt">\s*<b>1</b>\s*<span>\s*indlæsning venter på en godkender', tally) and run.pk


def test_every_standing_has_a_shape():
    assert set(SHAPES) == set(Standing)


def test_who_may_import_or_approve_finds_the_way(reader):
    assert "/import/" not in reader.get("/redaktion/").content.decode()
    assert 'href="/import/"' in logged_in(Role.DATA_OFFICER, email="b@example.org").get("/redaktion/").content.decode()


def test_a_user_without_a_role_finds_nothing():
    assert logged_in(email="nobody@example.org").get("/redaktion/").status_code == 404


def test_when_all_is_well_it_says_so():
    assert headline([]) == "Alle kilder har leveret, som de skal"


def test_it_asks_few_queries(reader, django_assert_max_num_queries):
    ImportRun.objects.bulk_create(ImportRun(source="file", name=f"{n}.csv", state="done") for n in range(30))
    reader.get("/redaktion/")  # the first page after a login also notes when the user was last here
    with django_assert_max_num_queries(16):
        reader.get("/redaktion/")
