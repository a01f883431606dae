"""A delivery held against the last one and against the figures of the portal."""

from indicators.frame import Frame
from indicators.ingest.preview import PlacedDelivery
from indicators.ingest.quality_rules import Expectation, Facts, judged
from indicators.models import COMMAND, ImportRun, Observation
from indicators.value_ranges import rows_outside

AT_HOME = {"Viborg", "Hele landet"}


def check_quality(frame: Frame, run: ImportRun) -> list[Expectation]:
    delivery = PlacedDelivery(frame)
    found, jumps = delivery.difference, list(delivery.jumps())
    known = len(found.changed) + found.unchanged
    units = {code: indicator.unit for code, indicator in delivery.indicators.items()}
    return judged(
        Facts(
            rows=len(frame),
            rows_before=_rows_before(run),
            newest=int(frame.period.max()) if len(frame) else 0,
            newest_before=_newest_before(delivery),
            newest_text=delivery.newest_period(),
            revised=len(found.changed),
            known=known,
            jumps=sum(jump.count for jump in jumps),
            jumps_at_home=sum(change.area in AT_HOME for jump in jumps for change in jump.all_changes),
            moved=len(found.new) + len(found.changed),
            outside_range=len(rows_outside(frame, units)),
        )
    )


def _rows_before(run: ImportRun) -> int | None:
    """Of the last one read whole: one skipped as known holds no count, a file or one by hand a part."""
    if run.source == "file":
        return None
    done = ImportRun.objects.successful().filter(source=run.source, table=run.table)
    done = done.exclude(pk=run.pk).exclude(actor=COMMAND)
    last = done.exclude(new=0, changed=0, unchanged=0).first()
    return last.new + last.changed + last.unchanged if last else None


def _newest_before(delivery: PlacedDelivery) -> int | None:
    known = Observation.objects.current().filter(series_id__in=list(delivery.known.values()))
    return known.order_by("-period").values_list("period", flat=True).first()
