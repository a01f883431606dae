"""`make setup`: everything that working on the portal and testing it needs. Quick when it is there."""

import sys

from scripts.assets import ensure_assets
from scripts.environment import ensure_packages
from scripts.machine import ensure_test_services
from scripts.problems import ROOT, told_in_one_sentence, writable


@told_in_one_sentence
def main() -> int:
    writable(ROOT)
    ensure_test_services()
    ensure_packages(dev=True)
    ensure_assets(dev=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
