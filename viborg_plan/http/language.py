"""The language of a page stands in its address: English under /en/, Danish everywhere else.

Neither a cookie nor the browser's wishes count, so an address says the same to everybody and may be kept by caches.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

DANISH, ENGLISH = settings.LANGUAGE_CODE, "en"
PREFIX = f"/{ENGLISH}"


class LanguageOfTheAddress:
    """Django's own middleware would also look at cookies and the browser."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = ENGLISH if is_english(request.path_info) else DANISH
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def is_english(path: str) -> bool:
    return path == PREFIX or path.startswith(f"{PREFIX}/")


@dataclass(frozen=True)
class OtherLanguage:
    """Where the page a reader is on stands in the other language, with all it was asked with."""

    code: str
    name: str
    address: str


def other_language(request: HttpRequest) -> OtherLanguage:
    path = request.get_full_path()
    if is_english(request.path_info):
        return OtherLanguage(DANISH, "Dansk", path.removeprefix(PREFIX) or "/")
    return OtherLanguage(ENGLISH, "English", PREFIX + path)
