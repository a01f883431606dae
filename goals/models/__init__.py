"""What was promised. Plans and what they hold, the targets, and what people said of them."""

from goals.models.milestones import Progress
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
from goals.models.successions import ObjectiveSuccession, Succession
from goals.models.targets import (
    Assessment,
    Decision,
    Goal,
    GoalFocus,
    Measure,
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
    "Progress",
    "Section",
    "Settles",
    "Statement",
    "Succession",
    "Target",
    "TargetGroup",
    "Theme",
]
