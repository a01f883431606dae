"""`make run` as a newcomer meets it: it serves, stops cleanly, and says what is in its way."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from scripts.trim_css import trim
from tests.plugins.portal import Serving, serving

ROOT = Path(__file__).resolve().parents[1]
EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": "", "TEST_SQLITE_URL": ""}


IMPORT = """
import time, django
django.setup()
from indicators.ingest import actions, queue
from indicators.models import ImportRun
lines = b"indicator;area;period;value\\nledige-antal;791;2026M06;1191\\n"
run = actions.request_run("file", payload=lines, name="tal.csv", actor="prøve")
ImportRun.objects.filter(pk=run.pk).update(state="queued")
queue.enqueue(run)
deadline = time.monotonic() + 60
while run.state not in ("done", "failed") and time.monotonic() < deadline:
    time.sleep(0.1)
    run.refresh_from_db()
print(run.state, run.error)
"""


def children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> str:
    """What the first start leaves behind, the second finds."""
    return str(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def portal_at_home(folder):
    with serving(VAR_DIR=folder, **EMBEDDED) as portal:
        portal.wait_until_it_answers()
        yield portal


def test_it_serves_without_any_service_and_a_stop_ends_web_server_and_worker(portal_at_home):
    with urllib.request.urlopen(portal_at_home.url) as answer:
        assert "Viborg" in answer.read().decode()
    processes = children(portal_at_home.process.pid)
    assert len(processes) == 2

    assert portal_at_home.stop(signal.SIGINT) == 0
    assert [pid for pid in processes if alive(pid)] == []
    assert f"http://127.0.0.1:{portal_at_home.port}/" in portal_at_home.printed.read_text()


def test_its_worker_imports_and_when_it_dies_the_web_server_is_stopped_and_a_sentence_says_so(portal_at_home, folder):
    known = os.environ | EMBEDDED | {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "viborg_plan.settings"}
    told = subprocess.run([sys.executable, "-c", IMPORT], env=known, cwd=ROOT, capture_output=True, text=True)
    assert told.stdout.strip() == "done", told.stdout + told.stderr
    web, worker = sorted(children(portal_at_home.process.pid))
    os.killpg(worker, signal.SIGKILL)

    assert portal_at_home.process.wait(30) == 1
    assert not alive(web)
    assert "The worker stopped by itself" in portal_at_home.printed.read_text()


def last_line(portal: Serving) -> str:
    assert portal.process.wait(30) == 1
    printed = portal.printed.read_text()
    assert "Traceback" not in printed
    return printed.strip().splitlines()[-1]


def test_a_port_in_use_ends_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with serving(PORT=str(port), **EMBEDDED) as portal:
            sentence = last_line(portal)
    assert sentence == f"Port {port} cannot be used: choose another, for example `PORT=8001 make run`."


def test_a_folder_that_cannot_be_written_ends_with_what_to_do(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with serving(VAR_DIR=str(in_the_way / "var"), **EMBEDDED) as portal:
        sentence = last_line(portal)
    assert re.fullmatch(r"\S+ cannot be written: give yourself write access or choose another\.", sentence)


def test_a_database_that_does_not_answer_ends_with_what_to_do():
    with serving(**EMBEDDED | {"DATABASE_URL": "postgres://portal@127.0.0.1:1/portal"}) as portal:
        sentence = last_line(portal)
    assert sentence.startswith("The database does not answer: check DATABASE_URL")


@pytest.mark.parametrize(
    ("name", "value", "beginning"),
    [
        ("DATABASE_URL", "garbage", "DATABASE_URL cannot be read: set it to a URL such as"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "Redis does not answer: check REDIS_URL"),
    ],
)
def test_an_address_that_leads_nowhere_ends_with_what_to_check(name, value, beginning):
    with serving(**EMBEDDED | {name: value}) as portal:
        sentence = last_line(portal)
    assert sentence.startswith(beginning)


def test_an_unsafe_value_in_production_ends_with_what_to_set():
    with serving(**EMBEDDED | {"PORTAL_ENV": "production", "SECRET_KEY": "short"}) as portal:
        sentence = last_line(portal)
    assert sentence.startswith("SECRET_KEY is unsafe: set it to")


NOWHERE = "http://127.0.0.1:1/"
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": NOWHERE,
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0",
    "UV_DEFAULT_INDEX": NOWHERE,
    "UV_NO_CACHE": "1",
    "UV_HTTP_RETRIES": "0",
    "npm_config_registry": NOWHERE,
    "npm_config_fetch_retries": "0",
}
INSTALL_FRONT_END = """
from scripts import assets, problems
raise SystemExit(problems.told_in_one_sentence(lambda: assets.ensure_npm_packages(dev=False))())
"""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-m", "scripts.run"], "The Python packages could not be downloaded: check the connection"),
        (["-c", INSTALL_FRONT_END], "The front-end packages could not be downloaded: check the connection"),
    ],
)
def test_a_failed_download_ends_with_what_to_do(tmp_path, arguments, sentence):
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.lock", "requirements-dev.lock", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    environment = os.environ | OFFLINE | {"npm_config_cache": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith(sentence)


def test_without_a_python_make_says_what_to_install(tmp_path):
    for name in ("sh", "sed", "test", "echo"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    make = next(path for path in (Path("/usr/bin/make"), Path("/bin/make")) if path.exists())
    done = subprocess.run([make, "run"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stdout.strip() == "Python 3.11 or newer was not found: install it and try again."


def test_the_stylesheet_keeps_what_the_pages_name_and_nothing_else():
    css = "@charset 'x';a{b:c}.used,.gone{d:e}.gone:hover{f:g}@media print{.gone{h:i}.used:not(.gone){j:k}}"
    assert trim(css, {"used"}) == "a{b:c}.used{d:e}@media print{.used:not(.gone){j:k}}"
    moves = "@keyframes turn{to{b:c}}@keyframes turn-back{to{d:e}}.used{animation:turn 1s}.gone{animation:turn-back 1s}"
    assert trim(moves, {"used"}) == "@keyframes turn{to{b:c}}.used{animation:turn 1s}"
