"""What the form on `/mine/` reads, and what it shows: the words of last time, or those just typed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.civil_numbers import masked
from accounts.models import User
from initiatives.models import StatusUpdate
from initiatives.status.due import DueItem
from initiatives.status.write import LONGEST_TEXT

Status = StatusUpdate.Status
KEYS = [Status.ON_TRACK, Status.DELAYED, Status.DONE, Status.STOPPED]  # in the order of the digits that choose them


BESIDE = {"status", "text", "author_role"}  # fields whose errors stand beside them


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices, error_messages={"required": _("Vælg en status.")})
    text = forms.CharField(required=False)
    author_role = forms.CharField(required=False)
    seen = forms.IntegerField(min_value=0)
    client_id = forms.UUIDField()

    def refuse(self, refused: ValueError) -> None:
        """Say what is wrong beside the field it is about, or above the form."""
        field = getattr(refused, "field", None)
        self.add_error(field if field in self.fields else None, getattr(refused, "reason", str(refused)))


def sent(given: QueryDict, item: DueItem, by: User) -> dict[str, str]:
    """What was sent; "ingen ændring" says the last month's words again, signed by who says them now."""
    facts = {"author_role": by.signature} | {name: str(text) for name, text in given.items()}
    if "unchanged" in facts and item.last:
        facts |= {"status": item.last.status, "text": item.last.text}
    return facts | {"text": " ".join(facts.get("text", "").split())}


def entry(item: DueItem, by: User, form: StatusForm | None = None, *, conflict: bool = False) -> dict[str, Any]:
    """After a conflict the next save is written on what the writer has now been shown."""
    start, given, errors = item.start, form.data if form else {}, form.errors if form else {}
    status = given.get("status", start.status if start else "")
    shown = KEYS if item.begun else [*KEYS, Status.NOT_STARTED]
    return {
        "choices": [(digit, key.value, key.label) for digit, key in enumerate(shown, 1)],
        "status": status,
        "status_label": Status(status).label if status in Status.values else "",
        "text": masked(given.get("text", start.text if start else "")),
        "author_role": masked(given.get("author_role", by.signature)),
        "seen": item.seen if conflict or not form else given.get("seen", ""),
        "client_id": uuid4(),
        "errors": errors,
        "refused": next((texts[0] for field, texts in errors.items() if field not in BESIDE), ""),
        "conflict": item.current if conflict else None,
        "own": item.is_own(by),
        "longest": LONGEST_TEXT,
    }
