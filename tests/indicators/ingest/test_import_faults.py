"""Answers and files under fire: cut, renamed, mutilated. `FAULTS=full` does it at length; see test_live_faults too."""

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from indicators.files import csv_table, detect
from indicators.files.tidy import TidyError
from indicators.frame import SCALE
from indicators.periods import of
from indicators.sources import jobindsats, statbank
from indicators.vocabulary import Vocabulary
from tests.indicators.files import test_jobindsats_export
from tests.indicators.files.test_xlsx_table import workbook
from tests.indicators.sources import jobindsats_stand_in
from tests.indicators.sources.test_jobindsats import ANSWER, PART, UNEMPLOYED, VOCABULARY
from tests.indicators.sources.test_statbank import CSV, QUERY, VARIABLES, info, jsonstat
from tests.indicators.sources.test_statbank import VOCABULARY as DST_CATALOGUE
from tests.long_form import at_length, told

FULL = at_length("FAULTS")
CUTS, FUZZED = (200, 2000) if FULL else (40, 150)
FILE_VOCABULARY = Vocabulary({"ledige": "M"}, {"Viborg": "791", "Horsens": "615"})
HEADER = "indicator;area;period;value\n"
TIDY = f"{HEADER}ledige;791;2020-01;1,5\nledige;791;2020-02;..\nledige;615;2020-01;1.234,5\n"
COUNTED = f"# rækker: 3\n{TIDY}"


def cells(frame) -> list[tuple]:
    columns = (getattr(frame, name).tolist() for name in ("series", "period", "value", "missing"))
    return sorted((frame.keys[series], *rest) for series, *rest in zip(*columns, strict=True))


def from_jobindsats(answer: bytes):
    [query] = jobindsats.queries([UNEMPLOYED, PART])
    document = {"metadata": json.dumps(jobindsats_stand_in.metadata()), "answers": [answer.decode(errors="replace")]}
    return jobindsats.parse(json.dumps(document).encode(), query, VOCABULARY)


def from_statbank(answer: bytes):
    document = {"info": json.dumps(info()), "lang": "da", "answers": [answer.decode(errors="replace")]}
    return statbank.parse(json.dumps(document).encode(), QUERY, DST_CATALOGUE)


def from_tidy_file(data: bytes):
    return detect.read(data, FILE_VOCABULARY)


def from_archive(data: bytes):
    return detect.read(data, test_jobindsats_export.VOCABULARY)


