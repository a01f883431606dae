"""What people do with papers: make one for a meeting, which puts it on the list."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from goals.workflow import MoveRefused
from indicators import data_version
from reports.models import MadePaper
from reports.paper import Paper, paper_of


@transaction.atomic
def record_paper(*, day: date, by: User | str, made_at: datetime | None = None, demo: bool = False) -> Paper:
    """Made twice of the same data it is on the list once."""
    if isinstance(by, User) and not by.may(Permission.MAKE_REPORTS):
        raise MoveRefused(_("Det kræver, at du laver bilag til møder."))
    paper = paper_of(day)
    actor = by if isinstance(by, str) else by.email
    facts = {"made_by": actor, "demo": demo} | ({"made_at": made_at} if made_at else {})
    key = {"plan_id": paper.plan.pk, "meeting": day, "sha256": paper.sha256}
    _row, new = MadePaper.objects.get_or_create(**key, defaults=facts)
    if new:
        changes = {"sha256": [None, paper.sha256]}
        audit.record(verb="made", kind="paper", key=day.isoformat(), by=by, changes=changes)
        data_version.changed()
    return paper
