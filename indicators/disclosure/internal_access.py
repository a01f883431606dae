"""Who sees which numbers of the municipality's own measures: rules as data, asked by page, chart and file alike. Pure.

A breakdown that stands in no rule is shown to nobody.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from indicators.frame import breakdown_parts

TEAM, EMPLOYEE = "team", "medarbejder"
STAFF_DIMENSIONS = frozenset({TEAM, EMPLOYEE})  # numbers about colleagues: they never leave the pages for staff


@dataclass(frozen=True)
class Level:
    """Numbers by these dimensions: who sees those of the own team, and who sees all; None is nobody."""

    code: str
    label: str | Promise
    dimensions: frozenset[str]
    own: Permission | None
    every: Permission | None


LEVELS = (
    Level("i-alt", _("I alt"), frozenset(), None, Permission.READ_INTERNAL),
    Level("maalgruppe", _("Målgruppe"), frozenset({"maalgruppe"}), None, Permission.READ_INTERNAL),
    Level("branche", _("Branche"), frozenset({"branche"}), None, Permission.READ_INTERNAL),
    Level("team", _("Team"), frozenset({TEAM}), Permission.READ_INTERNAL, Permission.READ_ALL_TEAMS),
    # A leader needs them to lead; nobody needs those of another leader's people.
    Level("medarbejder", _("Medarbejder"), frozenset({TEAM, EMPLOYEE}), Permission.READ_EMPLOYEES, None),
)


def level_of(breakdown: str) -> Level | None:
    dimensions = frozenset(breakdown_parts(breakdown))
    return next((level for level in LEVELS if level.dimensions == dimensions), None)


def may_see(may: frozenset[Permission], team: str, breakdown: str) -> bool:
    """With these permissions; `team` is the reader's own, empty for none."""
    level = level_of(breakdown)
    if level is None:
        return False
    if level.every in may:
        return True
    return level.own in may and team != "" and breakdown_parts(breakdown).get(TEAM) == team
