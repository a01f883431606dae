"""The catalogue of initiatives: themes → objectives (also those without initiatives) → initiatives, filtered."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from goals.as_known import as_known
from goals.models import Objective, Theme
from indicators.as_of import AsOf
from initiatives.models import Initiative, Link


@dataclass(frozen=True)
class ObjectiveEntry:
    """`possible` are initiatives whose place under the objective is uncertain: they fill no gap."""

    objective: Objective
    initiatives: list[Initiative]
    possible: list[Initiative]


@dataclass(frozen=True)
class ThemeEntry:
    theme: Theme
    objectives: list[ObjectiveEntry]

    @property
    def count(self) -> int:
        return sum(len(entry.initiatives) for entry in self.objectives)


@dataclass(frozen=True)
class Catalogue:
    themes: list[ThemeEntry]
    filtered: bool

    @property
    def count(self) -> int:
        return sum(theme.count for theme in self.themes)

    @property
    def planned(self) -> int:
        return sum(initiative.planned for entry in self._entries for initiative in entry.initiatives)

    @property
    def objectives(self) -> int:
        return len(self._entries)

    @property
    def objectives_with_initiatives(self) -> int:
        return sum(bool(entry.initiatives) for entry in self._entries)

    @property
    def demo(self) -> bool:
        initiatives = (initiative for entry in self._entries for initiative in entry.initiatives)
        return any(update.demo for initiative in initiatives for update in initiative.status_updates.all())

    @property
    def _entries(self) -> list[ObjectiveEntry]:
        return [entry for theme in self.themes for entry in theme.objectives]


def catalogue(known: AsOf, chosen: dict[str, str]) -> Catalogue:
    """Initiatives of plans known on the day; a filter hides what it empties, without one the gaps are shown."""
    filtered = any(chosen.values())
    wanted = {initiative.pk: initiative for initiative in _matching(known, chosen)}
    themes = [_theme_entry(theme, wanted, filtered) for theme in as_known(_themes(known), known.past)]
    kept = [
        theme
        for theme in themes
        if theme.objectives and (not chosen["tema"] or chosen["tema"] == str(theme.theme.number))
    ]
    return Catalogue(kept, filtered)


def _matching(known: AsOf, chosen: dict[str, str]) -> list[Initiative]:
    found = Initiative.objects.known(known.moment)
    if chosen["maalgruppe"]:
        found = found.filter(target_groups__slug=chosen["maalgruppe"])
    if chosen["partner"]:
        found = found.filter(partners__slug=chosen["partner"])
    return as_known(found.prefetch_related("partners", "target_groups", "status_updates"), known.past)


def _themes(known: AsOf) -> QuerySet[Theme]:
    links = Prefetch("links", Link.objects.order_by("initiative__position"))
    objectives = Objective.objects.valid_on(known.today).prefetch_related(links)
    return Theme.objects.in_force(known.today).prefetch_related(Prefetch("objectives", objectives))


def _theme_entry(theme: Theme, wanted: dict[int, Initiative], filtered: bool) -> ThemeEntry:
    entries = [_objective_entry(objective, wanted) for objective in theme.objectives.all()]
    return ThemeEntry(theme, [entry for entry in entries if entry.initiatives or not filtered])


def _objective_entry(objective: Objective, wanted: dict[int, Initiative]) -> ObjectiveEntry:
    links = [link for link in objective.links.all() if link.initiative_id in wanted]
    sure, possible = (
        [wanted[link.initiative_id] for link in links if link.alternative == alternative]
        for alternative in (False, True)
    )
    return ObjectiveEntry(objective, sure, possible)
