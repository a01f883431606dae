"""The Sammenhængsmodel as it held on a day: themes → objectives, also those without initiatives → initiatives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from goals.as_known import as_known
from goals.models import Objective, Theme
from indicators.as_of import AsOf
from initiatives.models import Initiative, Link


@dataclass(frozen=True)
class ObjectiveEntry:
    """An objective in the wording of the day, with the wordings it had before."""

    objective: Objective
    earlier: list[Objective]
    links: list[Link]


@dataclass(frozen=True)
class ThemeEntry:
    theme: Theme
    objectives: list[ObjectiveEntry]

    @property
    def count(self) -> int:
        return len(self.objectives)


@dataclass(frozen=True)
class Model:
    themes: list[ThemeEntry]

    @property
    def entries(self) -> list[ObjectiveEntry]:
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
        answers: dict[int, Counter] = {}
        for entry in self.entries:
            for priority in entry.objective.priorities.all():
                answers.setdefault(priority.year, Counter())[priority.prioritised] += 1
        return [(year, found[True], found[False], found[None]) for year, found in sorted(answers.items())]


def objective_tree(known: AsOf, target_group: str) -> Model:
    """The objectives of plans known on the day; a target group leaves out initiatives, never an objective."""
    themes = Theme.objects.in_force(known.today).select_related("plan")
    themes = themes.prefetch_related(Prefetch("objectives", _wordings(known, target_group)))
    found = Model(
        [ThemeEntry(theme, _entries(theme.objectives.all(), known)) for theme in as_known(themes, known.past)]
    )
    if known.past:
        as_known([link.initiative for entry in found.entries for link in entry.links], known.past)
        as_known([p for entry in found.entries for p in entry.objective.priorities.all()], known.past)
    return found


def _wordings(known: AsOf, target_group: str) -> QuerySet[Objective]:
    initiatives = Initiative.objects.known(known.moment)
    if target_group:
        initiatives = initiatives.filter(target_groups__slug=target_group)
    links = Link.objects.filter(initiative__in=initiatives).order_by("initiative__position")
    links = links.select_related("initiative").prefetch_related("initiative__partners")
    return Objective.objects.prefetch_related("targets", "priorities", Prefetch("links", links))


def _entries(wordings: Iterable[Objective], known: AsOf) -> list[ObjectiveEntry]:
    shown = [objective for objective in wordings if _holds(objective, known)]
    return [
        ObjectiveEntry(objective, _earlier(objective, wordings), list(objective.links.all())) for objective in shown
    ]


def _holds(objective: Objective, known: AsOf) -> bool:
    begun = objective.valid_from is None or objective.valid_from <= known.today
    return begun and (objective.valid_to is None or objective.valid_to >= known.today)


def _earlier(objective: Objective, wordings: Iterable[Objective]) -> list[Objective]:
    return [
        other
        for other in wordings
        if other.number == objective.number and other.valid_to and objective.valid_from
        and other.valid_to < objective.valid_from
    ]  # fmt: skip
