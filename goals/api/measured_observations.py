"""The API's observations with one parameter more: `measure`, which names the series that a plan's measure reads."""

from typing import Any

from goals.models import Measure
from indicators.api.observations import Observations
from indicators.data_version import cached_per_version
from indicators.http.parameters import Parameter
from indicators.queries.series_index import PUBLIC


@cached_per_version
def measured_series(internal: bool = False) -> dict[str, frozenset[tuple[str, str, str]]]:
    """Measure → the series it reads; plans that use the same code may read different ones."""
    visible = {} if internal else {"indicator__visibility": PUBLIC}
    found = Measure.objects.filter(indicator__isnull=False, area__isnull=False, **visible)
    found = found.filter(goal__plan__known_from__isnull=False)
    keys: dict[str, set[Any]] = {}
    for code, *key in found.values_list("code", "indicator__code", "area__code", "breakdown"):
        keys.setdefault(code, set()).add(tuple(key))
    return {code: frozenset(series) for code, series in keys.items()}


class MeasureParameter(Parameter):
    """Names a measure, means its series."""

    def value_of(self, text: str, *, internal: bool = False) -> Any:
        return measured_series(internal)[super().value_of(text, internal=internal)]


MEASURE = MeasureParameter(
    "measure", "Et målepunkts kode: tallene, det bedømmes på.", str, codes=lambda i: measured_series(i).keys()
)


class MeasuredObservations(Observations):
    filters: tuple[Parameter, ...] = (*Observations.filters, MEASURE)


MeasuredObservations.__doc__ = Observations.__doc__
