"""No plan file and no figures take a public page down: a file is refused, or every page of it answers."""

import tempfile
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.documents.schema import Measure, Target
from indicators import data_version
from indicators.definitions import load
from indicators.definitions.yaml_documents import DocumentError
from initiatives.documents.load import load_plans
from tests.goals.small_plans import stored_figures

pytestmark = pytest.mark.django_db
INDICATORS = ["benchmark-placering", "ledige-antal", "ledige-pct-arbejdsstyrken", None]
PAGES = (
    "/", "/?vis=ikke-naaet", "/planer/", "/planer/proeve/", "/planer/proeve/maal/1/", "/planer/proeve/maalepunkter/",
    "/moeder/2025-11-20/", "/om-tallene/", "/en/planer/proeve/maal/1/", "/api/v1/goals/?plan=proeve",
)  # fmt: skip


def choices(model, name: str) -> st.SearchStrategy:
    """Every value the document's schema allows a field that has a list of them."""
    return st.sampled_from([choice.value for choice in model.model_fields[name].annotation])


values = st.one_of(st.sampled_from([0, 1, -1, 47, 8.4, 0.0001, 99999999]), st.none())
measures = st.fixed_dictionaries(
    {
        "better": choices(Measure, "better"),
        "indicator": st.sampled_from(INDICATORS),
        "tolerance_percent": st.sampled_from([-1, 0, 3, 100]),
        "population": st.sampled_from([None, 0, 13200]),
    }
)
targets = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["m1", "m2"]),
        "kind": choices(Target, "kind"),
        "rule": choices(Target, "rule"),
        "basis": choices(Target, "basis"),
        "rounded": st.booleans(),
        "value": values,
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
    ]
)
months = st.sampled_from(["2023-01", "2024-10", "2025-01", "2025-04", "2025-12", "2026-01"])
numbers = st.one_of(st.none(), st.sampled_from(["0", "1", "47", "8.3999", "98"]))
figures = st.dictionaries(months, numbers, max_size=4)


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


def is_loaded(text: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proeve.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            load_plans([path])
        except DocumentError as refused:
            told = str(refused)
        else:
            return True
    assert "proeve.yaml line " in told
    return False


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(measures, measures, st.lists(targets, max_size=4), spans, st.tuples(figures, figures, figures))
def test_a_plan_file_is_refused_or_every_page_of_it_answers(db, first, second, stated, span, known):
    load.load([Path(django_settings.BASE_DIR) / "fixtures/indicators.yaml"])
    with transaction.atomic():
        cache.delete(data_version.KEY)
        if is_loaded(document(first, second, stated, span)):
            for indicator, series in zip(INDICATORS, known, strict=False):
                if indicator and series:
                    quarterly = indicator == "benchmark-placering"
                    stored_figures(
                        indicator, {p: v for p, v in series.items() if p[5:] in ("01", "04", "10") or not quarterly}
                    )
            asked = {path: Client().get(path).status_code for path in PAGES}
            assert set(asked.values()) == {200}, asked
        transaction.set_rollback(True)
