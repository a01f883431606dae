"""Questions asked of plans and their parts."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When


class ThemeQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """Those that hold on the day: a plan's until one that follows it has begun and brings its own.

        One that is published before it begins waits for its first day, unless the plan before has none.
        """
        begun = self.model._base_manager.filter(
            plan__follows=OuterRef("plan"), plan__known_from__lte=day, plan__period_start__lte=day
        )
        before = self.model._base_manager.filter(plan=OuterRef("plan__follows"))
        waiting = Q(Exists(before), plan__period_start__gt=day)
        return self.filter(~Exists(begun), ~waiting, plan__known_from__lte=day, plan__kind="plan")


class ObjectiveQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> Self:
        """The wording that held on the day; open ends hold for ever."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))


class TargetQuerySet(models.QuerySet):
    def known(self, day: date) -> Self:
        """Those known on the day, of plans that were; a draft's are nobody's yet."""
        return self.filter(known_from__lte=day, measure__goal__plan__known_from__lte=day)

    def with_before(self) -> Self:
        """Beside each what the target before it said, so that one that was only stated anew is known as such."""
        before = self.model._base_manager.filter(
            measure=OuterRef("measure"), kind=OuterRef("kind"), pk__lt=OuterRef("pk")
        )
        newest = before.order_by("-pk").annotate(said=Case(When(rule="change", then="baseline"), default="value"))
        return self.annotate(
            rule_before=Subquery(newest.values("rule")[:1]), value_before=Subquery(newest.values("said")[:1])
        )
