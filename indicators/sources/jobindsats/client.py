"""The network side of Jobindsats."""

from typing import Self

from django.conf import settings

from indicators.sources import http_client
from indicators.sources.errors import SourceError
from indicators.sources.http_client import OnRequestId


class JobindsatsClient(http_client.SourceClient):
    """GET with a key."""

    name = "Jobindsats"
    refusals = {401: "nøglen i JOBINDSATS_API_KEY blev afvist", 403: "adgangen blev afvist"}

    @classmethod
    def from_settings(cls, on_request_id: OnRequestId | None = None) -> Self:
        key = settings.JOBINDSATS_API_KEY
        if not key:
            raise SourceError("Der er ingen nøgle til Jobindsats: sæt JOBINDSATS_API_KEY, eller indlæs fra fil.")
        return cls(settings.JOBINDSATS_URL, {"Authorization": f"Bearer {key}"}, on_request_id)

    def get(self, path: str, parameters: dict[str, str] | None = None) -> str:
        # The API takes `/`, `*` and `:` in values as they are.
        query = "&".join(f"{name}={value}" for name, value in (parameters or {}).items())
        return self.ask("GET", path + (f"?{query}" if query else ""))
