"""What is done to a user's access."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.tokens import revoke_token


@transaction.atomic
def end_access(*, user: User, by: User) -> None:
    """No session and no API token of the user works any more, not even if the user is let in again later."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    for token in user.api_tokens.filter(revoked_at=None):
        revoke_token(token=token, by=by)
