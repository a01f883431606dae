"""Fill the database, then keep web server and worker running together until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time

from scripts.problems import ROOT, Problem, say, told_in_one_sentence, writable

WEB = [
    sys.executable,
    "-m",
    "gunicorn",
    "viborg_plan.wsgi",
    "--workers=2",
    "--preload",
    "--log-level=warning",
]
WORKER = [
    sys.executable,
    "-m",
    "celery",
    "--quiet",
    "-A",
    "viborg_plan",
    "worker",
    "--beat",
    "--concurrency=1",
]
# In a container everything is root, and this worker takes no code from its messages.
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker"}
START_SECONDS = 30
STOP_SECONDS = 15
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@told_in_one_sentence
def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viborg_plan.settings")
    port = read_settings()
    asked = StopAsked()
    broker_answers()
    prepare()
    if asked:
        return 0
    return keep_running(port, asked)


def read_settings() -> int:
    """The port; what is wrong with the settings is known before anything is changed."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        from django.conf import settings

        writable(settings.VAR_DIR / "broker")
    except ImproperlyConfigured as error:
        raise Problem(str(error)) from error
    return free(os.environ.get("PORT", "").strip() or "8000")


def free(port: str) -> int:
    if not port.isdigit():
        raise Problem(f"PORT={port} is no port: set it to a number, for example 8001.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except (OSError, OverflowError) as error:
            raise Problem(f"Port {port} cannot be used: choose another, for example `PORT=8001 make run`.") from error
    return int(port)


def broker_answers() -> None:
    """Celery would wait for a Redis that is not there without end and without a word."""
    from django.conf import settings
    from redis import Redis, RedisError

    if not settings.REDIS_URL:
        return
    try:
        Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
    except (RedisError, ValueError) as error:
        raise Problem("Redis does not answer: check REDIS_URL, or leave it empty for the embedded broker.") from error


def prepare() -> None:
    """All steps in one process, since starting Django costs more than most of them."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from indicators import data_version

    say("Preparing the database …")
    django.setup()
    try:
        call_command("migrate", verbosity=0)
    except OperationalError as error:
        reason = str(error).splitlines()[0]
        raise Problem(f"The database does not answer: check DATABASE_URL ({reason}).") from error
    call_command("load_indicators", str(ROOT / "fixtures" / "indicators.yaml"))
    call_command("load_plan", *map(str, sorted((ROOT / "fixtures" / "plans").glob("*.yaml"))))
    call_command("load_hearing", *map(str, sorted((ROOT / "fixtures" / "hearings").glob("*.yaml"))))
    if not settings.PRODUCTION:
        call_command("load_demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    data_version.changed()  # the pages themselves may be other ones than when their copies were made


class StopAsked:
    """True once Ctrl-C or a stop signal came."""

    def __init__(self) -> None:
        self.asked = False
        for number in STOPPING:
            signal.signal(number, self.ask)

    def ask(self, *_: object) -> None:
        self.asked = True

    def __bool__(self) -> bool:
        return self.asked


def keep_running(port: int, asked: StopAsked) -> int:
    processes = {
        "web server": start([*WEB, f"--bind=127.0.0.1:{port}"]),
        "worker": start([*WORKER, "--loglevel=WARNING"]),
    }
    try:
        announce(port, processes, asked)
        while not asked and not (ended := dead(processes)):
            time.sleep(0.2)
    finally:
        stop(processes)
    if asked:
        say("\nStopped.")
        return 0
    raise Problem(f"The {ended} stopped by itself, so everything was stopped: see its last lines above.")


def start(command: list[str]) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl-C reaches it only through us and both stop in order.
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | QUIET, start_new_session=True)


def dead(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    return next((name for name, process in processes.items() if process.poll() is not None), "")


def announce(port: int, processes: dict[str, subprocess.Popen[bytes]], asked: StopAsked) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not asked and not dead(processes) and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                say(f"The portal is at http://127.0.0.1:{port}/ until you press Ctrl-C.")
                return
        time.sleep(0.1)


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
