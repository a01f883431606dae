"""Rows that editors change, given by the API as they were on the day that is asked about."""

from typing import Any

from django.http import Http404

from indicators.as_known import as_known
from indicators.http.viewset import ReadOnlyViewSet


class AsKnown(ReadOnlyViewSet):
    """Stands before the resource's own classes; one query more, and only for who asks with `as_of`."""

    def paginate_queryset(self, queryset: Any) -> Any:
        return as_known(super().paginate_queryset(queryset) or [], self.asked.get("as_of"))

    def get_object(self) -> Any:
        found = as_known([super().get_object()], self.asked.get("as_of"))
        if not found:
            raise Http404
        return found[0]
