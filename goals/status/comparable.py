"""Which of a goal's indicators can be compared between municipalities, so that a link to the comparison is offered."""

from goals.status.types import GoalStatus
from indicators.queries.comparable import comparable_codes


def comparable_indicators(goal: GoalStatus) -> frozenset[str]:
    """The codes, in one query; none where nothing the goal measures has an indicator."""
    codes = {measure.measure.indicator.code for measure in goal.measures if measure.measure.indicator}
    return comparable_codes(codes) if codes else frozenset()
