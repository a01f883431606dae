"""For `make bench`: five hundred series of two hundred months, made by a generator of our own."""

from random import Random

import django

django.setup()  # models can only be imported after it, hence the marks below

from decimal import Decimal  # noqa: E402

from indicators.frame import Cell, SeriesKey, frame_of  # noqa: E402
from indicators.models import Area, Indicator  # noqa: E402
from indicators.store import write  # noqa: E402

SERIES, MONTHS, FIRST = 500, 200, 1200

if __name__ == "__main__":
    made = Random(1)
    Area.objects.create(code="791", name="Viborg", kind="municipality")
    Indicator.objects.create(code="bench", name="Måling", definition="", unit="percent", direction="lower",
                             publisher="Ingen", source="file")  # fmt: skip
    keys = [SeriesKey("bench", "791", f"hold={number:03}") for number in range(SERIES)]
    cells = (Cell(key, FIRST + n, Decimal(made.randrange(1, 9999)) / 10) for key in keys for n in range(MONTHS))
    write.save(frame_of(cells), source="file", name="bench")
