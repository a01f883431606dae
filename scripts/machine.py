"""PostgreSQL, Redis and Chromium for the tests, installed with apt where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.problems import Problem, run, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Debian starts a service as soon as it is installed; the tests start their own on free ports instead.
NO_SERVICES = Path("/usr/sbin/policy-rc.d")
OFFLINE = "The packages {names} could not be installed: check the connection and type `{line}`."


def has_postgresql() -> bool:
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def missing_packages() -> list[str]:
    found = {
        "postgresql": has_postgresql(),
        "redis-server": bool(shutil.which("redis-server")),
        "chromium": any(shutil.which(name) for name in BROWSERS),
    }
    return [name for name, present in found.items() if not present]


def administrator() -> list[str] | None:
    """The prefix that makes a command root's, or None where that cannot be had without a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    allowed = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0
    return sudo if allowed else None


def install(names: list[str]) -> None:
    line = f"apt-get update && apt-get install -y {' '.join(names)}"
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        raise Problem(f"{', '.join(names)} is missing: type `sudo sh -c '{line}'` (or what your system has).")
    say(f"Installing {', '.join(names)} …")
    otherwise = OFFLINE.format(names=", ".join(names), line=line)
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    lean = line.replace("-y", "-y --no-install-recommends")
    with_services_off(prefix, [*environment, "sh", "-c", lean], otherwise)


def with_services_off(prefix: list[str], command: list[str], otherwise: str) -> None:
    ours = not NO_SERVICES.exists()
    if ours:
        deny = f"printf '#!/bin/sh\\nexit 101\\n' > {NO_SERVICES} && chmod 755 {NO_SERVICES}"
        run([*prefix, "sh", "-c", deny], otherwise)
    try:
        run(command, otherwise)
    finally:
        if ours:
            run([*prefix, "rm", "-f", str(NO_SERVICES)], otherwise)


def ensure_test_services() -> None:
    if names := missing_packages():
        install(names)
