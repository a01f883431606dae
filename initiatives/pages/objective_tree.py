"""The tree of a day, themes → objectives → initiatives, and its two readings: by objective and by initiative.

An objective stands in it also where no initiative serves it, so that the gaps can be seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Prefetch, QuerySet

from goals.models import Objective, Theme
from indicators.as_known import as_known, put_back
from indicators.as_of import AsOf
from initiatives.models import Initiative, Link


@dataclass(frozen=True)
class ObjectiveLinks:
    """An objective in the wording of the day, with the wordings it had before and its links to initiatives."""

    objective: Objective
    earlier: list[Objective]
    links: list[Link]
    count = 1


@dataclass(frozen=True)
class ObjectiveInitiatives:
    """`possible` are initiatives whose place under the objective is uncertain: they fill no gap."""

    objective: Objective
    initiatives: list[Initiative]
    possible: list[Initiative]

    @property
    def count(self) -> int:
        return len(self.initiatives)


Entry = TypeVar("Entry", ObjectiveLinks, ObjectiveInitiatives)


@dataclass(frozen=True)
class ThemeEntry(Generic[Entry]):
    theme: Theme
    objectives: list[Entry]

    @property
    def count(self) -> int:
        """What the table of contents says: objectives, or the initiatives under them where those are read."""
        return sum(entry.count for entry in self.objectives)


@dataclass(frozen=True)
class ObjectiveTree:
    """Read by objective: the whole of it, with how many objectives have initiatives."""

    themes: list[ThemeEntry[ObjectiveLinks]]

    @property
    def entries(self) -> list[ObjectiveLinks]:
        return [entry for theme in self.themes for entry in theme.objectives]

    @property
    def with_initiatives(self) -> int:
        """A possible placing fills no gap."""
        return sum(any(not link.alternative for link in entry.links) for entry in self.entries)

    @property
    def initiatives(self) -> int:
        return len({link.initiative_id for entry in self.entries for link in entry.links})

    @property
    def priorities(self) -> list[tuple[int, int, int, int]]:
        """Year, and how many objectives were prioritised, were not, and are unknown: unknown is never "nej"."""
        answers: dict[int, Counter[bool | None]] = {}
        for entry in self.entries:
            for priority in entry.objective.priorities.all():
                answers.setdefault(priority.year, Counter())[priority.prioritised] += 1
        return [(year, counts[True], counts[False], counts[None]) for year, counts in sorted(answers.items())]


@dataclass(frozen=True)
class InitiativeCatalogue:
    """Read by initiative: those that match a reader's choice; filtered, it leaves out what the choice empties."""

    themes: list[ThemeEntry[ObjectiveInitiatives]]
    filtered: bool

    @property
    def count(self) -> int:
        return len(self._initiatives)

    @property
    def planned(self) -> int:
        return sum(initiative.planned for initiative in self._initiatives)

    @property
    def objectives(self) -> int:
        return len(self._entries)

    @property
    def objectives_with_initiatives(self) -> int:
        return sum(bool(entry.initiatives) for entry in self._entries)

    @property
    def demo(self) -> bool:
        return any(update.demo for initiative in self._initiatives for update in initiative.status_updates.all())

    @property
    def _initiatives(self) -> list[Initiative]:
        return [initiative for entry in self._entries for initiative in entry.initiatives]

    @property
    def _entries(self) -> list[ObjectiveInitiatives]:
        return [entry for theme in self.themes for entry in theme.objectives]


def objective_tree(known: AsOf, target_group: str) -> ObjectiveTree:
    """The objectives of plans known on the day; a target group leaves out initiatives, never an objective."""
    initiatives = Initiative.objects.known(known.moment)
    if target_group:
        initiatives = initiatives.filter(target_groups__slug=target_group)
    links = Link.objects.filter(initiative__in=initiatives).select_related("initiative")
    whole = Objective.objects.prefetch_related("targets", "priorities")
    tree = ObjectiveTree(_themes(known, whole, links.prefetch_related("initiative__partners"), _with_links))
    put_back((link for entry in tree.entries for link in entry.links), known.past)
    put_back((entry.objective for entry in tree.entries), known.past)
    return tree


def initiative_catalogue(known: AsOf, chosen: dict[str, str]) -> InitiativeCatalogue:
    """Initiatives of plans known on the day; a filter hides what it empties, without one the gaps are shown."""
    filtered = any(chosen.values())
    matching = {initiative.pk: initiative for initiative in _matching(known, chosen)}

    def entries(objectives: Iterable[Objective], _known: AsOf) -> list[ObjectiveInitiatives]:
        every = [_with_initiatives(objective, matching) for objective in objectives]
        return [entry for entry in every if entry.initiatives or not filtered]

    themes = _themes(known, Objective.objects.valid_on(known.today), Link.objects.all(), entries)
    shown = [theme for theme in themes if chosen["tema"] in ("", str(theme.theme.number))]
    return InitiativeCatalogue([theme for theme in shown if theme.objectives], filtered)


def _themes(
    known: AsOf, wordings: QuerySet[Objective], links: QuerySet[Link], entries: Callable[..., list[Entry]]
) -> list[ThemeEntry[Entry]]:
    """The themes in force on the day, each with what `entries` makes of its objectives; links in the plan's order."""
    wordings = wordings.prefetch_related(Prefetch("links", links.order_by("initiative__position")))
    themes = Theme.objects.in_force(known.today).select_related("plan")
    read = themes.prefetch_related(Prefetch("objectives", wordings))
    return [ThemeEntry(theme, entries(theme.objectives.all(), known)) for theme in as_known(read, known.past)]


def _with_links(wordings: Iterable[Objective], known: AsOf) -> list[ObjectiveLinks]:
    return [
        ObjectiveLinks(objective, _earlier(objective, wordings), list(objective.links.all()))
        for objective in wordings
        if objective.holds_on(known.today)
    ]


def _earlier(objective: Objective, wordings: Iterable[Objective]) -> list[Objective]:
    return [
        other
        for other in wordings
        if other.number == objective.number and other.valid_to and objective.valid_from
        and other.valid_to < objective.valid_from
    ]  # fmt: skip


def _matching(known: AsOf, chosen: dict[str, str]) -> list[Initiative]:
    initiatives = Initiative.objects.known(known.moment)
    if chosen["maalgruppe"]:
        initiatives = initiatives.filter(target_groups__slug=chosen["maalgruppe"])
    if chosen["partner"]:
        initiatives = initiatives.filter(partners__slug=chosen["partner"])
    return as_known(initiatives.prefetch_related("partners", "target_groups", "status_updates"), known.past)


def _with_initiatives(objective: Objective, matching: dict[int, Initiative]) -> ObjectiveInitiatives:
    links = [link for link in objective.links.all() if link.initiative_id in matching]
    sure, possible = (
        [matching[link.initiative_id] for link in links if link.alternative == alternative]
        for alternative in (False, True)
    )
    return ObjectiveInitiatives(objective, sure, possible)
