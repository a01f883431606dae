"""Reminders by e-mail: what is due, overdue or sent back, and new figures. One mail a person a run, each thing once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from goals.texts.team_measures import TeamMeasure, team_measures
from goals.workflow import State
from initiatives.models import Reminder, ReminderChoice
from initiatives.status.due import DueItem, due_items

NEW_FOR = timedelta(days=14)  # figures that came earlier are no news
Kind = Reminder.Kind
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Matter:
    """Something a person may be told once: (kind, item, period) is what it is known by."""

    kind: str
    item: str
    period: int
    name: str
    path: str
    detail: str = ""

    @property
    def known_by(self) -> tuple[str, str, int]:
        return self.kind, self.item, self.period

    @property
    def address(self) -> str:
        return settings.PORTAL_URL + self.path


def send_reminders(today: date) -> int:
    """To everybody who wants them; gives how many matters were told. A mail that cannot be sent is tried next time."""
    matters_told = 0
    for user in _recipients():
        try:
            matters_told += remind(user, today)
        except (OSError, SMTPException) as error:
            log.warning("A reminder could not be sent: %s", type(error).__name__)
    return matters_told


def _recipients() -> list[User]:
    users = User.objects.filter(is_active=True, team__isnull=False).exclude(reminder_choice__wanted=False)
    found = users.select_related("team").prefetch_related("assignments")
    return [user for user in found if user.may(Permission.WRITE_STATUS)]


@transaction.atomic
def remind(user: User, today: date) -> int:
    """The rows first and the mail last, so that what could not be sent is not marked as sent."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # a second run waits here
    told = set(Reminder.objects.filter(user=user).values_list("kind", "item", "period"))
    new = [matter for matter in matters(user, today) if matter.known_by not in told]
    if new:
        now = timezone.now()
        rows = [Reminder(user=user, kind=m.kind, item=m.item, period=m.period, sent_at=now) for m in new]
        Reminder.objects.bulk_create(rows)
        _send(user, new)
    return len(new)


def matters(user: User, today: date) -> Iterator[Matter]:
    for item in due_items(today, user.team):
        if matter := _of_initiative(item, today):
            yield matter
    for measure in team_measures(user.team):
        if matter := _of_measure(measure):
            yield matter


def _of_initiative(item: DueItem, today: date) -> Matter | None:
    initiative = item.initiative
    name = f"{initiative.name}, {item.month}"
    matter = partial(Matter, period=item.period, path=item.address, name=name)
    if item.current and item.current.state == State.RETURNED:
        key = f"{initiative.key} v{item.current.version}"
        return matter(Kind.RETURNED, key, detail=item.current.note)
    if item.handed_in or item.returned:
        return None
    return matter(Kind.OVERDUE if item.deadline < today else Kind.DUE, initiative.key)


def _of_measure(mine: TeamMeasure) -> Matter | None:
    measure, latest = mine.measure, mine.status.latest
    args = [measure.goal.plan.slug, measure.goal.number, measure.code]
    name = _("Mål %(number)s: %(name)s") % {"number": measure.number, "name": measure.short_name}
    matter = partial(Matter, period=mine.period, path=reverse("vurdering", args=args), name=name)
    if mine.current and mine.current.state == State.RETURNED:
        key = f"{measure.key} v{mine.current.version}"
        return matter(Kind.RETURNED, key, detail=mine.current.note)
    if mine.current or latest is None or latest.known_from < timezone.now() - NEW_FOR:
        return None
    return matter(Kind.NEW_DATA, measure.key)


def _send(user: User, new: list[Matter]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        count = len(new)
        subject = ngettext("%(count)d ting venter på dig", "%(count)d ting venter på dig", count) % {"count": count}
        groups = [(kind.label, [m for m in new if m.kind == kind]) for kind in Kind]
        links = {"mine": settings.PORTAL_URL + reverse("mine"), "stop": settings.PORTAL_URL + reverse("paamindelser")}
        context = {"groups": [group for group in groups if group[1]], "name": user.name, **links}
        send_mail(subject, render_to_string("initiatives/reminder.txt", context), None, [user.email])


@transaction.atomic
def choose_reminders(*, wanted: bool, by: User) -> None:
    choice, made = ReminderChoice.objects.get_or_create(user=by, defaults={"wanted": wanted})
    before = True if made else choice.wanted
    if before != wanted:
        ReminderChoice.objects.filter(pk=choice.pk).update(wanted=wanted)
        audit.record(verb="chose reminders", kind="user", key=by.email, by=by, changes={"wanted": [before, wanted]})
