"""The network side of Statistics Denmark's StatBank: no key, everything is a POST."""

from typing import Self

from django.conf import settings

from indicators.sources import http_client
from indicators.sources.http_client import OnRequestId


class StatbankClient(http_client.SourceClient):
    """POST of a function's parameters."""

    name = "Danmarks Statistik"
    request_header = "StatbankAPI-Request-Id"

    @classmethod
    def from_settings(cls, on_request_id: OnRequestId | None = None) -> Self:
        return cls(settings.STATBANK_URL, {"Accept": "*/*"}, on_request_id)

    def post(self, function: str, parameters: dict) -> str:
        return self.ask("POST", f"/{function}", parameters)
