"""The data version: a name for what the portal knows now, the key of every cached answer; each write gives a new one.

Every action that changes what the API or a public page shows calls `changed`. Copies of answers carry the name and are
never used under another, so nothing has to be deleted, and an unchanged answer costs no query.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

KEY = "data-version"
LONGEST = 600  # seconds after which a copy is made anew even if a writer died before it could say so
MOST_RESULTS = 200

_pinned: ContextVar[str | None] = ContextVar("pinned", default=None)  # "": the cache did not answer
Result = TypeVar("Result")


def changed(using: str = "default") -> None:
    """Now, so that the writer sees its own change; and after the commit, when others can."""
    _renew()
    transaction.on_commit(_renew, using=using, robust=True)


def current() -> str | None:
    """Also another every day, since verdicts follow the calendar. None when the cache cannot be reached."""
    name = _pinned.get()
    return _read() if name is None else name or None


@contextmanager
def pinned() -> Iterator[str | None]:
    """One name for a whole answer, taken before its first read: a change underway makes it old, never wrong.

    A cache that does not answer is asked once an answer: each time takes as long as the client waits.
    """
    name = _read()
    token = _pinned.set(name or "")
    try:
        yield name
    finally:
        _pinned.reset(token)


def pinned_parts(parts: Iterable[Result]) -> Iterator[Result]:
    """The parts of an answer that is sent while it is made, all under the name that holds now."""
    return _parts_under(current() or "", iter(parts))


def _parts_under(version: str, rest: Iterator[Result]) -> Iterator[Result]:
    while True:
        token = _pinned.set(version)
        try:
            part = next(rest)
        except StopIteration:
            return
        finally:
            _pinned.reset(token)
        yield part


def cached_per_version(function: Callable[..., Result]) -> Callable[..., Result]:
    """Keeps the function's results in this process for as long as nothing is written."""
    kept: dict[str, dict[tuple[Any, ...], Any]] = {}

    @wraps(function)
    def cached(*arguments: Any) -> Result:
        version = current()
        if version is None:
            return function(*arguments)
        results = kept.get(version)
        if results is None or len(results) > MOST_RESULTS:
            kept.clear()
            results = kept[version] = {}
        if arguments not in results:
            results[arguments] = function(*arguments)
        return results[arguments]

    return cached


def unreachable() -> tuple[type[Exception], ...]:
    """What a cache that does not answer raises. Redis's client takes longer to load than numpy, so only where it is."""
    if not settings.REDIS_URL:
        return (OSError,)
    from redis import RedisError

    return OSError, RedisError


def _read() -> str | None:
    try:
        name = cache.get(KEY)
        if name is None:
            cache.add(KEY, secrets.token_urlsafe(9), LONGEST)
            name = cache.get(KEY)
    except unreachable():
        return None
    return f"{name}.{timezone.localdate():%d}" if name else None


def _renew() -> None:
    try:
        cache.set(KEY, secrets.token_urlsafe(9), LONGEST)
    except unreachable():  # nobody gets a copy meanwhile; one from before may be given again until LONGEST is over
        return
