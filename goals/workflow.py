"""The life cycle of a text that somebody approves: its states, who may move it, and whose turn it is. Pure.

The drawing in docs/livsforloeb.md is what `diagram()` makes of these dicts.
"""

from collections.abc import Collection

from django.db.models.enums import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("kladde")
    SUBMITTED = "submitted", _("afventer godkendelse")
    RETURNED = "returned", _("sendt tilbage")
    APPROVED = "approved", _("godkendt")


class Party(TextChoices):
    WRITER = "writer", _("skribent")
    APPROVER = "approver", _("godkender")


# Each move makes another version of the text. What was approved stays public until another version is.
TRANSITIONS: dict[State, dict[State, Party]] = {
    State.DRAFT: {State.DRAFT: Party.WRITER, State.SUBMITTED: Party.WRITER},
    State.SUBMITTED: {
        State.DRAFT: Party.WRITER,
        State.SUBMITTED: Party.WRITER,
        State.RETURNED: Party.APPROVER,
        State.APPROVED: Party.APPROVER,
    },
    State.RETURNED: {State.DRAFT: Party.WRITER, State.SUBMITTED: Party.WRITER},
    State.APPROVED: {State.DRAFT: Party.WRITER, State.SUBMITTED: Party.WRITER},
}
# Whose turn it is; nobody's when a text is approved.
OWNERS: dict[State, Party | None] = {
    State.DRAFT: Party.WRITER,
    State.SUBMITTED: Party.APPROVER,
    State.RETURNED: Party.WRITER,
    State.APPROVED: None,
}
# Moves that take a second pair of eyes: whoever handed the text in makes none of them while another could.
FOUR_EYES = frozenset({(State.SUBMITTED, State.APPROVED)})
HANDED_IN = frozenset({State.SUBMITTED, State.APPROVED})  # the writer has nothing left to do


class MoveRefused(ValueError):
    """A move that the life cycle does not know, or that is another's to make."""


def check_move(before: State | None, after: State, parties: Collection[Party], *, own: bool = False) -> None:
    """`before` is None for the first version of a text, which begins like a draft.

    `own`: the person handed the text in, and somebody else could make the move.
    """
    needed = TRANSITIONS[before or State.DRAFT].get(after)
    if needed is None:
        states = {"before": State(before or State.DRAFT).label, "after": after.label}
        raise MoveRefused(gettext("En tekst, der er %(before)s, kan ikke blive %(after)s.") % states)
    if needed not in parties:
        raise MoveRefused(gettext("Det kræver, at du er %(party)s her.") % {"party": needed.label})
    if own and (before, after) in FOUR_EYES:
        raise MoveRefused(gettext("Du har selv afleveret teksten; en anden godkender skal se den."))


def can_move(before: State | None, after: State, parties: Collection[Party], *, own: bool = False) -> bool:
    try:
        check_move(before, after, parties, own=own)
    except MoveRefused:
        return False
    return True


def diagram() -> str:
    """The life cycle as Mermaid draws it."""
    named = [f"    {state} : {state.label}" for state in State]
    moves = [
        f"    {before} --> {after} : {party.label}"
        for before, afters in TRANSITIONS.items()
        for after, party in afters.items()
    ]
    return "\n".join(["stateDiagram-v2", *named, f"    [*] --> {State.DRAFT}", *moves])