# Whole, and by what each is read. A workbook is read in a process of its own, so it is cut less often.
FIXTURES: dict[str, tuple[bytes, Callable, int]] = {
    "jobindsats": (json.dumps(ANSWER).encode(), from_jobindsats, CUTS),
    "statbank csv": (CSV.encode(), from_statbank, CUTS),
    "json-stat 1": (jsonstat(1).encode(), from_statbank, CUTS),
    "json-stat 2": (jsonstat(2).encode(), from_statbank, CUTS),
    "tidy csv that counts its rows": (COUNTED.encode(), from_tidy_file, CUTS),
    "jobindsats 2": (test_jobindsats_export.as_version_2(test_jobindsats_export.LONG), from_archive, CUTS),
    "workbook": (workbook(*test_jobindsats_export.LONG), from_archive, 200 if FULL else 2),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_an_answer_that_is_cut_anywhere_is_refused_or_says_the_same(name):
    whole, parse, cuts = FIXTURES[name]
    right, random, refused = cells(parse(whole)), Random(3), 0
    places = random.sample(range(len(whole)), min(cuts, len(whole)))
    for place in places:
        try:
            assert cells(parse(whole[:place])) == right, place
        except ValueError:
            refused += 1
    assert refused > 0
    told("FAULTS", f"{name} cut at {len(places)} places: {refused} refused, {len(places) - refused} identical")


def with_columns(columns: list[str]) -> bytes:
    return json.dumps(ANSWER | {"columns": columns}).encode()


def with_header(rows: str) -> Callable[[list[str]], bytes]:
    return lambda names: f"{';'.join(names)}\n{rows}".encode()


def with_variables(version: int) -> Callable[[list[str]], bytes]:
    def made(names: list[str]) -> bytes:
        text = json.dumps(json.loads(jsonstat(version)), ensure_ascii=False)
        for old, new in zip(VARIABLES, names, strict=True):
            text = text.replace(f'"{old}"', f'"{new}"')
        return text.encode()

    return made


TIDY_NAMES = ["indicator", "area", "period", "value", "alder", "provisional", "missing"]
LABELLED: dict[str, tuple[list[str], Callable, Callable]] = {
    "jobindsats": (jobindsats_stand_in.COLUMNS, with_columns, from_jobindsats),
    "statbank csv": (CSV.splitlines()[0].split(";"), with_header(CSV.split("\n", 1)[1]), from_statbank),
    "json-stat 1": ([*VARIABLES], with_variables(1), from_statbank),
    "json-stat 2": ([*VARIABLES], with_variables(2), from_statbank),
    "tidy csv": (TIDY_NAMES, with_header("ledige;791;2020-01;1,5;18-29;ja;\n"), from_tidy_file),
}


@pytest.mark.parametrize("name", LABELLED)
def test_every_column_that_is_renamed_is_refused_by_name(name):
    names, made, parse = LABELLED[name]
    assert len(parse(made(names)))
    for place, old in enumerate(names):
        with pytest.raises(ValueError, match="(?i)omdøbt" if old not in csv_table.REQUIRED else old):
            parse(made([*names[:place], "omdøbt", *names[place + 1 :]]))
    told("FAULTS", f"{name}: {len(names)} of {len(names)} columns refused under another name")


def mutilated(random: Random, whole: str, start: int) -> str:
    """A few letters changed, doubled or lost, from `start` on."""
    text = list(whole)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(start, len(text))
        text[place] = random.choice(
            [";", "\n", ",", ".", "-", "%", " ", '"', "0", "7", "æ", "\x00", "", text[place] * 2]
        )
    return "".join(text)


@pytest.mark.parametrize("name", [name for name in FIXTURES if name != "workbook"])
def test_a_mutilated_answer_is_read_or_refused_and_never_more_than_that(name):
    whole, parse, _ = FIXTURES[name]
    random, refused = Random(13), 0
    for _ in range(FUZZED):
        try:
            parse(mutilated(random, whole.decode(), 0).encode())
        except ValueError:
            refused += 1
    assert refused > 0
    told("FAULTS", f"{name}: {FUZZED} mutilated, {refused} refused, 0 crashes")


class Unreadable(Exception):
    """What the slow way makes nothing of."""


MONTH = re.compile(r"(\d{4})(?:-?M(?:YTD)?(\d{1,2})|-(\d{2}))", re.IGNORECASE)
SIGNS = {"comma": (r"\.", ","), "point": (",", r"\.")}


def slow_number(text: str, sign: str) -> Decimal | None:
    """Letter by letter as the format is described, with one sign for decimals."""
    bare = text.strip().rstrip("%").strip()
    if bare in ("", "..", "-"):
        return None
    thousands, decimal = SIGNS[sign]
    form = rf"-?(\d{{1,10}}|[1-9]\d{{0,2}}({thousands}\d{{3}})+)({decimal}\d{{1,4}})?"
    if not re.fullmatch(form, bare, re.ASCII):
        raise Unreadable
    whole, *rest = re.split(decimal, bare)
    digits = re.sub(thousands, "", whole)
    if len(digits.lstrip("-")) > 10:
        raise Unreadable
    return Decimal(".".join([digits, *rest]))


def slow_row(row: list[str], sign: str) -> tuple:
    if len(row) != 4 or row[0].strip() != "ledige":
        raise Unreadable
    places = {
        "Viborg Kommune": "791",
        "Viborg": "791",
        "Horsens": "615",
        "791": "791",
        "615": "615",
        "0791": "791",
        "0615": "615",
    }
    month = MONTH.fullmatch(row[2].strip())
    if month is None or row[1].strip() not in places:
        raise Unreadable
    return places[row[1].strip()], of(int(month[1]), int(month[2] or month[3])), slow_number(row[3], sign)


def slowly_read(text: str) -> list[tuple]:
    """The one reading of the whole file; what has none, or several, cannot be read."""
    rows = list(csv.reader(text.removeprefix(HEADER).removesuffix("\n").split("\n"), delimiter=";"))
    readings = []
    for sign in SIGNS:
        try:
            readings.append([slow_row(row, sign) for row in rows])
        except (Unreadable, ValueError):
            continue
    if not readings or any(reading != readings[0] for reading in readings):
        raise Unreadable
    return readings[0]


DANISH = str.maketrans(",.", ".,")
SPELLINGS = [
    lambda number: f"{number:,.1f}".translate(DANISH),
    lambda number: f"{number:,.2f}",
    lambda number: f"{number:.2f} %".translate(DANISH),
    lambda number: f"{number:,.0f}".translate(DANISH),
    lambda number: f"{number:.0f}",
    lambda number: ["..", "-", "", " ", "0", "7,5 %"][int(number) % 6],
]


def fuzzed(random: Random) -> str:
    """A file as people spell it, each in one way or in several; half of them with letters mutilated."""
    few = random.sample(SPELLINGS, random.choice([1, 2, 6]))
    rows = [
        f"ledige;{random.choice(['791', '0615', 'Viborg'])};2020-{month:02};"
        f"{random.choice(few)(10 ** random.uniform(-2, 7))}\n"
        for month in range(1, random.randint(2, 6))
    ]
    text = HEADER + "".join(rows)
    return mutilated(random, text, len(HEADER)) if random.random() < 0.5 else text


def test_a_fuzzed_file_is_refused_or_read_as_the_slow_way_reads_it():
    random, read = Random(11), 0
    for _ in range(FUZZED):
        text = fuzzed(random)
        try:
            frame = detect.read(text.encode(), FILE_VOCABULARY)
        except TidyError:
            continue
        read += 1
        found = [
            (frame.keys[series].area, period, None if missing else Decimal(value) / SCALE)
            for series, period, value, missing in zip(
                *(getattr(frame, name).tolist() for name in ("series", "period", "value", "missing")), strict=True
            )
        ]
        assert found == slowly_read(text), text
    assert read > 0
    told("FAULTS", f"{FUZZED} fuzzed files: {read} read as the slow way reads them, {FUZZED - read} refused")
