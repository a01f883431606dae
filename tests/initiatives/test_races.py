"""Statuses under fire: two at once, the same twice, workers killed meanwhile. `RACES=full` runs them at length."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import httpx
import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.demo_users import DEMO_PASSWORD
from accounts.models import Team, User
from accounts.roles import Role
from goals.models import Plan
from goals.texts.versions import Stale
from indicators import periods
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.reminders import send_reminders
from initiatives.status.write import write_status
from tests.long_form import at_length

FULL = at_length("RACES")
ROUNDS, TWICE, POSTS = (500, 100, 1000) if FULL else (25, 10, 24)
EVERY = 0.5  # seconds between two kills
FIRST, MONTHS = periods.of(2000, 1), 200
KILLED = ["praktikpladsgaranti", "fritidsjob-til-unge", "task-force-viborg", "flere-erhvervsmentorer-til-unge"]


@pytest.fixture
def initiative(transactional_db) -> Initiative:
    year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31), "year": 2020}
    plan = Plan.objects.create(slug="plan", title="Plan", kind="plan", known_from=date(2020, 1, 1), **year)
    team = Team.objects.create(slug="team", name="Team")
    return Initiative.objects.create(plan=plan, code="i-1", slug="indsats", name="Indsats", position=0, team=team)


@pytest.fixture
def writers(initiative) -> list[User]:
    users = [User.objects.create_user(f"{name}@example.org", name=name, team=initiative.team) for name in "ab"]
    for user in users:
        user.assignments.create(role=Role.STATUS_WRITER)
    return users


def both_at_once(acts: list, rounds: int) -> list[tuple]:
    """What each of two threads got in each round; they start every round together."""
    together = threading.Barrier(len(acts))

    def runner(act) -> list:
        try:
            return [(together.wait(), act(number))[1] for number in range(rounds)]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(zip(*pool.map(runner, acts), strict=True))


def saver(user: User, initiatives: list[Initiative], seen: int | None):
    def save(number: int) -> str:
        """A month in each round that nobody has written of."""
        subject = {"initiative": initiatives[number // MONTHS], "period": FIRST + number % MONTHS}
        words = {"status": "on_track", "text": f"{user} {number}", "author_role": "Team"}
        try:
            write_status(**subject, **words, by=user, seen=seen)
        except Stale:
            return "conflict"
        return "saved"

    return save


def rounds_of(initiative: Initiative, writers: list[User], *, check: bool) -> Counter:
    """Both have seen the empty month; without the check they do not say what they have seen."""
    facts = {"plan": initiative.plan, "team": initiative.team, "position": 0}
    more = range(1, ROUNDS // MONTHS + 1)
    others = [Initiative.objects.create(code=f"j-{n}", slug=f"anden-{n}", name="Anden", **facts) for n in more]
    acts = [saver(user, [initiative, *others], 0 if check else None) for user in writers]
    return Counter(tuple(sorted(pair)) for pair in both_at_once(acts, ROUNDS))


def test_of_two_who_save_on_the_same_text_one_is_told_of_the_other(initiative, writers):
    assert rounds_of(initiative, writers, check=True) == {("conflict", "saved"): ROUNDS}


def test_without_the_check_texts_are_written_over_unseen(initiative, writers):
    assert rounds_of(initiative, writers, check=False) == {("saved", "saved"): ROUNDS}


def test_a_form_sent_twice_at_once_is_one_record(initiative, writers):
    client = Client()
    client.force_login(writers[0])
    pages = [f"/mine/{initiative.slug}/{periods.iso(FIRST + number, 'M')}/" for number in range(TWICE)]
    forms = [{"status": "on_track", "text": f"Nr. {n}", "seen": "0", "client_id": str(uuid4())} for n in range(TWICE)]

    def send(number: int) -> int:
        other = Client()
        other.cookies = client.cookies
        return other.post(pages[number], forms[number]).status_code

    answers = both_at_once([send, send], TWICE)
    assert set(answers) == {(302, 302)}
    assert sorted(StatusUpdate.objects.values_list("text", flat=True)) == sorted(form["text"] for form in forms)


def test_two_runs_at_once_send_each_reminder_once(initiative, writers, inbox):
    told = both_at_once([lambda _: send_reminders(timezone.localdate())] * 2, 1)
    assert sum(told[0]) == len(inbox.letters) == len(writers)
    assert set(inbox.texts) == {user.email for user in writers}


class Writer:
    """A person's browser that never gives up: it sends the same form again until it is answered."""

    def __init__(self, url: str, slugs: list[str], first: int) -> None:
        self.http = httpx.Client(base_url=url, headers={"Accept": "application/json"}, timeout=5)
        self.slugs, self.first, self.again = slugs, first, 0
        self.seen: Counter = Counter()
        self.sent: dict[UUID, str] = {}
        page = self.ask("GET", "/log-ind/", headers={"Accept": "text/html"})
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        facts = {"username": "status-writer@demo.viborg.example", "password": DEMO_PASSWORD}
        self.ask("POST", "/log-ind/", data=facts | {"csrfmiddlewaretoken": token})

    def write(self, number: int) -> None:
        slug, period = self.slugs[number % len(self.slugs)], self.first + number % 7
        form = {"status": "on_track", "text": f"Nr. {number} af {self.first}", "seen": str(self.seen[slug, period])}
        form |= {"client_id": str(uuid4()), "csrfmiddlewaretoken": self.http.cookies["csrf"]}
        answer = self.ask("POST", f"/mine/{slug}/{periods.iso(period, 'M')}/", data=form)
        assert answer.status_code == 200, answer.text
        self.seen[slug, period] += 1
        self.sent[UUID(form["client_id"])] = form["text"]

    def ask(self, method: str, path: str, **options) -> httpx.Response:
        for _ in range(200):
            try:
                answer = self.http.request(method, path, **options)
                if answer.status_code < 500:
                    return answer
            except httpx.TransportError:
                pass
            self.again += 1
            time.sleep(0.05)
        raise AssertionError(f"{path} was never answered")


