"""The one way to write into the audit trail."""

from collections.abc import Iterable
from typing import Any

from accounts.models import AuditEvent, User

Changes = dict[str, list[Any]]  # field → [before, after]


def record(
    *,
    verb: str,
    kind: str,
    key: str,
    by: User | str,
    changes: Changes | None = None,
    reason: str = "",
    about: str = "",
) -> AuditEvent:
    """Write who did what. Call it inside the transaction of what was done, so that both stand or neither."""
    return AuditEvent.objects.create(
        actor=by if isinstance(by, str) else by.email,
        verb=verb,
        kind=kind,
        key=key,
        changes=changes or {},
        reason=reason,
        about=about,
    )


def record_many(events: Iterable[AuditEvent]) -> None:
    """What one command did to many things, in one statement; as `record`, inside the transaction of it."""
    AuditEvent.objects.bulk_create(events)


def record_reading(*, kind: str, key: str, by: User, purpose: str, asked: str) -> AuditEvent:
    """Write who saw what is not for everybody, and what for; before it is shown, so that none is seen unrecorded."""
    return record(verb="read", kind=kind, key=key, by=by, changes={"asked": [None, asked]}, reason=purpose)
