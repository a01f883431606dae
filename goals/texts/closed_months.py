"""Closing a month to changes of its texts, and opening it again. Each atomic and audited."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from goals.models import ClosedPeriod
from goals.texts.versions import TextRefused, check_texts
from goals.workflow import MoveRefused
from indicators import periods


@transaction.atomic
def close_period(*, period: int, by: User, reason: str = "") -> None:
    """From now on the month's texts stand as they are. Closed twice it is closed."""
    _check_may_close(by)
    check_texts([("reason", reason, 200)])
    facts = {"closed_by": by.email, "reason": reason.strip()}
    _closed, made = ClosedPeriod.objects.get_or_create(period=period, defaults=facts)
    if made:
        _record_period("closed month", period, by, reason)


@transaction.atomic
def open_period(*, period: int, by: User, reason: str) -> None:
    """A closed month is opened for a reason, since papers may have been made of it."""
    _check_may_close(by)
    if not reason.strip():
        raise TextRefused("reason", _("skriv, hvorfor måneden skal åbnes igen."))
    check_texts([("reason", reason, 200)])
    deleted, _rows = ClosedPeriod.objects.filter(period=period).delete()
    if deleted:
        _record_period("opened month", period, by, reason)


def _check_may_close(by: User) -> None:
    if not by.may(Permission.MAKE_REPORTS):
        raise MoveRefused(_("Det kræver, at du laver bilag til møder."))


def _record_period(verb: str, period: int, by: User, reason: str) -> None:
    key = periods.iso(period, periods.Frequency.MONTH)
    audit.record(verb=verb, kind="period", key=key, by=by, reason=reason.strip())
