"""The life cycle of the answer to a hearing's point: its states, who may move it, and whose turn it is. Pure."""

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from goals.workflow import Moves, Owners, Party


class State(TextChoices):
    RECEIVED = "received", _("modtaget")
    ANSWERED = "answered", _("besvaret")
    RECOMMENDED = "recommended", _("indstillet")
    DECIDED = "decided", _("besluttet")


class Outcome(TextChoices):
    ACCEPTED = "accepted", _("imødekommes")
    PARTLY_ACCEPTED = "partly_accepted", _("imødekommes delvist")
    NOT_ACCEPTED = "not_accepted", _("imødekommes ikke")
    NOTED = "noted", _("tages til efterretning")


# What is accepted changes the plan, so the answer holds its new wording.
NEEDS_WORDING = frozenset({Outcome.ACCEPTED})
# Who answers writes down what the committee decided too; the leader answers for what goes to the committee.
MOVES: Moves = {
    State.RECEIVED: {State.ANSWERED: Party.WRITER},
    State.ANSWERED: {State.ANSWERED: Party.WRITER, State.RECOMMENDED: Party.APPROVER},
    State.RECOMMENDED: {State.ANSWERED: Party.WRITER, State.DECIDED: Party.WRITER},
    State.DECIDED: {State.DECIDED: Party.WRITER},  # a correction of what was written down
}
OWNERS: Owners = {
    State.RECEIVED: Party.WRITER,
    State.ANSWERED: Party.APPROVER,
    State.RECOMMENDED: Party.WRITER,
    State.DECIDED: None,
}
# What everybody reads: an answer is the administration's own paper until it goes to the committee.
PUBLIC = frozenset({State.RECOMMENDED, State.DECIDED})
