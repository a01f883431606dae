"""StatBank: asked for what a table has, and each form of its answers read right or refused with a reason."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from indicators.frame import SCALE
from indicators.periods import of
from indicators.sources.errors import SourceError
from indicators.sources.statbank import source
from indicators.vocabulary import Vocabulary

VOCABULARY = Vocabulary({"forsoergede": "Q"}, {"Hele landet": "000", "Viborg": "791"})
SELECTION = {"variables": {"YDELSESTYPE": "TOTUSU", "KØN": "TOT"}}
INDICATOR = SimpleNamespace(
    code="forsoergede", table="AUK01", frequency="Q", selection=SELECTION, newest_is_provisional=True
)
[QUERY] = source.queries([INDICATOR])
CSV = """OMRÅDE;YDELSESTYPE;KØN;TID;INDHOLD
000;TOTUSU;TOT;2025K2;700123
000;TOTUSU;TOT;2025K3;701000,5
791;TOTUSU;TOT;2025K2;..
791;TOTUSU;TOT;2025K3;8123
"""
EXPECTED = {
    ("000", 4): (700123, False),
    ("000", 7): (Decimal("701000.5"), True),
    ("791", 4): (None, False),
    ("791", 7): (8123, True),
}
VARIABLES = {"OMRÅDE": ["000", "791"], "YDELSESTYPE": ["TOTUSU"], "KØN": ["TOT"], "Tid": ["2025K2", "2025K3"]}
VALUES = [700123, 701000.5, None, 8123]


def info(**more: list[str]) -> dict:
    offered = {"OMRÅDE": ["000", "081", "411", "791"], "YDELSESTYPE": ["TOT", "TOTUSU"], "KØN": ["TOT", "M"]} | more
    offered |= {"Tid": ["2025K2", "2025K3"]}
    variables = [{"id": name, "values": [{"id": value} for value in values]} for name, values in offered.items()]
    return {"id": "AUK01", "updated": "2025-12-15T08:00:00", "variables": variables}


def read(*answers: str, lang: str = "da", query: source.Query = QUERY) -> dict:
    document = {"lang": lang, "answers": answers}
    frame = source.parse(json.dumps(document).encode(), query, VOCABULARY)
    return {
        (frame.keys[series].area, period - of(2025, 1) + 1): (
            None if missing else Decimal(value) / SCALE,
            provisional,
        )
        for series, period, value, missing, provisional in zip(
            *(getattr(frame, name).tolist() for name in ("series", "period", "value", "missing", "provisional")),
            strict=True,
        )
    }


def refusal(*answers: str, **facts) -> str:
    with pytest.raises(SourceError) as error:
        read(*answers, **facts)
    return str(error.value)


def jsonstat(version: int, values: object = VALUES) -> str:
    dimensions = {name: {"category": {"index": {v: n for n, v in enumerate(vs)}}} for name, vs in VARIABLES.items()}
    dimensions |= {"ContentsCode": {"category": {"label": {"AUK01": "Antal"}}}}
    order = {"id": list(dimensions), "size": [len(vs) for vs in VARIABLES.values()] + [1]}
    if version == 1:
        return json.dumps({"dataset": {"dimension": dimensions | order, "value": values}})
    return json.dumps({"version": "2.0", "class": "dataset", **order, "dimension": dimensions, "value": values})


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (CSV, "da"),
        ("\ufeff" + CSV, "da"),
        (CSV.replace(",5", ".5"), "en"),
        (jsonstat(1), "da"),
        (jsonstat(2), "da"),
        (jsonstat(2, {"0": 700123, "1": 701000.5, "3": 8123}), "da"),
    ],
)
def test_every_form_of_the_answer_says_the_same(text, lang):
    assert read(text, lang=lang) == EXPECTED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CSV.replace("KØN", "SEX"), "ukendt kolonne »sex«"),
        (CSV.replace("INDHOLD", "VÆRDI"), "ukendt kolonne »værdi«"),
        (CSV.replace(",5", ".5"), "»701000.5« er ikke et tal"),
        (CSV[:-4], "skåret over"),
        (CSV.replace("791", "998"), "ukendt område »998«"),
        (CSV.replace("2025K3", "2025M03"), "ikke af typen Q"),
        (CSV.replace("TOTUSU", "TOT"), "ikke blev spurgt om"),
        (CSV + "791;TOTUSU;TOT;2025K3;9\n", "to tal"),
        (CSV.splitlines()[0] + "\n", "svaret er tomt"),
        ("<html>Vedligehold</html>", "en side"),
        (jsonstat(2, VALUES[:2]), "færre tal"),
        (jsonstat(1)[:60], "ikke JSON-stat"),
        (jsonstat(2, ["1", 2, 3, 4]), "ikke et tal"),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_refused_with_a_reason(text, told):
    assert told in refusal(text)


def test_values_that_are_added_up_are_unknown_where_one_is():
    [query] = source.queries([SimpleNamespace(**vars(INDICATOR) | {"selection": {"variables": {"ALDER": "16..17"}}})])
    head = "OMRÅDE;ALDER;TID;INDHOLD\n"
    whole = head + "791;16;2025K2;100\n791;17;2025K2;110\n000;16;2025K2;5\n000;17;2025K2;..\n"
    assert read(whole, query=query) == {("791", 4): (210, True), ("000", 4): (None, True)}


def test_only_the_country_and_municipalities_are_asked_for():
    assert source.variables_of(QUERY, info())["OMRÅDE"] == ["000", "791"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (info(YDELSESTYPE=["TOT"]), "YDELSESTYPE har ikke værdien »TOTUSU«"),
        (info(ALDER=["TOT"]), "ALDER skal vælges"),
    ],
)
def test_what_the_table_does_not_have_or_also_wants_is_refused_by_name(table, told):
    with pytest.raises(SourceError, match=told):
        source.variables_of(QUERY, table)
