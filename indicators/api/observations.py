"""The API's part on the numbers themselves: as known now or then, or all that was recorded since; in five forms."""

import math
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from accounts import audit
from accounts.models import ApiToken
from accounts.token_authentication import WRITING, holder_with, once
from accounts.tokens import Holder
from indicators.api import jsonstat, synthetic
from indicators.api.cursors import Place, place_of, text_of
from indicators.api.indicators import AREA, BREAKDOWN, INDICATOR
from indicators.api.observation_schemas import ANSWER, ObservationSerializer
from indicators.api.observations_bulk import NAMES, cells_of, cells_of_change, columnar, csv
from indicators.api.observations_json import cut, selection, stream_json
from indicators.api.observations_since import changes
from indicators.api.observations_write import EXAMPLE, NewObservationsSerializer, ReceiptSerializer, write_observations
from indicators.data_version import pinned_parts
from indicators.files import xlsx_stream
from indicators.http import list_files
from indicators.http.parameters import KNOWN_SINCE, Parameter, Refused, first_period, last_period, whole
from indicators.http.viewset import ReadOnlyViewSet, link_header, problems_for
from indicators.models import Indicator, Observation
from indicators.queries.columns import Column, Selection, columns
from indicators.queries.series_index import series_index

CURSOR = Parameter("cursor", "Hvor næste side begynder; står i »next«.", str)
PAGE, LARGEST_PAGE = 1000, 100_000
SENT_WHOLE = 5000  # rows; an answer with more is sent while it is made
JSON = "application/json"


