"""Keeps the list of withheld numbers in step with the figures: the store's writers call it, and readers ask it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from indicators.areas import COUNTRY
from indicators.disclosure import rule
from indicators.disclosure import sums as disclosure_sums
from indicators.disclosure.rule import Key
from indicators.disclosure.sums import SumKey
from indicators.frame import SCALE, scaled
from indicators.models import CURRENT, Area, AreaMembership, Batch, Indicator, Observation, Series, Withheld

Version = tuple[int, int, int, int]  # series, opened by batch, closed by batch, ten-thousandths


@transaction.atomic
def renew(indicators: Iterable[Indicator], using: str = "default") -> None:
    """Decide afresh on all numbers of the indicators. The same figures always give the same list."""
    for indicator in indicators:
        decided = set(_decided(indicator, using)) if indicator.guarded else set()
        stored = Withheld.objects.using(using).filter(series__indicator=indicator)
        kept = {(row.series_id, row.period, row.value): row.pk for row in stored}
        stored.filter(pk__in=[pk for place, pk in kept.items() if place not in decided]).delete()
        since = _newest(using)
        new = [Withheld(series_id=s, period=p, value=v, since=since) for s, p, v in sorted(decided - kept.keys())]
        Withheld.objects.using(using).bulk_create(new)


def _newest(using: str) -> int:
    """The batch that is being written, which the decision follows from."""
    return Batch.objects.using(using).aggregate(newest=Max("id"))["newest"] or 0


def renew_codes(codes: Iterable[str], using: str = "default") -> None:
    indicators = Indicator.objects.using(using).filter(code__in=set(codes))
    renew([indicator for indicator in indicators if indicator.guarded], using)


def _decided(indicator: Indicator, using: str) -> Iterator[tuple[int, int, Decimal]]:
    """Made-up figures and real ones never stand in one sum."""
    series = Series.objects.using(using).filter(indicator=indicator).select_related("area")
    by_kind: dict[bool, dict[Key, SumKey]] = defaultdict(dict)
    for one in series:
        by_kind[one.synthetic][one.pk] = SumKey(one.area.code, one.breakdown)
    parts_of = _areas_within(using)
    for places in by_kind.values():
        sums = disclosure_sums.sums(places, parts_of)
        for period, versions in _versions([int(pk) for pk in places], using).items():
            if not any(0 < version[3] < indicator.min_count * SCALE for version in versions):
                continue
            snapshots = _snapshots(versions)
            for unit in rule.withheld(snapshots, sums, least=indicator.min_count * SCALE, person=SCALE):
                yield int(unit.key), period, Decimal(unit.value) / SCALE


def _versions(series: list[int], using: str) -> dict[int, list[Version]]:
    by_period: dict[int, list[Version]] = defaultdict(list)
    rows = Observation.objects.using(using).filter(series__in=series).exclude(value=None)
    for number, period, opened, closed, value in rows.values_list(
        "series_id", "period", "batch_from_id", "batch_to", "value"
    ):
        if value is None:
            continue
        by_period[period].append((number, opened, closed, scaled(value)))
    return by_period


def _snapshots(versions: list[Version]) -> list[dict[Key, int]]:
    """The period's numbers after each batch that opened or closed one of them."""
    batches = sorted({batch for _, opened, closed, _ in versions for batch in (opened, closed)} - {CURRENT})
    return [
        {series: value for series, opened, closed, value in versions if opened <= batch < closed} for batch in batches
    ]


def _areas_within(using: str) -> dict[str, frozenset[str]]:
    """The country is its municipalities; a region or group is its members."""
    municipalities = Area.objects.using(using).filter(kind=Area.Kind.MUNICIPALITY)
    within = defaultdict(set, {COUNTRY: set(municipalities.values_list("code", flat=True))})
    for group, member in AreaMembership.objects.using(using).values_list("group__code", "member__code"):
        within[group].add(member)
    return {whole: frozenset(parts) for whole, parts in within.items()}
