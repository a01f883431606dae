"""Each request begins with the rows that stand now; one that asks for an earlier day changes that for itself alone."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from indicators.as_of import rows_at


class RowsOfTheDay:
    """What `show_rows_at` set for a request ends with it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with rows_at(None):
            return self.get_response(request)
