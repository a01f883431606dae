"""What is done to a hearing's points: answered, recommended to the committee, decided. Each is another version."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permitted_text import with_line_breaks
from accounts.roles import Permission
from goals.texts.versions import TextRefused, check_texts, next_version
from goals.workflow import Party
from hearings.models import Answer, Point
from hearings.workflow import MOVES, NEEDS_WORDING, Outcome, State

# What a person is to the answers follows from what the roles may. Who recommends may also write.
PARTIES = {
    Permission.EDIT_PLANS: {Party.WRITER},
    Permission.APPROVE: {Party.WRITER, Party.APPROVER},
}
VERBS = {State.ANSWERED: "answered", State.RECOMMENDED: "recommended", State.DECIDED: "decided"}
LONGEST = {"reason": 2000, "wording_before": 4000, "wording_after": 4000, "decision": 1000, "author_role": 120}


def answer_parties(user: User) -> set[Party]:
    return set().union(*(found for permission, found in PARTIES.items() if user.may(permission)))


def answer_point(
    *, point: Point, state: State, by: User, seen: int | None = None, outcome: str, reason: str, author_role: str,
    wording_before: str = "", wording_after: str = "", meeting: date | None = None, decision: str = "",
) -> Answer:  # fmt: skip
    """Give the point's answer its next version. `seen` is the version it was written on (0: none)."""
    texts = {"reason": reason, "author_role": author_role, "decision": decision}
    texts |= {"wording_before": wording_before, "wording_after": wording_after}
    lines = {field: with_line_breaks(text).strip() for field, text in texts.items()}
    made = Answer(point=point, outcome=outcome, meeting=meeting, **lines)
    _check(made, state)
    return next_version(made, state, by=by, parties=answer_parties(by), moves=MOVES, seen=seen, verb=VERBS[state])


def _check(made: Answer, state: State) -> None:
    check_texts((field, getattr(made, field), longest) for field, longest in LONGEST.items())
    if made.outcome not in Outcome.values:
        raise TextRefused("outcome", _("vælg, om punktet imødekommes."))
    if not made.reason:
        raise TextRefused("reason", _("skriv, hvorfor."))
    if not made.author_role:
        raise TextRefused("author_role", _("skriv rollen eller området, der svarer."))
    if made.outcome in NEEDS_WORDING and not made.wording_after:
        raise TextRefused("wording_after", _("skriv den nye ordlyd, når punktet imødekommes."))
    if state == State.DECIDED:
        _check_meeting(made.meeting)


def _check_meeting(meeting: date | None) -> None:
    if meeting is None:
        raise TextRefused("meeting", _("skriv, hvilket møde der besluttede det."))
    if meeting > timezone.localdate():
        raise TextRefused("meeting", _("mødet ligger i fremtiden; skriv beslutningen, når den er taget."))
