"""A plan document that contradicts itself is refused, with the line of the contradiction; nothing of it is stored."""

from pathlib import Path

import pytest
from django.conf import settings

from goals.models import Plan
from indicators.definitions import load
from indicators.definitions.yaml_documents import DocumentError
from initiatives.documents.load import load_plans

pytestmark = pytest.mark.django_db

PLAN = """\
slug: proeve-retning
title: Plan hvor et målepunkt har retning none
kind: plan
year: 2026
known_from: 2026-01-01
period_start: 2026-01-01
period_end: 2026-12-31
events:
- {name: Møde, start: 2026-03-01, end: 2026-03-02}
goals:
- number: 1
  title: T
  measures:
  - {code: m1, name: n, short_name: M1, subject: S, better: lower, indicator: ledige-antal, area: '791'}
targets:
- {measure: m1, kind: original, value: 1100, printed: '1.100'}
"""
SUPPLEMENT = """\
slug: proeve-tillaeg
title: Tillæg
kind: supplement
year: 2026
supplements: proeve-retning
known_from: 2026-06-01
period_start: 2026-07-01
period_end: 2026-12-31
targets:
- {measure: m1, kind: revised, rule: ceiling, value: 1200, printed: '1.200'}
"""


@pytest.fixture(autouse=True)
def indicators(db) -> None:
    load.load([Path(settings.BASE_DIR) / "fixtures/indicators.yaml"])


def refusal(tmp_path: Path, *texts: str) -> str:
    paths = [tmp_path / f"{text.split()[1]}.yaml" for text in texts]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        load_plans(paths)
    return str(refused.value)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ("better: lower", "better: none", 16, "a value target of m1 in proeve-retning contradicts better: none"),
        (
            "better: lower, indicator: ledige-antal, area: '791'}\ntargets:\n- {",
            "better: higher, indicator: ledige-antal, area: '791'}\ntargets:\n- {rule: ceiling, ",
            16,
            "a ceiling target of m1 in proeve-retning contradicts better: higher",
        ),
        ("better: lower", "tolerance_percent: -1, better: lower", 14, "greater than or equal to 0"),
        ("better: lower", "tolerance_percent: 101, better: lower", 14, "less than or equal to 100"),
        ("end: 2026-03-02", "end: 2026-02-28", 9, "the event ends before it starts"),
        ("kind: plan", "kind: supplement", 3, "a supplement says which plan it supplements"),
        ("year: 2026", "year: 2026\nfollows: proeve-retning", 5, "stands beside others, not beside itself"),
        ("known_from: 2026-01-01", "known_from: null\ncurrent: true", 6, "a draft is shown to nobody"),
    ],
)
def test_a_contradiction_is_refused_with_its_line(tmp_path, right, wrong, line, reason):
    assert right in PLAN
    text = refusal(tmp_path, PLAN.replace(right, wrong, 1))
    assert f"proeve-retning.yaml line {line}: " in text and reason in text
    assert not Plan.objects.exists()


def test_a_supplements_ceiling_over_what_ought_to_rise_is_refused(tmp_path):
    text = refusal(tmp_path, PLAN.replace("better: lower", "better: higher"), SUPPLEMENT)
    assert "proeve-tillaeg.yaml line 10: " in text
    assert "a ceiling target of m1 in proeve-tillaeg contradicts better: higher" in text
    assert not Plan.objects.exists()
