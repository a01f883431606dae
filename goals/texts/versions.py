"""How a text gets its next version: saved, handed in, sent back, approved. The one way in for every such text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.civil_numbers import holds_civil_number
from accounts.models import User
from accounts.permitted_text import is_unreadable
from accounts.roles import Permission, Role
from goals.models import ClosedPeriod
from goals.models.versions import AnyVersion, Version
from goals.workflow import Moves, Party, State, check_move
from indicators import data_version, periods

VERBS = {State.DRAFT: "drafted", State.SUBMITTED: "wrote", State.RETURNED: "returned", State.APPROVED: "approved"}


class TextRefused(ValueError):
    """A text that cannot be saved; `field` is where the writer should look, `reason` says what to do."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class Stale(ValueError):
    """Somebody saved since the writer looked, perhaps the writer in another window: `newest` is what stands now."""

    def __init__(self, newest: Version | None, by: User) -> None:
        own = newest is not None and newest.actor == by.email
        other = _("En anden har gemt en nyere version, siden du så teksten.")
        super().__init__(_("Du har selv gemt en nyere version, siden du så teksten.") if own else other)
        self.newest = newest


def parties(user: User, team_id: int | None) -> set[Party]:
    """What a person is to a team's texts. Nobody's texts are everybody's; an approver without a team sees all."""
    own = team_id is None or team_id == user.team_id
    roles = {Party.WRITER} if own and user.may(Permission.WRITE_STATUS) else set()
    if (own or user.team_id is None) and user.may(Permission.APPROVE):
        roles.add(Party.APPROVER)
    return roles


def other_approvers(user: User) -> list[int | None]:
    """The teams of all others who are there to approve, None for who sees every team's texts.

    By the role: an administrator may step in, but nobody waits for one.
    """
    others = User.objects.filter(is_active=True, assignments__role=Role.APPROVER).exclude(pk=user.pk)
    return list(others.values_list("team_id", flat=True))


def is_own(version: Version, user: User, others: Iterable[int | None]) -> bool:
    """The person handed it in, and one of the others could decide about it."""
    team_id = version.subject.team_id
    return version.actor == user.email and any(team_id is None or team in (None, team_id) for team in others)


@transaction.atomic
def add(made: AnyVersion, *, by: User, seen: int | None = None, draft: bool = False) -> AnyVersion:
    """Save what a writer wrote. `seen` is the version it was written on (0: none); None follows whatever is there.

    Sent again with the same client-made id it is the same version, not another one.
    """
    rows = _lock(made)
    newest = rows.order_by("-version").first()
    if made.client_id and (done := type(made).objects.filter(client_id=made.client_id).first()):
        return _sent_before(done, made, by=by, draft=draft, newest=newest)
    _check_seen(newest, seen, by)
    next_state = State.DRAFT if draft else State.SUBMITTED
    check_move(newest.state if newest else None, next_state, parties(by, made.subject.team_id))
    public_at_once = next_state == State.SUBMITTED and not settings.STATUS_APPROVAL
    made.written_at = timezone.now()
    made.note = newest.note if newest and draft else ""  # a draft of what was sent back still has to answer it
    return _follow(newest, made, State.APPROVED if public_at_once else next_state, by, verb=VERBS[next_state])


def approve(version: AnyVersion, *, by: User) -> AnyVersion:
    return _decide(version, State.APPROVED, "", by)


def send_back(version: AnyVersion, *, note: str, by: User) -> AnyVersion:
    if not note.strip():
        raise TextRefused("note", _("skriv, hvad der skal ændres."))
    check_texts([("note", note, 500)])
    return _decide(version, State.RETURNED, note.strip(), by)


@transaction.atomic
def next_version(
    made: AnyVersion, state: TextChoices, *, by: User, parties: set[Party], moves: Moves, seen: int | None, verb: str
) -> AnyVersion:
    """The next version of a text with a life cycle of its own, where nothing waits for another to see it."""
    newest = _lock(made).order_by("-version").first()
    _check_seen(newest, seen, by)
    check_move(newest.state if newest else None, state, parties, moves)
    return _follow(newest, made, state, by, verb=verb)


