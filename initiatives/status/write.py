"""What people and programs do with initiatives: each change atomic, audited, and seen by the next reader."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permitted_text import with_line_breaks
from goals.texts import versions
from goals.texts.versions import TextRefused
from indicators import periods
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.due import DueItem, item_of

LONGEST_TEXT, LONGEST_ROLE = 200, 120
REASON_NEEDED = {StatusUpdate.Status.DELAYED, StatusUpdate.Status.STOPPED}


def write_status(
    *, initiative: Initiative, period: int, status: str, text: str, author_role: str, by: User,
    seen: int | None = None, client_id: UUID | None = None, draft: bool = False,
) -> StatusUpdate:  # fmt: skip
    """Another version of the month's status, written on the version `seen`; none is ever changed."""
    text, author_role = with_line_breaks(text), with_line_breaks(author_role)
    _check(period, status, text, author_role, draft)
    if status == StatusUpdate.Status.NOT_STARTED:
        _check_not_begun(item_of(initiative, period))
    made = StatusUpdate(
        initiative=initiative, period=period, status=status, text=text.strip(),
        author_role=author_role.strip(), client_id=client_id,
    )  # fmt: skip
    return versions.add(made, by=by, seen=seen, draft=draft)


def _check_not_begun(item: DueItem) -> None:
    """What has begun cannot be unbegun; where the earlier month was wrong, that is what is corrected."""
    if item.begun:
        month = periods.named(item.begun.period, periods.Frequency.MONTH)
        raise TextRefused("status", _("indsatsen er begyndt ifølge %(month)s; ret først den måned.") % {"month": month})


def _check(period: int, status: str, text: str, author_role: str, draft: bool) -> None:
    today = timezone.localdate()
    if not periods.of(2000, 1) <= period <= periods.of(today.year, today.month):
        raise TextRefused("period", _("skriv en måned, der er begyndt, fx 2020-11."))
    if status not in StatusUpdate.Status.values:
        raise TextRefused("status", _("vælg en status."))
    versions.check_texts([("text", text, LONGEST_TEXT), ("author_role", author_role, LONGEST_ROLE)])
    if status in REASON_NEEDED and not text.strip() and not draft:
        raise TextRefused("text", _("skriv hvorfor, når en indsats er forsinket eller stoppet."))
    if not author_role.strip():
        raise TextRefused("author_role", _("skriv, hvilken rolle der har skrevet status, aldrig et navn."))
