"""How often a password may be guessed. Kept in the database, so that all processes count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import LoginAttempt


@dataclass(frozen=True)
class Limit:
    """At most so many failed attempts with the same `whose` within the time."""

    whose: tuple[str, ...]
    most: int
    within: timedelta


# The pair stops a guesser at one machine; the slower two a guesser with many machines, or with many names.
LIMITS = (
    Limit(("user", "address"), 5, timedelta(minutes=15)),
    Limit(("user",), 20, timedelta(hours=1)),
    Limit(("address",), 100, timedelta(hours=1)),
)
LONGEST = max(limit.within for limit in LIMITS)


@dataclass(frozen=True)
class Attempt:
    """One try to log in; `wait` is null when it may be made."""

    row: LoginAttempt
    wait: timedelta | None

    def succeeded(self) -> None:
        """Who knows the password has used up nothing."""
        LoginAttempt.objects.filter(user=self.row.user, address=self.row.address).delete()


def begin(name: str, address: str) -> Attempt:
    """Written before the password is looked at, so that attempts made at the same time see each other."""
    now = timezone.now()
    LoginAttempt.objects.filter(at__lt=now - LONGEST).delete()
    row = LoginAttempt.objects.create(user=_digest(name.strip().lower()), address=_digest(address), at=now)
    wait = max(filter(None, (_wait(limit, row, now) for limit in LIMITS)), default=None)
    if wait:
        row.delete()  # a refused attempt does not prolong the waiting
    return Attempt(row, wait)


def _wait(limit: Limit, row: LoginAttempt, now: datetime) -> timedelta | None:
    same = {name: getattr(row, name) for name in limit.whose}
    recent = LoginAttempt.objects.filter(**same, at__gt=now - limit.within).order_by("-at")
    times = list(recent.values_list("at", flat=True)[: limit.most + 1])
    return times[-1] + limit.within - now if len(times) > limit.most else None


def _digest(text: str) -> str:
    """What was typed as a name may be a password, and an address is somebody's."""
    return salted_hmac("accounts.login_limits", text, algorithm="sha256").hexdigest()
