"""No plan file and no figures take a public page down: a file is refused, or every page of it answers."""

import re
import tempfile
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goals.documents.goal_schema import Measure
from goals.documents.target_schema import Target
from indicators import data_version
from indicators.definitions import load
from indicators.definitions.yaml_documents import DocumentError
from indicators.models import Series
from initiatives.documents.load import load_plans
from tests.goals.small_plans import stored_figures
from tests.long_form import at_length, told

pytestmark = pytest.mark.django_db
INDICATORS = ["benchmark-placering", "ledige-antal", "ledige-pct-arbejdsstyrken", None]
PLAN, PAPER = "/planer/proeve/", "/moeder/2025-11-20"
PAGES = [
    "/", "/?vis=ikke-naaet", "/planer/", PLAN, f"{PLAN}maal/1/", f"{PLAN}maal/2/", f"{PLAN}maalepunkter/",
    f"{PLAN}maalepunkter.csv", "/planer/proeve-tillaeg/", f"{PAPER}/", "/moeder/", "/om-tallene/",
    "/om-tallene/rettelser/", "/aendringer/", "/aendringer/?fra=2025-02-01&til=2025-12-31", "/maalsaetninger/",
    "/sammenlign/",
    "/udforsk/?omraade=791", "/udforsk.csv", "/udforsk.json", "/forbundne-kar/", "/forbundne-kar.csv",
    "/indikatorer/", "/indikatorer/ledige-antal/", "/indikatorer/ledige-antal.csv", "/indikatorer/ledige-antal.json",
    "/indikatorer/ledige-antal/udgaver.csv", "/indikatorer/benchmark-placering/",
    "/data/", "/data/nyt.atom", "/data/nyt.json", "/data/catalog", "/data/datapackage.json",
]  # fmt: skip
API = [
    "plans/", "plans/proeve/", "goals/", "goals/?plan=proeve", "goals/?format=csv", "goals/?as_of=2025-03-01",
    "targets/", "targets/?format=csv", "series/", "observations/", "observations/?format=csv", "imports/", "reports/",
]  # fmt: skip
FILES = [f"{PAPER}.{form}" for form in ("xlsx", "docx", "pdf")]
EARLIER = ["?kendt=2025-01-02", "?kendt=2025-06-02", "?kendt=2025-12-31"]
KNOWN = [
    f"{page}{day}" for day in EARLIER for page in ("/", PLAN, f"{PLAN}maal/1/", f"{PLAN}maalepunkter/", "/sammenlign/")
]


def choices(model, name: str) -> st.SearchStrategy:
    """Every value the document's schema allows a field that has a list of them."""
    return st.sampled_from([choice.value for choice in model.model_fields[name].annotation])


values = st.one_of(st.sampled_from([0, 1, -1, 47, 8.4, 0.0001, 99999999]), st.none())
measures = st.fixed_dictionaries(
    {
        "better": choices(Measure, "better"),
        "indicator": st.sampled_from(INDICATORS),
        "tolerance_percent": st.sampled_from([0, 3, 3, 100, -1]),
        "population": st.sampled_from([None, 0, 13200]),
    }
)
reads = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"reads": st.just("difference"), "against": st.sampled_from(["000", "791", "landkommuner"])}),
    st.fixed_dictionaries({"reads": st.just("difference"), "against_indicator": st.sampled_from(INDICATORS[:3])}),
    st.fixed_dictionaries({"reads": st.just("place"), "against": st.sampled_from([None, "landkommuner"])}),
)
rules = st.one_of(
    st.fixed_dictionaries({"rule": st.sampled_from(["value", "ceiling", "relative"]), "value": values}),
    st.fixed_dictionaries({"rule": st.just("value"), "path": st.just(
        [{"due": "2025-03", "value": 8}, {"due": "2026", "value": 7, "printed": "7 %"}])}),
    st.fixed_dictionaries({"rule": st.just("change"), "by": values, "by_percent": st.booleans(), "baseline": values}),
    st.fixed_dictionaries({"rule": st.just("change"), "by": values, "baseline_period": st.sampled_from(
        ["2023-01", "2024-10", "2025-01"])}),
)  # fmt: skip
targets = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["m1", "m2"]),
        "kind": choices(Target, "kind"),
        "basis": choices(Target, "basis"),
        "rounded": st.booleans(),
        "strict": st.booleans(),
        "near": st.sampled_from([0, 0.2, 100, 100]),
        "due": st.sampled_from([None, None, "2025-06", "2030", "1999"]),
        "printed": st.sampled_from(["8,4 %", "bedre", "0"]),
        "valid_from": st.sampled_from([None, "2024-05-01", "2025-05-01", "2026-05-01"]),
    }
)
spans = st.sampled_from(
    [
        ("2025-01-01", "2025-12-31"),
        ("2025-06-15", "2025-06-15"),
        ("2023-07-01", "2026-06-30"),
        ("2024-01-01", "2024-12-31"),
        ("2030-01-01", "2030-12-31"),
        ("2025-04-01", "2025-06-30"),
    ]
)
months = st.sampled_from(["2023-01", "2024-10", "2025-01", "2025-04", "2025-12", "2026-01"])
numbers = st.one_of(st.none(), st.sampled_from(["0", "1", "47", "8.3999", "98"]))
figures = st.dictionaries(months, numbers, max_size=4)


