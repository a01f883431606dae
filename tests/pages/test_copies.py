"""Public pages are made once and read by many: without a query, never old, and never one reader's page to another."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Team
from accounts.roles import Role
from goals.editing.audited_change import change
from goals.models import Goal
from indicators import data_version
from tests.api.test_http import Gone
from tests.pages.test_import_page import logged_in
from tests.pages.test_mine_page import person
from viborg_plan.http import response_cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
GOAL = "/planer/beskaeftigelsesplan-2020/maal/4/"


@pytest.fixture
def kept(monkeypatch) -> list[str]:
    """The addresses' copies that are put where every process finds them."""
    names: list[str] = []
    monkeypatch.setattr(response_cache, "QUICK", -1)
    monkeypatch.setattr(response_cache.cache, "set", lambda key, *rest: names.append(key))
    return names


def test_a_copy_is_sent_as_the_page_was(client):
    first, second = client.get(GOAL), client.get(GOAL)
    assert (second.status_code, second.content) == (200, first.content)
    assert dict(second.headers) == dict(first.headers)


def test_who_has_the_page_is_told_that_it_still_holds(client, django_assert_num_queries):
    tag = client.get(GOAL)["ETag"]
    with django_assert_num_queries(0):
        answer = client.get(GOAL, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (304, b"", "no-cache")


def test_what_is_written_is_on_the_page_for_the_next_reader(client):
    tag = client.get(GOAL)["ETag"]
    change(
        row=Goal.objects.get(plan__slug="beskaeftigelsesplan-2020", number=4), facts={"title": "Et nyt navn"}, by=rie()
    )
    answer = client.get(GOAL, headers={"If-None-Match": tag})
    assert answer.status_code == 200 and "Et nyt navn" in answer.content.decode()


def test_a_team_that_is_renamed_in_the_admin_has_its_new_name_on_its_initiatives(client):
    path = "/indsatser/task-force-viborg/"
    team = Team.objects.get(initiatives__slug="task-force-viborg")
    assert team.name in client.get(path).content.decode()
    administrator = logged_in(Role.ADMINISTRATOR)
    administrator.post(f"/admin/accounts/team/{team.pk}/change/", {"name": "Et nyt hold", "slug": team.slug})
    assert "Et nyt hold" in client.get(path).content.decode()
    administrator.post(f"/admin/accounts/team/{team.pk}/delete/", {"post": "yes"})
    assert "Et nyt hold" not in client.get(path).content.decode()


def test_what_is_written_while_a_page_is_made_makes_its_copy_old_at_once(rf):
    def page(request):
        said = next(words)
        if said == "before":
            data_version.changed()
        return HttpResponse(said)

    words, answers = iter(["before", "after"]), response_cache.SharedAnswers(page)
    assert [answers(rf.get("/")).content for _ in range(3)] == [b"before", b"after", b"after"]


def rie():
    return person("rie", Role.SECRETARY)


def test_a_page_made_for_staff_is_nobody_elses(client):
    staff = logged_in(Role.SECRETARY, email="rie@example.org")
    own = staff.get(GOAL)
    assert "ETag" not in own.headers and "no-store" in own["Cache-Control"]
    assert b"/rediger/" in own.content
    assert b"/rediger/" not in client.get(GOAL).content
    assert b"/rediger/" in staff.get(GOAL).content


def test_staff_who_bring_the_tag_of_a_public_page_get_their_own(client):
    tag = client.get(GOAL)["ETag"]
    staff = logged_in(Role.SECRETARY, email="rie@example.org")
    assert staff.get(GOAL, headers={"If-None-Match": tag}).status_code == 200


def test_a_form_is_made_for_each_reader(client):
    """Its secret is the reader's alone."""
    answers = [Client().get("/log-ind/") for _ in range(2)]
    assert answers[0].content != answers[1].content
    assert all("ETag" not in answer.headers for answer in answers)


@pytest.mark.parametrize("path", ["/__heartbeat__", "/__lbheartbeat__", "/__version__", "/planer/findes-ikke/"])
def test_a_copy_never_answers_for_the_portals_health_or_an_error(client, path, kept):
    assert "ETag" not in client.get(path).headers
    assert not kept


def test_asking_ever_new_questions_does_not_fill_the_shared_cache(client, kept):
    client.get("/om-tallene/?x=1")
    assert not kept
    client.get("/om-tallene/")
    assert len(kept) == 1
    client.get("/om-tallene/", headers={"Accept": "text/ever-new"})
    assert len(kept) == 1


def test_a_copy_is_compressed_only_for_whoever_can_read_it(client):
    for _ in ("made", "copied"):
        assert client.get("/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
        assert b"</html>" in client.get("/").content


def test_without_a_cache_pages_are_made_each_time(client, monkeypatch):
    monkeypatch.setattr(data_version, "cache", Gone())
    monkeypatch.setattr(response_cache, "cache", Gone())
    answer = client.get(GOAL)
    assert answer.status_code == 200 and "ETag" not in answer.headers


def test_a_cache_that_does_not_answer_is_waited_for_once_an_answer(client, monkeypatch):
    waits = []

    def wait(*asked):
        waits.append(asked)
        raise ConnectionError

    monkeypatch.setattr(data_version.cache, "get", wait)
    assert client.get("/api/v1/goals/?plan=beskaeftigelsesplan-2020").status_code == 200
    assert len(waits) == 1


def test_only_so_many_copies_are_kept_in_the_process_and_the_newest(monkeypatch):
    monkeypatch.setattr(response_cache, "_near", {})
    for number in range(response_cache.NEAR_COPIES + 3):
        response_cache._keep_near(str(number), (b"", {}))
    assert list(response_cache._near) == [str(number) for number in range(3, response_cache.NEAR_COPIES + 3)]


def test_the_portals_health_is_told_whatever_the_cache_does(client, monkeypatch):
    monkeypatch.setattr(data_version, "cache", None)
    assert client.get("/__lbheartbeat__").status_code == 200
