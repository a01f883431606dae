"""A small Jobindsats of our own on the loopback address: speaks version 3 as its own documents show it.

Its columns are those of a literal answer without the last one, its catalogue the 55 real tables.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.indicators.sources import documents

KEY = "stand-in"
PERIODS = ["2026M04", "2026M05", "2026M06"]
LITERAL = documents.answer("jobindsats-v3-answers.json")["unemployment_total"]
COLUMNS: list[str] = LITERAL["columns"][:7]
COUNT, SHARE = COLUMNS[5:]
WHOLE: list[str] = LITERAL["rows"][0][2:4]  # what the whole of each grouping is called
UPDATED = "2026-07-20"
AREAS = ["Viborg", "Horsens", "Christiansø", "Uoplyst område"]


def metadata(periods: list[str] = PERIODS, areas: list[str] = AREAS) -> dict:
    values = [{"value_id": f"/{n}/", "value_name": name} for n, name in enumerate(areas)]
    regions = [{"value_id": "/r/", "value_name": "RAR Vestjylland"}]
    area = {
        "hierarchy_id": "_nykom",
        "levels": [{"level_id": 1, "values": regions}, {"level_id": 7, "values": values}],
    }
    measures = [{"measure_name": name} for name in COLUMNS[4:]]
    return {
        "table_id": "y25i01",
        "periods": [
            {"periodtype_id": "Y", "values": [{"period_id": "2025Y01"}]},
            {"periodtype_id": "M", "values": [{"period_id": period} for period in periods]},
        ],
        "dimensions": [{"dimension_id": "_omrade", "hierarchies": [area]}],
        "mgroups": [{"mgroup_id": "mg1", "mgroup_name": "Ledige", "measures": measures}],
    }


def rows(areas: list[str]) -> list[list]:
    """Viborg's share is there where its count of May is withheld."""
    table = []
    for place, area in enumerate(areas):
        for month, period in enumerate(PERIODS):
            count = None if (area, month) == ("Viborg", 1) else 1000 * (place + 1) + month
            table.append([period, area, *WHOLE, 2000, count, 2.3 + month / 10])
    return table


class StandIn(ThreadingHTTPServer):
    """`troubles` are answers given once each before the right ones; `asked` is what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.troubles: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.columns = list(COLUMNS)
        self.periods, self.areas = PERIODS, AREAS
        self.country = rows(["Hele landet"])
        self.updated, self.next_update = UPDATED, ""

    def rows_of(self, areas: list[str]) -> list[list]:
        """The country's, and those of the areas."""
        return self.country + rows(areas)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v3"


class Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        parameters = dict(parse_qsl(url.query))
        self.server.asked.append((url.path, parameters))
        if self.server.troubles:
            self.answer(*self.server.troubles.pop(0))
        elif self.headers["Authorization"] != f"Bearer {KEY}" or not self.headers["User-Agent"]:
            self.refuse(401, "Unauthorized")
        elif url.path == "/v3/tables":
            self.give({"subjects": [{"table_groups": [{"tables": self.catalogue()}]}]})
        elif url.path == "/v3/table/y25i01":
            self.give(metadata(self.server.periods, self.server.areas))
        elif url.path == "/v3/data/y25i01":
            self.give_data(parameters)
        else:
            self.refuse(422, f"Unknown table: {url.path}")

    def catalogue(self) -> list[dict]:
        updates = {"update_latest": self.server.updated, "update_next": self.server.next_update}
        return [{"table_id": t["table_id"], "table_name": t["title"], **updates} for t in documents.tables()]

    def give_data(self, parameters: dict[str, str]) -> None:
        latest, offered = int(parameters["period.M"].removeprefix("latest:")), len(self.server.periods)
        country, *ids = parameters["hierarchy._nykom"].split(",")
        assert country == "/"
        if latest > offered:
            self.refuse(422, f"Requested latest:{latest} for type M, but only {offered} periods are available.")
        else:
            areas = [self.server.areas[int(number.strip("/"))] for number in ids]
            self.give({"columns": self.server.columns, "rows": self.server.rows_of(areas)})

    def give(self, document: dict) -> None:
        self.answer(200, {"X-Request-Id": "5f1c"}, b"\xef\xbb\xbf" + json.dumps(document).encode())

    def refuse(self, code: int, cause: str) -> None:
        body = {"code": code, "cause": cause, "request_id": "7c9e6679"}
        self.answer(code, {}, json.dumps(body).encode())

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Says nothing."""


@contextmanager
def serving(kind: type[StandIn] = StandIn) -> Iterator[StandIn]:
    with kind() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
