"""The life cycle of a text that somebody approves: its states, who may move it, and whose turn it is. Pure.

The drawing in docs/livsforloeb.md is what `diagram()` makes of these dicts.
"""

from collections.abc import Collection, Mapping

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


# State → state after it → who may make the move. The first state is where a text begins.
Moves = Mapping[TextChoices, Mapping[TextChoices, Party]]
Owners = Mapping[TextChoices, Party | None]

# Each move makes another version of the text. What was approved stays public until another version is.
TRANSITIONS: Moves = {
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
OWNERS: Owners = {
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


def check_move(
    before: str | None,
    after: TextChoices,
    parties: Collection[Party],
    moves: Moves = TRANSITIONS,
    *,
    own: bool = False,
) -> None:
    """`before` is None for the first version of a text, which begins like the first state.

    `own`: the person handed the text in, and somebody else could make the move.
    """
    begun = type(after)(before or next(iter(moves)))
    needed = moves[begun].get(after)
    if needed is None:
        states = {"before": begun.label, "after": after.label}
        raise MoveRefused(gettext("En tekst, der er %(before)s, kan ikke blive %(after)s.") % states)
    if needed not in parties:
        raise MoveRefused(gettext("Det kræver, at du er %(party)s her.") % {"party": needed.label})
    if own and (before, after) in FOUR_EYES:
        raise MoveRefused(gettext("Du har selv afleveret teksten; en anden godkender skal se den."))


def can_move(
    before: str | None,
    after: TextChoices,
    parties: Collection[Party],
    moves: Moves = TRANSITIONS,
    *,
    own: bool = False,
) -> bool:
    try:
        check_move(before, after, parties, moves, own=own)
    except MoveRefused:
        return False
    return True


def diagram(moves: Moves = TRANSITIONS) -> str:
    """The life cycle as Mermaid draws it."""
    named = [f"    {state} : {state.label}" for state in moves]
    drawn = [
        f"    {before} --> {after} : {party.label}"
        for before, afters in moves.items()
        for after, party in afters.items()
    ]
    return "\n".join(["stateDiagram-v2", *named, f"    [*] --> {next(iter(moves))}", *drawn])