@transaction.atomic
def _decide(version: AnyVersion, state: State, note: str, by: User) -> AnyVersion:
    """About the version that was looked at, never about one that came after it."""
    newest = _lock(version).order_by("-version").first()
    _check_seen(newest, version.version, by)
    if newest is None:
        raise Stale(newest, by)
    own = is_own(newest, by, other_approvers(by))
    check_move(newest.state, state, parties(by, version.subject.team_id), own=own)
    same = {field.attname: getattr(newest, field.attname) for field in newest._meta.concrete_fields}
    made = type(newest)(**same | {"id": None, "client_id": None, "note": note})
    return _follow(newest, made, state, by, verb=VERBS[state])


def check_texts(texts: Iterable[tuple[str, str, int]]) -> None:
    """Of each field its text and how long it may be. What looks like a CPR number is never repeated."""
    for field, text, longest in texts:
        if len(text.strip()) > longest:
            raise TextRefused(field, _("der er plads til %(count)d tegn.") % {"count": longest})
        if is_unreadable(text):
            raise TextRefused(field, _("teksten indeholder et tegn, der ikke kan gemmes."))
        if holds_civil_number(text):
            raise TextRefused(field, _("teksten ligner et CPR-nummer og er ikke gemt."))


def _lock(version: AnyVersion) -> QuerySet[AnyVersion]:
    """The item's versions, while nobody else can add one: writers of a subject queue up at its row."""
    type(version.subject).objects.select_for_update(no_key=True).get(pk=version.subject.pk)
    return type(version)._base_manager.filter(**{field: getattr(version, field) for field in version.ITEM})


def _sent_before(done: Any, made: AnyVersion, *, by: User, draft: bool, newest: Version | None) -> AnyVersion:
    """The same id from the same form; if anything else was in it, it is no repetition and must not get lost."""
    same_text = all(getattr(done, field) == getattr(made, field) for field in (*made.ITEM, *made.CONTENT))
    if not (same_text and done.actor == by.email and draft == (done.state == State.DRAFT)):
        raise Stale(newest, by)
    return done


def _check_seen(newest: Version | None, seen: int | None, by: User) -> None:
    if seen is not None and seen != (newest.version if newest else 0):
        raise Stale(newest, by)


def _follow(newest: Version | None, made: AnyVersion, state: TextChoices, by: User, *, verb: str) -> AnyVersion:
    if "period" in made.ITEM:
        _check_open(made.period)
    made.version = newest.version + 1 if newest else 1
    made.state, made.actor, made.made_at = state, by.email, timezone.now()
    made.save()
    _record(newest or _of_an_earlier_period(made), made, by, verb)
    data_version.changed()
    return made


def _check_open(period: int) -> None:
    if ClosedPeriod.objects.filter(period=period).exists():
        month = periods.named(period, periods.Frequency.MONTH)
        raise TextRefused("period", _("%(month)s er lukket; spørg udvalgssekretæren.") % {"month": month})


def _of_an_earlier_period(made: AnyVersion) -> AnyVersion | None:
    if "period" not in made.ITEM:
        return None
    owner = made.ITEM[0]
    rows = type(made)._base_manager.filter(**{owner: made.subject, "period__lt": made.period})
    return rows.order_by("-period", "-version").first()


def _record(before: Version | None, made: Version, by: User, verb: str) -> None:
    """In the trail stands what changed, and always the word that the reader looks for first."""
    values = {f: [_plain(getattr(row, f, None)) for row in (before, made)] for f in (*made.CONTENT, "state")}
    changes = {f: pair for f, pair in values.items() if pair[0] != pair[1] or f == made.CONTENT[0]}
    kind = made.subject._meta.model_name
    audit.record(verb=f"{verb} {made.NOUN}", kind=kind, key=made.subject.key, by=by, changes=changes, reason=made.note)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
