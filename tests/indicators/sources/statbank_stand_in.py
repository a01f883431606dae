"""A small StatBank of our own on the loopback address: counts cells, refuses and answers as its documents show it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod

from tests.indicators.sources import documents

LIMIT = 1_000_000
REFUSAL = documents.answer("statbank-request-limit.json")


class StandIn(ThreadingHTTPServer):
    """Answers for one table; `number` gives the text of a cell by its codes. `asked` are the bodies it was sent."""

    def __init__(self, info: dict, number, limit: int = LIMIT, refusal: dict = REFUSAL) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.info, self.number, self.limit, self.refusal = info, number, limit, refusal
        self.asked: list[dict] = []

    @property
    def times(self) -> list[list[str]]:
        """The periods of each question about data."""
        return [body["variables"][-1]["values"] for body in self.asked if "variables" in body]


class Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        if self.path.endswith("/tableinfo"):
            self.give(200, json.dumps(self.server.info))
        elif cells_of(body) > self.server.limit:
            self.give(400, json.dumps(self.server.refusal))
        else:
            self.give(200, "\ufeff" + "".join(self.lines(body)))

    def lines(self, body: dict) -> Iterator[str]:
        names = [variable["code"] for variable in body["variables"]]
        yield ";".join([*map(str.upper, names), "INDHOLD"]) + "\n"
        for codes in product(*(variable["values"] for variable in body["variables"])):
            yield ";".join([*codes, self.server.number(dict(zip(names, codes, strict=True)))]) + "\n"

    def give(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("StatbankAPI-Request-Id", "r-7")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args) -> None:
        """Says nothing."""


def cells_of(body: dict) -> int:
    """As StatBank counts what is asked for: rows × (variables + 1)."""
    return prod(len(variable["values"]) for variable in body["variables"]) * (len(body["variables"]) + 1)


@contextmanager
def serving(settings, *args, **facts) -> Iterator[StandIn]:
    with StandIn(*args, **facts) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.STATBANK_URL = f"http://127.0.0.1:{server.server_port}/v1"
        yield server
        server.shutdown()
        thread.join()
