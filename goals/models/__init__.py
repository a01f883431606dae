"""What was promised. Plans and what they hold, the targets, and what people said of them."""

from goals.models.plans import (
    Event,
    FocusArea,
    Objective,
    ObjectiveTarget,
    OpenQuestion,
    Plan,
    Priority,
    Section,
    Statement,
    TargetGroup,
    Theme,
)
from goals.models.targets import Assessment, Decision, Goal, GoalFocus, Measure, Succession, Target
from goals.models.versions import ClosedPeriod

__all__ = [
    "Assessment",
    "ClosedPeriod",
    "Decision",
    "Event",
    "FocusArea",
    "Goal",
    "GoalFocus",
    "Measure",
    "Objective",
    "ObjectiveTarget",
    "OpenQuestion",
    "Plan",
    "Priority",
    "Section",
    "Statement",
    "Succession",
    "Target",
    "TargetGroup",
    "Theme",
]
