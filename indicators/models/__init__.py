"""What is measured, and the numbers: areas, indicators, series, observations and the batches that brought them."""

from indicators.models.edits import Edit
from indicators.models.imports import COMMAND, SOURCE_NAMES, Batch, ImportRun, Payload, Source
from indicators.models.indicators import Area, AreaMembership, Break, Indicator
from indicators.models.observations import CURRENT, Observation, Series, Withheld
from indicators.models.removable import Removable, StandingManager, standing, taken_out

__all__ = [
    "COMMAND",
    "CURRENT",
    "SOURCE_NAMES",
    "Area",
    "AreaMembership",
    "Batch",
    "Break",
    "Edit",
    "ImportRun",
    "Indicator",
    "Observation",
    "Payload",
    "Removable",
    "Series",
    "Source",
    "Withheld",
    "StandingManager",
    "standing",
    "taken_out",
]