def web_workers(port: int) -> list[int]:
    """The web processes that serve the port: those whose parent serves it too."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"--bind=127.0.0.1:{port}" in (entry / "cmdline").read_text().split("\0"):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return [pid for pid, parent in parents.items() if parent in parents]


class Killer(threading.Thread):
    """Ends one web worker after the other, without warning."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.kills, self.enough = port, 0, threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            if workers := web_workers(self.port):
                os.kill(random.choice(workers), signal.SIGKILL)
                self.kills += 1
            self.enough.wait(EVERY)


def stored(writer: Writer) -> dict[UUID, str]:
    database = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path="/portal"))
    with psycopg2.connect(database) as link, link.cursor() as cursor:
        asked = [str(number) for number in writer.sent]
        cursor.execute(
            "SELECT client_id, text FROM initiatives_statusupdate WHERE client_id = ANY(%s::uuid[])", [asked]
        )
        rows = cursor.fetchall()
    assert len(rows) == len({row[0] for row in rows})
    return {UUID(str(number)): text for number, text in rows}


def test_no_status_is_lost_or_doubled_while_web_workers_are_killed(portal, record_property):
    writers = [Writer(portal, KILLED[:2], FIRST), Writer(portal, KILLED[2:], FIRST + 12)]
    killer = Killer(urlsplit(portal).port)
    killer.start()
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda writer: [writer.write(number) for number in range(POSTS // 2)], writers))
    finally:
        killer.enough.set()
        killer.join()
    lost = [number for writer in writers for number in writer.sent if writer.sent[number] != stored(writer).get(number)]
    assert (sum(len(writer.sent) for writer in writers), lost) == (POSTS, [])
    assert killer.kills > 0
    figure = f"{POSTS} posts, {killer.kills} workers killed, {sum(w.again for w in writers)} sent again, 0 lost"
    record_property("figure", figure)
