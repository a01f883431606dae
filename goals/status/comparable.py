"""Which of a goal's indicators can be compared between municipalities: those with real figures of several."""

from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from goals.status.types import GoalStatus
from indicators.models import Area, Series


def comparable_indicators(goal: GoalStatus) -> frozenset[str]:
    """The codes, in one query; none while the portal has no page to compare on."""
    codes = {measure.measure.indicator.code for measure in goal.measures if measure.measure.indicator}
    if not codes or not _has_a_page():
        return frozenset()
    real = Series.objects.filter(
        indicator__code__in=codes, synthetic=False, breakdown="", area__kind=Area.Kind.MUNICIPALITY
    )
    counted = real.values("indicator__code").annotate(areas=Count("area", distinct=True)).filter(areas__gt=1)
    return frozenset(counted.values_list("indicator__code", flat=True))


def _has_a_page() -> bool:
    try:
        reverse("sammenlign")
    except NoReverseMatch:
        return False
    return True
