"""A hearing counted: who said how much of what, and how much of it is answered."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearings.models import Hearing, Party, Point
from hearings.workflow import State
from indicators import formats

Stance = Point.Stance


@dataclass(frozen=True)
class PartyHeard:
    """A party, and how many of its points are of each stance, in the order of the stances."""

    party: Party
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Summary:
    points: int
    stances: Counter[str]
    states: Counter[str]
    parties: list[PartyHeard]

    @property
    def columns(self) -> list[str]:
        return [str(stance.label) for stance in Stance]

    @property
    def headline(self) -> str:
        """The finding: "15 høringspunkter: 8 støtter, 4 er bekymringer og 3 beder om ændring"."""
        support = self.stances[Stance.SUPPORT] + self.stances[Stance.SUPPORT_WITH_WISH]
        concerns, requests = self.stances[Stance.CONCERN], self.stances[Stance.REQUEST]
        kinds = [
            ngettext("{n} støtter", "{n} støtter", support).format(n=support) if support else "",
            ngettext("{n} er en bekymring", "{n} er bekymringer", concerns).format(n=concerns) if concerns else "",
            ngettext("{n} beder om ændring", "{n} beder om ændring", requests).format(n=requests) if requests else "",
        ]
        count = ngettext("{n} høringspunkt", "{n} høringspunkter", self.points).format(n=self.points)
        said = formats.listed([kind for kind in kinds if kind])
        return f"{count}: {said}" if said else _("Ingen høringspunkter endnu")

    @property
    def answered(self) -> int:
        """Those with an answer that everybody can read."""
        return self.points - self.states[State.RECEIVED]

    @property
    def decided(self) -> int:
        return self.states[State.DECIDED]


def of_hearing(hearing: Hearing) -> Summary:
    """Of a hearing read `whole`: no queries."""
    points = list(hearing.points.all())
    by_party = Counter((point.party_id, point.stance) for point in points)
    return Summary(
        points=len(points),
        stances=Counter(point.stance for point in points),
        states=Counter(point.state for point in points),
        parties=[PartyHeard(p, [by_party[p.pk, stance] for stance in Stance]) for p in hearing.parties.all()],
    )
