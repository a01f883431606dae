"""Which indicators can be compared between municipalities: one rule, asked by the comparison and by all links to it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from indicators.models import Area, Indicator

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Comparable(TypedDict):
    comparable: bool


def with_comparable(indicators: QuerySet[Indicator]) -> "QuerySet[WithAnnotations[Indicator, Comparable]]":
    """Each with `comparable`: it is a share, and has real figures of several municipalities.

    A count is never comparable: it follows the municipality's size.
    """
    municipal = Q(series__area__kind=Area.Kind.MUNICIPALITY, series__synthetic=False, series__breakdown="")
    share_of_several = ExpressionWrapper(Q(unit=Indicator.Unit.PERCENT, municipalities__gt=1), BooleanField())
    counted = indicators.annotate(municipalities=Count("series__area", filter=municipal, distinct=True))
    return counted.annotate(comparable=share_of_several)


def comparable_codes(codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that the public comparison offers; one query."""
    indicators = with_comparable(Indicator.objects.public().filter(code__in=codes)).filter(comparable=True)
    return frozenset(indicators.values_list("code", flat=True))
