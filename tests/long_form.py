"""Whether tests of a kind run at length: `make faults` sets FAULTS=full, `make truth` TRUTH=full, and so on."""

import os
import sys


def at_length(kind: str) -> bool:
    return os.environ.get(kind) == "full"


def told(kind: str, text: str) -> None:
    """A figure that the long form prints."""
    if at_length(kind):
        sys.stdout.write(f"\n{kind.lower()}: {text}")