class Observations(ReadOnlyViewSet):
    """Tallene. Alle sider i en gennemgang viser samme viden, også når der kommer nye tal imens.

    Med `known_since` kommer hver registrering efter tidspunktet, i den rækkefølge den kom: nye tal, rettelser og tal,
    der er trukket tilbage (`missing: "withdrawn"`). Gem det største `known_from`, og spørg med det næste gang.
    """

    queryset = Observation.objects.all()
    serializer_class = ObservationSerializer
    documented = ANSWER
    http_method_names = ["get", "head", "options", "post"]
    pagination_class = None
    formats = ("json", "columnar", "csv", "jsonstat", "xlsx")
    paging = (
        whole(
            "limit",
            f"Højst så mange i svaret; ellers {PAGE} i json og alle i filer.",
            least=1,
            most=LARGEST_PAGE,
        ),
        CURSOR,
    )
    filters: tuple[Parameter, ...] = (
        INDICATOR,
        AREA,
        BREAKDOWN,
        first_period("from", "Første periode.", example="2020-01"),
        last_period("to", "Sidste periode, inklusive.", example="2020-12"),
        KNOWN_SINCE,
    )

    def list(self, request: Request) -> HttpResponseBase:
        if self.asked.get("from", 0) > self.asked.get("to", math.inf):
            raise Refused("from: den første periode ligger efter den sidste.", parameter="from")
        self._record_reading()
        if "known_since" in self.asked:
            return self._since()
        chosen = selection(self.asked, self._begun(), internal=self.internal)
        if self.form == "json":
            return self._page(chosen)
        found, end = cut(chosen, self.asked["limit"]) if "limit" in self.asked else (columns(chosen), None)
        answer = getattr(self, f"_{self.form}")(found)
        return self._linked(answer, self._address(end) if end else None)

    @extend_schema(
        request=NewObservationsSerializer,
        responses={201: ReceiptSerializer, 200: ReceiptSerializer, **problems_for(400, 401, 403, 413, 415, 422, 429)},
        parameters=[WRITING],
        examples=[OpenApiExample("Et foreløbigt tal", value=EXAMPLE, request_only=True)],
        description="Indlæs tal. Kræver en nøgle med write:observations. Alle eller ingen bliver skrevet; en tidligere "
        "værdi bliver afløst, ikke ændret. 200: det samme kald var udført før.",
    )
    def create(self, request: Request) -> Response:
        holder = holder_with(request, ApiToken.Scope.WRITE_OBSERVATIONS)
        answer, now = once(request, holder, lambda: write_observations(request.data, holder))
        return Response(answer, status=201 if now else 200)

    def _record_reading(self) -> None:
        """Of internal numbers, once for each indicator that is asked for. A token is named for its purpose."""
        holder, asked = self.request.auth, self.request.get_full_path()
        if not (self.internal and isinstance(holder, Holder)):
            return
        for code in sorted({entry.indicator for entry in series_index(True).chosen(self.asked) if not entry.public}):
            audit.record_reading(
                kind="indicator", key=code, by=holder.token.user, purpose=holder.token.name, asked=asked
            )

    def _begun(self) -> Place | None:
        return place_of(self.asked["cursor"], self.request.query_params) if "cursor" in self.asked else None

    def _address(self, end: Place) -> str:
        cursor = text_of(end, self.request.query_params)
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def _linked(self, answer: HttpResponseBase, further: str | None) -> HttpResponseBase:
        if further:
            answer["Link"] = link_header(further)
        return answer

    def _page(self, chosen: Selection) -> HttpResponseBase:
        limit = self.asked.get("limit", PAGE)
        parts = stream_json(chosen, limit, self._address)
        if limit > SENT_WHOLE:
            return _streamed(parts, JSON)
        *rows, end = parts
        answer = HttpResponse("".join([*rows, end]), content_type=JSON)
        return self._linked(answer, None if end.endswith("null}") else end.split('"')[-2])

    def _columnar(self, found: Iterable[Column]) -> HttpResponseBase:
        return _streamed(columnar(found), JSON)

    def _csv(self, found: Iterable[Column]) -> HttpResponseBase:
        return _file("csv", (row for column in found for row in cells_of(column)))

    def _xlsx(self, found: Iterable[Column]) -> HttpResponseBase:
        return _file("xlsx", (row for column in found for row in cells_of(column)))

    def _jsonstat(self, found: Iterable[Column]) -> HttpResponseBase:
        if "indicator" not in self.asked:
            raise Refused("format: jsonstat beskriver én indikator; skriv også indicator.", parameter="format")
        indicator = Indicator.objects.get(code=self.asked["indicator"])
        found = list(found)
        kind = synthetic.kind_of(column.entry.synthetic for column in found)
        facts: dict[str, Any] = {
            "source": synthetic.source_of(indicator, kind),
            "href": self.request.build_absolute_uri(),
        }
        facts |= {"note": [indicator.definition, *synthetic.notes(kind)]}
        facts |= {"extension": {"licence": settings.DATA_LICENCE, "synthetic": kind}}
        try:
            return HttpResponse("".join(jsonstat.dataset(indicator, found, facts)), content_type=JSON)
        except jsonstat.TooSparse as error:
            raise Refused(f"format: {error}", parameter="format") from None

    def _since(self) -> HttpResponseBase:
        if self.form not in ("json", "csv", "xlsx"):
            raise Refused(f"format: {self.form} kan ikke vise, hvad der er registreret siden.", parameter="format",
                          allowed=["json", "csv", "xlsx"])  # fmt: skip
        limit = self.asked.get("limit", PAGE if self.form == "json" else LARGEST_PAGE)
        found = changes(self.asked, limit, self._begun(), internal=self.internal)
        further = self._address(found.next) if found.next else None
        if self.form == "json":
            return Response({"results": found.results, "next": further})
        return self._linked(_file(self.form, map(cells_of_change, found.results)), further)


def _file(form: str, rows: Iterable[list[str]]) -> StreamingHttpResponse:
    numeric = frozenset({NAMES.index("value")})
    parts = csv(rows) if form == "csv" else xlsx_stream.workbook(NAMES, rows, numeric)
    return list_files.streamed(f"observations.{form}", form, pinned_parts(parts))


def _streamed(parts: Iterable[str], kind: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(list_files.blocks(pinned_parts(parts)), content_type=kind)
