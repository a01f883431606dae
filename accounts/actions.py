"""What is done to a user: the title that was chosen, the access that was ended."""

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.tokens import revoke_token


@transaction.atomic
def keep_title(*, title: str, by: User) -> None:
    """What a person signed with is what the next text is signed with, whoever wrote the last one."""
    before = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if title not in ("", before.signature):
        User.objects.filter(pk=by.pk).update(title=title)
        audit.record(verb="changed", kind="user", key=by.email, by=by, changes={"title": [before.title, title]})


@transaction.atomic
def end_access(*, user: User, by: User) -> None:
    """No session and no API token of the user works any more, not even if the user is let in again later."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    for token in user.api_tokens.filter(revoked_at=None):
        revoke_token(token=token, by=by)
