"""The network side of Jobindsats: the only place that speaks to it."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils import timezone

from indicators.sources.errors import SourceError

ATTEMPTS = 4
BACK_OFF = 2.0  # seconds before the second attempt; doubled for each further one
LONGEST_WAIT = 120.0
TIME_OUT = httpx.Timeout(120, connect=10)
MAX_BYTES = 200_000_000
HEADERS = {"Accept": "application/json", "User-Agent": "viborg-plan/1.0 (beskaeftigelsesportal)"}


class Client:
    """GET with a key, patience and limits; anything but a usable answer is a SourceError."""

    def __init__(self, base: str, key: str, heard: Callable[[str], None] | None = None) -> None:
        url = urlsplit(base)
        if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost"):
            raise SourceError("JOBINDSATS_URL skal begynde med https://.")
        if not key:
            raise SourceError("Der er ingen nøgle til Jobindsats: sæt JOBINDSATS_API_KEY, eller indlæs fra fil.")
        self.base, self.heard = base.rstrip("/"), heard
        self.http = httpx.Client(
            headers=HEADERS | {"Authorization": f"Bearer {key}"},
            timeout=TIME_OUT,
            follow_redirects=False,
            trust_env=False,
        )

    @classmethod
    def from_settings(cls, heard: Callable[[str], None] | None = None) -> Self:
        return cls(settings.JOBINDSATS_URL, settings.JOBINDSATS_API_KEY, heard)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.http.close()

    def get(self, path: str, parameters: dict[str, str] | None = None) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            wait = BACK_OFF * 2 ** (attempt - 1)
            try:
                status, headers, text = self._once(path, parameters)
            except httpx.HTTPError as error:
                reason = f"Jobindsats kan ikke nås ({type(error).__name__})."
            else:
                self._note(headers, status, text)
                if status == httpx.codes.OK:
                    return text
                reason = _reason(status, text)
                if status != httpx.codes.TOO_MANY_REQUESTS and status < 500:
                    break
                wait = _retry_after(headers.get("Retry-After", ""), wait)
            if attempt < ATTEMPTS:
                time.sleep(min(wait, LONGEST_WAIT))
        raise SourceError(reason)

    def _note(self, headers: httpx.Headers, status: int, text: str) -> None:
        """The request's number, from the header where there is one, else from an error's body."""
        number = headers.get("X-Request-Id", "") or ("" if status == httpx.codes.OK else _error_body(status, text)[1])
        if number and self.heard:
            self.heard(number[:100])

    def _once(self, path: str, parameters: dict[str, str] | None) -> tuple[int, httpx.Headers, str]:
        # The API takes `/`, `*` and `:` in values as they are.
        query = "&".join(f"{name}={value}" for name, value in (parameters or {}).items())
        content = bytearray()
        with self.http.stream("GET", f"{self.base}{path}" + (f"?{query}" if query else "")) as answer:
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MAX_BYTES:
                    raise SourceError("Svaret fra Jobindsats er for stort.")
        return answer.status_code, answer.headers, content.decode("utf-8-sig", errors="replace")


def _error_body(status: int, text: str) -> tuple[str, str]:
    """The source's own cause and request id, where it gives them."""
    try:
        body = httpx.Response(status, text=text).json()
        return str(body.get("cause", "")), str(body.get("request_id", ""))
    except (ValueError, AttributeError):
        return "", ""


def _reason(status: int, text: str) -> str:
    cause, request = _error_body(status, text)
    said = {401: "nøglen i JOBINDSATS_API_KEY blev afvist", 403: "adgangen blev afvist"}.get(status, cause[:300])
    tail = f" (request_id {request})" if request else ""
    return f"Jobindsats svarede {status}{': ' + said if said else ''}{tail}."


def _retry_after(header: str, otherwise: float) -> float:
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - timezone.now()).total_seconds())
    except ValueError:
        return otherwise
