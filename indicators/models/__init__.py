"""What is measured, and the numbers: areas, indicators, series, observations and the batches that brought them."""

from indicators.models.deliveries import COMMAND, SOURCE_NAMES, Batch, ImportRun, Payload
from indicators.models.figures import CURRENT, Observation, Series, Withheld
from indicators.models.measured import Area, AreaMembership, Break, Indicator

__all__ = [
    "COMMAND",
    "CURRENT",
    "SOURCE_NAMES",
    "Area",
    "AreaMembership",
    "Batch",
    "Break",
    "ImportRun",
    "Indicator",
    "Observation",
    "Payload",
    "Series",
    "Withheld",
]
