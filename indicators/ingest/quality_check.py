"""The quality check of a delivery: held against the last one and against the figures of the portal."""

from indicators.areas import COUNTRY_NAME, HOME_NAME
from indicators.frame import Frame
from indicators.ingest.placement import PlacedDelivery
from indicators.ingest.quality_rules import Expectation, Facts, judged
from indicators.ingest.questions import jumped
from indicators.models import COMMAND, ImportRun, Indicator, Observation, Source
from indicators.value_ranges import count_impossible

AT_HOME = {HOME_NAME, COUNTRY_NAME}


def check_quality(frame: Frame, run: ImportRun) -> list[Expectation]:
    delivery = PlacedDelivery(frame)
    difference, jumps = delivery.difference, list(jumped(delivery))
    return judged(
        Facts(
            rows=len(frame),
            rows_before=_rows_before(run),
            newest=int(frame.period.max()) if len(frame) else 0,
            newest_before=_newest_before(delivery),
            newest_text=delivery.newest_period(),
            revised=len(difference.changed),
            known=len(difference.changed) + difference.unchanged,
            jumps=sum(jump.count for jump in jumps),
            jumps_at_home=sum(change.area in AT_HOME for jump in jumps for change in jump.all_changes),
            moved=len(difference.new) + len(difference.changed),
            outside_range=count_impossible(frame, Indicator.objects.vocabulary()),
        )
    )


def _rows_before(run: ImportRun) -> int | None:
    """Of the last one read whole: one skipped as known holds no count, a file or one by hand a part."""
    if run.source == Source.FILE:
        return None
    done = ImportRun.objects.successful().filter(source=run.source, table=run.table)
    done = done.exclude(pk=run.pk).exclude(actor=COMMAND)
    last = done.exclude(new=0, changed=0, unchanged=0).first()
    return last.new + last.changed + last.unchanged if last else None


def _newest_before(delivery: PlacedDelivery) -> int | None:
    current = Observation.objects.current().filter(series_id__in=list(delivery.known_series.values()))
    return current.order_by("-period").values_list("period", flat=True).first()
