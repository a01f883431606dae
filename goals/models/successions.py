"""What became of a plan's goals and objectives in the plan that follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.plans import Objective, Plan
from goals.models.targets import Goal
from indicators.models import Removable


class Succession(Removable):
    """What became of a goal in the plan that follows its own. A goal without one is not known: "afklares"."""

    class Outcome(models.TextChoices):
        CONTINUED = "continued", _("videreført")
        CHANGED = "changed", _("ændret")
        DROPPED = "dropped", _("udgået")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="successions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="successions")
    outcome = models.CharField("udfald", max_length=10, choices=Outcome)
    successor = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="predecessions")
    note = models.CharField("bemærkning", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "goal"], name="one_outcome_per_goal_and_plan")]

    def __str__(self) -> str:
        return f"{self.goal} → {self.get_outcome_display()}"


class ObjectiveSuccession(Removable):
    """What became of an objective in the plan that follows its own; as for goals, nothing said is "afklares"."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objective_successions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="successions")
    outcome = models.CharField("udfald", max_length=10, choices=Succession.Outcome)
    successor = models.ForeignKey(Objective, null=True, on_delete=models.PROTECT, related_name="predecessions")
    note = models.CharField("bemærkning", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "objective"], name="one_outcome_per_objective_and_plan")]

    def __str__(self) -> str:
        return f"{self.objective} → {self.get_outcome_display()}"
