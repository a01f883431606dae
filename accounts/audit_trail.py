"""The audit trail in plain words: who changed what, from what to what, when and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit_words import FIELDS, KINDS, VALUES, VERBS
from accounts.models import AuditEvent, User
from accounts.roles import Role

MOST = 200
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
ROLES = {role.value: role.label for role in Role}
# What anybody on the staff may read the history of; the rest takes the right to see the audit trail.
SHUT_KINDS = frozenset({"api_token", "audit", "batch", "import", "internal_figures", "team", "user"})
OPEN_KINDS = frozenset(KINDS) - SHUT_KINDS


@dataclass(frozen=True)
class TrailEntry:
    """An event as it is read."""

    at: datetime
    who: str
    what: str
    changes: list[str]
    reason: str
    about: str


def trail_of(kind: str, key: str) -> list[TrailEntry]:
    """Of the object and of what lies under it: keys are paths, so a plan's history holds its goals'.

    What shares a key (a measure, its targets, its assessments) has one history.
    """
    kinds = OPEN_KINDS if kind in OPEN_KINDS else {kind}
    events = AuditEvent.objects.filter(Q(key=key) | Q(key__startswith=f"{key}/"), kind__in=kinds)
    return trail_entries(events[:MOST])


def trail_concerning(words: str) -> list[TrailEntry]:
    """Events about the person, made by the person, or on something of that name."""
    matching = Q(about__icontains=words) | Q(actor__icontains=words) | Q(key__icontains=words)
    return trail_entries(AuditEvent.objects.filter(matching)[:MOST])


def trail_entries(events: Iterable[AuditEvent]) -> list[TrailEntry]:
    events = list(events)
    names = dict(User.objects.filter(email__in={event.actor for event in events}).values_list("email", "name"))
    return [_entry(event, names) for event in events]


def _entry(event: AuditEvent, names: dict[str, str]) -> TrailEntry:
    what = f"{VERBS.get(event.verb, event.verb)} {KINDS.get(event.kind, event.kind)} {event.key}"
    machine = "@" not in event.actor  # a command or the single sign-on, which has no e-mail
    name = _("portalen") if machine else names.get(event.actor)
    who = f"{name} ({event.actor})" if name else event.actor
    differing = {
        field: values
        for field, values in event.changes.items()
        if value_in_words(values[0]) != value_in_words(values[1])
        and (field, values[1]) != ("reason", event.reason)  # said once
    }
    changes = sorted(change_in_words(field, *values) for field, values in differing.items())
    return TrailEntry(event.at, who, what, changes, event.reason, event.about)


def change_in_words(field: str, before: Any, after: Any) -> str:
    """One field's change, for example "værdi: fra 7,5 til 8,4"."""
    words = {"field": FIELDS.get(field, field), "before": value_in_words(before), "after": value_in_words(after)}
    if before in (None, "", []):
        return _("%(field)s: %(after)s") % words
    if after in (None, "", []):
        return _("%(field)s: ikke længere %(before)s") % words
    return _("%(field)s: fra %(before)s til %(after)s") % words


def value_in_words(value: Any) -> str:
    """A stored value as people say it."""
    if isinstance(value, list):
        return ", ".join(map(value_in_words, value)) or "–"
    text = str(value)
    if value is None or text == "":
        return "–"
    if day := DAY.fullmatch(text):
        return f"{day[3]}.{day[2]}.{day[1]}"
    if text.replace(".", "", 1).lstrip("-").isdigit():
        return text.replace(".", ",")
    return str(VALUES.get(text) or ROLES.get(text) or text)
