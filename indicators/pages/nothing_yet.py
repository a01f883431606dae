"""A page that has nothing to show yet, as on a portal's first day: it says so, and what will be there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


class NothingYet(Http404):
    """Raised with a sentence. To a program, which asks for a file, the address does not exist yet."""


def page_of_nothing_yet(heading: Any, coming: Any) -> Callable[[View], View]:
    """The page is reached from the menu, so a reader is answered; `coming` says what it will show."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NothingYet as nothing:
                told = {"heading": heading, "nothing": nothing, "coming": coming}
                return render(request, "indicators/nothing_yet.html", told)

        return guarded

    return guard
