"""Part of `make bench`: a million figures as Jobindsats' JSON against the same figures as a tidy CSV file.

As 23 answers of one measure each (a million rows), and as one answer of 23 measures. Whole commands on fresh
databases, in interleaved rounds; the source stands in this process and hands out what was made before.
"""

import json
import os
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import median

from indicators.areas import areas_in
from indicators.periods import iso, of
from tests.bench import ROOT, manage, new_database
from tests.plugins.services import postgresql

ROUNDS, MEASURES, MONTHS = 3, 23, 440
FIRST_MONTH = of(1990, 1)
INDICATOR = """\
- code: bench-{table}-{number}
  name: Måling {table} {number}
  definition: Til måling.
  unit: count
  decimals: 1
  direction: lower
  publisher: Ingen
  source: jobindsats
  table: {table}
  selection: {{measure: Antal {number}}}
"""
APART, TOGETHER = [f"apart{number}" for number in range(MEASURES)], "together"
Answers = dict[str, bytes]  # by path


class Source(ThreadingHTTPServer):
    """Hands out the answers."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers


class Handler(BaseHTTPRequestHandler):
    server: Source

    def do_GET(self) -> None:
        body = self.server.answers[self.path.partition("?")[0]]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Says nothing."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, postgresql() as server:
        folder, results = Path(name), defaultdict(list)
        answers = write_files(folder)
        count = answers.pop("count")
        source = Source(answers)
        threading.Thread(target=source.serve_forever, daemon=True).start()
        os.environ |= {"JOBINDSATS_URL": f"http://127.0.0.1:{source.server_port}", "JOBINDSATS_API_KEY": "bench"}
        base = new_database(server, "base")
        manage(base, folder, "migrate", "--verbosity=0")
        manage(base, folder, "load_indicators", str(folder / "indicators.yaml"))
        for number in range(1, ROUNDS + 1):
            sys.stderr.write(f"round {number} of {ROUNDS} …\n")
            for place, (form, words) in enumerate(imports(folder).items()):
                url = new_database(server, f"round_{number}_{place}", template="base")
                seconds, peak, out = manage(url, folder, "import_indicators", *words)
                if f"new={count} " not in out:
                    sys.exit(f"{form}: expected {count} new figures, but the command printed {out!r}")
                results[form].append((seconds, peak))
        report(results)
        source.shutdown()


def imports(folder: Path) -> dict[str, list[str]]:
    fetched = "--source=jobindsats"
    return {
        "CSV": ["--source=file", f"--file={folder / 'tidy.csv'}"],
        f"JSON, {MEASURES} answers of 1 measure": [fetched, *(f"--indicator=bench-{table}-0" for table in APART)],
        f"JSON, 1 answer of {MEASURES} measures": [
            fetched,
            *(f"--indicator=bench-{TOGETHER}-{n}" for n in range(MEASURES)),
        ],
    }


def write_files(folder: Path) -> dict:
    """Indicators and the tidy file on disk; the answers by path, and how many figures each form holds."""
    definitions = [INDICATOR.format(table=table, number=0) for table in APART]
    definitions += [INDICATOR.format(table=TOGETHER, number=number) for number in range(MEASURES)]
    (folder / "indicators.yaml").write_text("".join(definitions), encoding="utf-8")
    names = {row["name"]: row["code"] for row in areas_in((ROOT / "fixtures/areas.csv").read_text(encoding="utf-8"))}
    places = {name: code for name, code in names.items() if code == "000" or (code.isdigit() and int(code) > 100)}
    rows = list(figures(places))
    with (folder / "tidy.csv").open("w", encoding="utf-8") as file:
        file.write("indicator;area;period;value\n")
        for number in range(MEASURES):
            for name, month, *values in rows:
                text = "" if values[number] is None else str(values[number]).replace(".", ",")
                file.write(f"bench-{TOGETHER}-{number};{places[name]};{iso(month, 'M')};{text}\n")
    answers: dict = {"count": len(rows) * MEASURES}
    for number, table in enumerate(APART):
        answers |= answers_of(table, list(places), [(*row[:2], row[2 + number]) for row in rows])
    return answers | answers_of(TOGETHER, list(places), rows)


def figures(places: dict[str, str]) -> Iterator[tuple]:
    """Area, month, and a figure of each measure; one in fifty is missing."""
    random = Random(2020)
    for name in places:
        for month in range(FIRST_MONTH, FIRST_MONTH + MONTHS):
            values = (None if random.random() < 0.02 else random.randrange(100, 50_000) / 10 for _ in range(MEASURES))
            yield name, month, *values


def answers_of(table: str, places: list[str], rows: list[tuple]) -> Answers:
    labels = [f"Antal {number}" for number in range(len(rows[0]) - 2)]
    periods = {month: f"{1900 + month // 12}M{month % 12 + 1:02}" for month in range(FIRST_MONTH, FIRST_MONTH + MONTHS)}
    values = [{"value_id": f"/{number}/", "value_name": name} for number, name in enumerate(places)]
    metadata = {
        "periods": [{"periodtype_id": "M", "values": [{"period_id": period} for period in periods.values()]}],
        "dimensions": [{"hierarchies": [{"hierarchy_id": "_nykom", "levels": [{"values": values}]}]}],
        "mgroups": [{"measures": [{"measure_name": label} for label in labels]}],
    }
    told = [[periods[month], name, *numbers] for name, month, *numbers in rows]
    answer = {"columns": ["Periode", "Område", *labels], "rows": told}
    encoded = {f"/table/{table}": metadata, f"/data/{table}": answer}
    return {path: json.dumps(document, ensure_ascii=False).encode() for path, document in encoded.items()}


def report(results: dict[str, list[tuple[float, int]]]) -> None:
    whole = median(seconds for seconds, _ in results["CSV"])
    sys.stdout.write(f"{'a million figures, first import':36}{'seconds':>9}{'times CSV':>11}{'peak MB':>9}\n")
    for form, rounds in results.items():
        seconds = median(seconds for seconds, _ in rounds)
        peak = max(peak for _, peak in rounds)
        sys.stdout.write(f"{form:36}{seconds:9.2f}{seconds / whole:11.2f}{peak:9}\n")


if __name__ == "__main__":
    main()
