"""Which process does a piece of work, so that one that died is known at once on its own machine."""

import os
import socket
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")  # another for each start of each machine
NUMBERS = Path("/proc/self/ns/pid")  # containers number their processes each for itself


def process_id() -> str:
    return f"{_machine()} {os.getpid()}"


def is_gone(process: str) -> bool:
    """It was a process of this machine and runs no more. Of other machines only silence tells."""
    machine, _, number = process.rpartition(" ")
    if machine != _machine() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)  # asks whether it is there, and does nothing to it
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _machine() -> str:
    boot = BOOT.read_text()[:13] if BOOT.exists() else ""
    numbers = os.readlink(NUMBERS) if NUMBERS.is_symlink() else ""
    return " ".join([socket.gethostname()[:60], boot, numbers[:24]])
