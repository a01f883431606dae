"""Throw-away PostgreSQL and Redis for the test run: the machine's own binaries on free loopback ports."""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def binary(name: str) -> str:
    """The newest PostgreSQL that Debian put aside, else what is on PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        pytest.exit(f"{name} was not found: type `make test`, which installs what the tests need.", 1)
    return found


def as_user(name: str | None) -> list[str]:
    """Prefix that drops root and, where Linux can, ends the service with the test run however that ends."""
    if not shutil.which("setpriv"):
        return []
    drop = ["--reuid", name, "--regid", str(pwd.getpwnam(name).pw_gid), "--clear-groups"] if name else []
    return ["setpriv", *drop, "--pdeathsig", "INT", "--"]


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    pytest.exit(f"{process.args} did not start within {START_SECONDS} seconds.", 1)


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def quiet(command: list[str], **options) -> subprocess.Popen:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


@contextlib.contextmanager
def postgresql(**settings: str) -> Iterator[str]:
    """A server of its own with an empty database; gives the URL. `settings` are PostgreSQL's own."""
    user = unprivileged()
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        port, run = free_port(), as_user(user)
        initdb = [binary("initdb"), "-D", f"{folder}/data", "-U", "portal", "-A", "trust", "--no-sync"]
        subprocess.run([*run, *initdb, "-E", "UTF8", "--locale=C.UTF-8"], check=True, capture_output=True, cwd=folder)
        server = [
            binary("postgres"),
            "-D",
            f"{folder}/data",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-k",
            folder,
        ]
        options = [f"-c{name}={value}" for name, value in settings.items()]
        process = quiet([*run, *server, *options], cwd=folder)
        try:
            wait_for(port, process)
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            stop(process)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A server of its own that keeps nothing on disk; gives the URL."""
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        port = free_port()
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = quiet([*as_user(None), binary("redis-server"), *options], cwd=folder)
        try:
            wait_for(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(process)


@contextlib.contextmanager
def started_services() -> Iterator[dict[str, str]]:
    """Both servers and a folder for files; gives the environment that leads to them."""
    # Nothing here has to outlive the run, so nothing waits for the disk.
    fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with (
        tempfile.TemporaryDirectory(prefix="portal-tests-") as folder,
        postgresql(**fast) as database,
        redis() as cache,
    ):
        Path(folder, "var", "static").mkdir(parents=True)
        yield {
            "PORTAL_ENV": "development",
            "API_REQUESTS_PER_MINUTE": "1000000",  # the tests of the limit set their own
            "DATABASE_URL": database,
            "REDIS_URL": cache,
            "TEST_SQLITE_URL": f"sqlite:///{folder}/storage.sqlite3",
            "VAR_DIR": f"{folder}/var",
            # Playwright keeps an event loop in the main thread, which Django would take for async code.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Runs before pytest-django loads the settings, which read the addresses from the environment."""
    services = contextlib.ExitStack()
    early_config.add_cleanup(services.close)
    atexit.register(services.close)
    os.environ |= services.enter_context(started_services())
    return (yield)
