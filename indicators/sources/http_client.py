"""The one way to speak to a source over the network: with patience, limits, and no redirects."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from django.utils import timezone

from indicators.sources.errors import SourceError

ATTEMPTS = 4
BACK_OFF = 2.0  # seconds before the second attempt; doubled for each further one
LONGEST_WAIT = 120.0
TIME_OUT = httpx.Timeout(120, connect=10)
MAX_BYTES = 200_000_000
OnRequestId = Callable[[str], None]
HEADERS = {"Accept": "application/json", "User-Agent": "viborg-plan/1.0 (beskaeftigelsesportal)"}


class SourceClient:
    """Asks one source with patience and limits; anything but a usable answer is a SourceError.

    `on_request_id` is called with the number that the source gives to each request, to be kept with the run.
    """

    name = ""  # in sentences for people
    request_header = "X-Request-Id"
    refusals: dict[int, str] = {}  # what a status means where the source itself says nothing useful

    def __init__(self, base: str, headers: dict[str, str], on_request_id: OnRequestId | None = None) -> None:
        url = urlsplit(base)
        if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost"):
            raise SourceError(f"Adressen på {self.name} skal begynde med https://.")
        self.base, self.on_request_id = base.rstrip("/"), on_request_id
        self.http = httpx.Client(headers=HEADERS | headers, timeout=TIME_OUT, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.http.close()

    def ask(self, method: str, path: str, body: dict | None = None) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            wait = BACK_OFF * 2 ** (attempt - 1)
            try:
                status, headers, text = self._once(method, path, body)
            except httpx.HTTPError as error:
                reason, code = f"{self.name} kan ikke nås ({type(error).__name__}).", ""
            else:
                cause, number, code = error_body(status, text)
                self._note(headers.get(self.request_header, "") or number)
                if status == httpx.codes.OK:
                    return text
                reason = self._reason(status, cause, number)
                if status != httpx.codes.TOO_MANY_REQUESTS and status < 500:
                    break
                wait = _retry_after(headers.get("Retry-After", ""), wait)
            if attempt < ATTEMPTS:
                time.sleep(min(wait, LONGEST_WAIT))
        raise SourceError(reason, code)

    def _once(self, method: str, path: str, body: dict | None) -> tuple[int, httpx.Headers, str]:
        content = bytearray()
        with self.http.stream(method, f"{self.base}{path}", json=body) as answer:
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MAX_BYTES:
                    raise SourceError(f"Svaret fra {self.name} er for stort.")
        return answer.status_code, answer.headers, content.decode("utf-8-sig", errors="replace")

    def _note(self, number: str) -> None:
        if number and self.on_request_id:
            self.on_request_id(number[:100])

    def _reason(self, status: int, cause: str, number: str) -> str:
        explanation = self.refusals.get(status, cause[:300])
        tail = f" (request_id {number})" if number else ""
        return f"{self.name} svarede {status}{': ' + explanation if explanation else ''}{tail}."


def error_body(status: int, text: str) -> tuple[str, str, str]:
    """An error's cause, request id and code, where the source gives them."""
    if status == httpx.codes.OK:
        return "", "", ""
    try:
        body = httpx.Response(status, text=text).json()
        cause = body.get("cause") or body.get("message") or ""
        return str(cause), str(body.get("request_id") or ""), str(body.get("errorTypeCode") or "")
    except (ValueError, AttributeError):
        return "", "", ""


def _retry_after(header: str, otherwise: float) -> float:
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - timezone.now()).total_seconds())
    except ValueError:
        return otherwise
