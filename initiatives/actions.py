"""What people and programs do with initiatives: each change atomic, audited, and seen by the next reader."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import data_version, periods
from indicators.civil_numbers import holds_civil_number
from initiatives.models import Initiative, StatusUpdate

LONGEST_TEXT, LONGEST_ROLE = 300, 120
REASON_NEEDED = {StatusUpdate.Status.DELAYED, StatusUpdate.Status.STOPPED}


class StatusRefused(ValueError):
    """A status that cannot be written; `field` is where the reader should look."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field


@transaction.atomic
def write_status(
    *, initiative: Initiative, period: int, status: str, text: str, author_role: str, by: User
) -> StatusUpdate:
    """Another status after those there are; none is ever changed."""
    _check(period, status, text, author_role)
    update = StatusUpdate.objects.create(
        initiative=initiative, period=period, status=status, text=text.strip(),
        author_role=author_role.strip(), made_at=timezone.now(),
    )  # fmt: skip
    before = initiative.status_updates.exclude(pk=update.pk).first()
    changes = {"status": [before.status if before else None, status]}
    audit.record(verb="wrote status", kind="initiative", key=initiative.code, by=by, changes=changes)
    data_version.changed()
    return update


def _check(period: int, status: str, text: str, author_role: str) -> None:
    today = timezone.localdate()
    if not periods.of(2000, 1) <= period <= periods.of(today.year, today.month):
        raise StatusRefused("period", "skriv en måned, der er begyndt, fx 2020-11.")
    if status in REASON_NEEDED and not text.strip():
        raise StatusRefused("text", "skriv hvorfor, når en indsats er forsinket eller stoppet.")
    for field, value, longest in (("text", text, LONGEST_TEXT), ("author_role", author_role, LONGEST_ROLE)):
        if len(value.strip()) > longest:
            raise StatusRefused(field, f"der er plads til {longest} tegn.")
        if "\0" in value:
            raise StatusRefused(field, "teksten indeholder et tegn, der ikke kan gemmes.")
        if holds_civil_number(value):
            raise StatusRefused(field, "teksten ligner et CPR-nummer og er ikke gemt.")
    if not author_role.strip():
        raise StatusRefused("author_role", "skriv, hvilken rolle der har skrevet status, aldrig et navn.")
