"""What was promised. Plans and what they hold, the targets, and what people said of them."""

from goals.models.plans import (
    Answer,
    Event,
    FocusArea,
    Objective,
    ObjectiveTarget,
    OpenQuestion,
    Plan,
    Priority,
    Section,
    Settles,
    Statement,
    TargetGroup,
    Theme,
)
from goals.models.targets import (
    Assessment,
    Decision,
    Goal,
    GoalFocus,
    Measure,
    ObjectiveSuccession,
    Succession,
    Target,
)
from goals.models.versions import ClosedPeriod

__all__ = [
    "Answer",
    "Assessment",
    "ClosedPeriod",
    "Decision",
    "Event",
    "FocusArea",
    "Goal",
    "GoalFocus",
    "Measure",
    "Objective",
    "ObjectiveSuccession",
    "ObjectiveTarget",
    "OpenQuestion",
    "Plan",
    "Priority",
    "Section",
    "Settles",
    "Statement",
    "Succession",
    "Target",
    "TargetGroup",
    "Theme",
]
