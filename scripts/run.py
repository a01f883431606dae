"""`make run`: install what the portal needs, then hand over to serve.py inside the virtual environment."""

import os
import sys

from scripts.assets import ensure_assets
from scripts.environment import PYTHON, ensure_packages
from scripts.problems import ROOT, told_in_one_sentence, writable


@told_in_one_sentence
def main() -> int:
    writable(ROOT)
    ensure_packages(dev=False)
    ensure_assets(dev=False)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "scripts.serve"])


if __name__ == "__main__":
    sys.exit(main())
