"""A value that is rounded as its target is printed keeps the decimals that the document prints."""

from decimal import Decimal

import pytest

from goals.models import Measure
from goals.status.targets import TargetFact, rule_of


@pytest.mark.parametrize(
    ("value", "printed", "decimals"),
    [("8", "8,0 %", 1), ("8", "8 %", 0), ("8.4", "8,4 %", 1), ("1400", "1.400", 0), ("8", "8,0 % (mod 8,25 %)", 1)],
)
def test_a_target_printed_with_a_zero_is_met_within_that_decimal_alone(value, printed, decimals):
    fact = TargetFact("original", "value", Decimal(value), printed, "d", "D", None, None, "", rounded=True)
    assert rule_of(Measure(better="lower"), fact).decimals == decimals
