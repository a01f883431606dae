"""A problem the reader can solve: one sentence that says what to do, no traceback."""

import functools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAST_LINES = 5
LINE_LENGTH = 200


class Problem(Exception):
    """The sentence, and what the failed command last printed."""

    def __init__(self, sentence: str, last_words: str = "") -> None:
        super().__init__(sentence)
        self.last_words = last_words


def say(text: str) -> None:
    print(text, flush=True)


def told_in_one_sentence(main: Callable[[], int]) -> Callable[[], int]:
    @functools.wraps(main)
    def told() -> int:
        try:
            return main()
        except Problem as problem:
            print(f"{problem.last_words}\n{problem}", file=sys.stderr)
        except PermissionError as error:
            print(f"\n{error.filename} cannot be written: give yourself write access to it.", file=sys.stderr)
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
        return 1

    return told


def writable(folder: Path) -> None:
    """Make the folder and prove that a file can be put into it."""
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(f"{folder} cannot be written: give yourself write access or choose another.") from error


def run(command: list[str], otherwise: str) -> None:
    """Run quietly; on failure end with the sentence, the command's own last words above it."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        last_lines = (done.stdout + done.stderr).strip().splitlines()[-LAST_LINES:]
        raise Problem(otherwise, "\n".join(line[:LINE_LENGTH] for line in last_lines))
