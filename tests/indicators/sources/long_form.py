"""`make faults`: the tests of faults at length, with the figures they found printed."""

import os
import sys

FULL = os.environ.get("FAULTS") == "full"


def told(text: str) -> None:
    if FULL:
        sys.stdout.write(f"\nfaults: {text}")
