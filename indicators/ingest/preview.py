"""What a delivery would do, before anything is written: new, changed and rejected cells, and what needs a reason."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from indicators.files.errors import ProblemGroup
from indicators.files.reading import LeftOut, Reading
from indicators.frame import Frame
from indicators.ingest.placement import Change, PlacedDelivery
from indicators.ingest.questions import Question, questions
from indicators.store.provisional import outdated_marks


@dataclass(frozen=True)
class Preview:
    """A delivery beside what the portal holds. With `problems` it cannot be stored at all."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    changes: tuple[Change, ...] = ()  # the largest first
    first_new: tuple[Change, ...] = ()  # in the order of the file
    problems: tuple[ProblemGroup, ...] = ()
    jumps: tuple[Question, ...] = ()  # what needs a reason
    newest_period: str = ""
    hidden_demo: tuple[str, ...] = ()  # names of the indicators of which a real series takes a synthetic one's place
    rows: int = 0  # of the file that were read
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    settled: int = 0  # provisional figures that are final by this delivery
    fingerprint: str = ""  # of what is shown

    @property
    def is_usable(self) -> bool:
        return not self.problems

    def reading_facts(self) -> dict[str, Any]:
        """How the file was read, as a run keeps it."""
        left_out = [{"text": found.text, "count": found.count} for found in self.left_out]
        return {"rows": self.rows, "left_out": left_out, "notes": list(self.notes)} if self.rows else {}


def preview_of_frame(frame: Frame, using: str = "default") -> Preview:
    return preview_of_reading(Reading(frame), using)


def preview_of_reading(reading: Reading, using: str = "default") -> Preview:
    delivery = PlacedDelivery(reading.frame, using)
    found = delivery.difference
    return Preview(
        new=len(found.new),
        changed=len(found.changed),
        unchanged=found.unchanged,
        changes=tuple(delivery.largest_changes()),
        first_new=tuple(delivery.first_new()),
        jumps=questions(delivery, reading.doubts),
        newest_period=delivery.newest_period(),
        hidden_demo=delivery.hidden_demo(),
        rows=reading.rows,
        left_out=reading.left_out,
        notes=reading.notes,
        settled=int((~np.isin(outdated_marks(reading.frame, using).key, delivery.cells.key)).sum()),
        fingerprint=delivery.fingerprint(),
    )