def whole(one: st.SearchStrategy, more: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(lambda first, second: first | second, one, more)


def document(first: dict, second: dict, stated: list[dict], span: tuple[str, str]) -> str:
    own = [
        one | {"code": f"m{n}", "part": part, "name": "n", "short_name": "M", "subject": "S"}
        | ({"area": "791"} if one["indicator"] else {})
        | ({"population_source": "s", "population_period": "2024"} if one["population"] is not None else {})
        for n, part, one in ((1, "a", first), (2, "b", second))
    ]  # fmt: skip
    plan = {
        "slug": "proeve", "title": "Prøve", "kind": "plan", "year": 2025, "known_from": "2025-01-01", "current": True,
        "period_start": span[0], "period_end": span[1],
        "goals": [{"number": 1, "title": "T", "measures": own}, {"number": 2, "title": "Uden målepunkter"}],
        "targets": [{"known_from": f"2025-01-{n:02d}"} | one for n, one in enumerate(stated, start=1)],
    }  # fmt: skip
    return yaml.safe_dump(plan, allow_unicode=True)


def supplement(revised: list[dict]) -> str:
    """One that is known from 1 June and revises what it states."""
    facts = {"slug": "proeve-tillaeg", "title": "Tillæg", "kind": "supplement", "supplements": "proeve", "year": 2025}
    days = {"known_from": "2025-06-01", "period_start": "2025-07-01", "period_end": "2025-12-31"}
    targets = [one | {"kind": "revised", "valid_from": None} for one in revised]
    return yaml.safe_dump(facts | days | {"targets": targets}, allow_unicode=True)


def is_loaded(*texts: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{yaml.safe_load(text)['slug']}.yaml" for text in texts]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        try:
            load_plans(paths)
        except DocumentError as refused:
            reason = str(refused)
        else:
            return True
    assert re.search(r"proeve(-tillaeg)?\.yaml line ", reason), reason
    return False


def store(known: tuple[dict, ...]) -> None:
    for indicator, series in zip(INDICATORS, known, strict=False):
        if indicator and series:
            ends = ("01", "04", "10") if indicator == "benchmark-placering" else periods_of(series)
            stored_figures(indicator, {period: value for period, value in series.items() if period[5:] in ends})


def periods_of(series: dict) -> set[str]:
    return {period[5:] for period in series}


def asked(drawn: set[str]) -> list[str]:
    """Every address that there is for the plan, today and on earlier days, and the figures of what is `drawn`."""
    own = [f"{measure}.{form}" for measure in sorted(drawn) for form in ("csv", "json")]
    return [*PAGES, *KNOWN, *(f"/en{path}" for path in PAGES[:9]), *(f"/api/v1/{path}" for path in API), *own]


def answers(paths: list[str]) -> dict[str, int]:
    """The status of each address that answered otherwise than with what was asked for."""
    got = {path: Client().get(path) for path in paths}
    for answer in got.values():
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    return {path: answer.status_code for path, answer in got.items() if answer.status_code != 200}


@settings(
    max_examples=100 if at_length("TRUTH") else 4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # made smaller, an example would cost minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    whole(measures, reads), whole(measures, reads), st.lists(whole(targets, rules), max_size=4),
    st.lists(whole(targets, rules), max_size=2), spans,
    st.tuples(figures, figures, figures), st.booleans(),
)  # fmt: skip
def test_a_plan_file_is_refused_or_every_page_of_it_answers(db, first, second, stated, revised, span, known, files):
    load.load([Path(django_settings.BASE_DIR) / "fixtures/indicators.yaml"])
    with transaction.atomic():
        cache.delete(data_version.KEY)
        if is_loaded(document(first, second, stated, span), supplement(revised)):
            store(known)
            drawn = {f"{PLAN}maal/1/m{n}" for n, one in ((1, first), (2, second)) if one["indicator"]}
            wrong = answers([*asked(drawn), *(FILES if files else [])])
            told("TRUTH", f"a plan with {len(stated) + len(revised)} targets, {len(drawn)} of 2 measures with figures")
            assert wrong == ({} if Series.objects.exists() else dict.fromkeys(("/udforsk.csv", "/udforsk.json"), 404))
        transaction.set_rollback(True)
