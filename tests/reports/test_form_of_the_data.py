"""The form of a paper's data, written out: a change of it cannot go unnoticed, and papers of form 1 are still told."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from goals.models import Plan
from goals.status.plan_status import plan_status
from goals.status.types import GoalStatus, PlanStatus, Words
from indicators import periods
from reports.canonical_data import canonical_facts, in_form_1, sha256_of
from reports.initiatives import PaperInitiative
from tests.goals.small_plans import measure, plan, stored_figures, stored_plans, supplement

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 15)
GOALS = f"""\
goals:
- number: 1
  title: Færre ledige
  measures:
  - {measure("m1", "ledige-pct-arbejdsstyrken", part="a")}
  - {measure("m2", "ledige-antal", part="b")}
targets:
- {{measure: m1, kind: original, value: 2.0, printed: '2,0 %'}}
- {{measure: m2, kind: original, value: 900, printed: '900'}}
"""
REVISED = "targets:\n- {measure: m1, kind: revised, value: 2.6, printed: '2,6 %'}\n"
WORDS = Words("missed", "O", "U", "medium", "H", "G", "", "B", "Chef", datetime(2025, 9, 1, tzinfo=UTC), demo=False)
# By hand: 2,5 % is 0,5 over 2,0 and 0,1 under the new 2,6; 1.160 is 260 over 900, which no supplement changed. So the
# goal is missed after the supplement too, since 1b is; form 1 asked 1a alone and said met.
DATA = (
    '{"day":"2025-09-15","form":2,"goals":[{"initiatives":[{"period":"2025-08","slug":"jobklub","status":"on_track",'
    '"text":"T"}],"measures":[{"area":"791","change":"-0.3","code":"m1","direction":"better",'
    '"indicator":"ledige-pct-arbejdsstyrken","period":"2025-08","synthetic":false,"targets":[{"basis":"newest",'
    '"document":"proeve","gap":"0.5","judged":"2.5","kind":"original","printed":"2,0 %","rule":"value","value":"2",'
    '"verdict":"missed"},{"basis":"newest","document":"proeve-tillaeg","gap":"-0.1","judged":"2.5","kind":"revised",'
    '"printed":"2,6 %","rule":"value","value":"2.6","verdict":"met"}],"value":"2.5","words":{"author_role":"Chef",'
    '"confidence":"medium","demo":false,"doing":"G","headline":"O","outlook":"U","reason":"B","undecided":"",'
    '"verdict":"missed","why":"H"},"year_ago":"2.8"},{"area":"791","change":null,"code":"m2","direction":"unknown",'
    '"indicator":"ledige-antal","period":"2025-08","synthetic":false,"targets":[{"basis":"newest",'
    '"document":"proeve","gap":"260","judged":"1160","kind":"original","printed":"900","rule":"value","value":"900",'
    '"verdict":"missed"}],"value":"1160","words":null,"year_ago":null}],"number":1,"original":"missed",'
    '"revised":"missed","title":"Færre ledige"}],"plan":"proeve","questions":[]}'
)
SHA256 = "12ab21d5587ff4b348b3d614c6857ffa905c90404fcebf631dbfbd46fa803cc4"
SHA256_IN_FORM_1 = "ed85beb57dbc66ba13e02d32307ac543909c528274a22d6e7333388c47f9763c"


@pytest.fixture
def status(tmp_path) -> PlanStatus:
    stored_plans(tmp_path, plan("proeve", GOALS), supplement("proeve-tillaeg", "proeve", REVISED))
    stored_figures("ledige-pct-arbejdsstyrken", {"2024-08": "2.8", "2025-08": "2.50"})
    stored_figures("ledige-antal", {"2025-08": "1160"})
    found = plan_status(Plan.objects.get(slug="proeve"), timezone.now())
    first, second = found.goals[0].measures
    return replace(found, goals=(GoalStatus(found.goals[0].goal, (replace(first, words=WORDS), second)),))


def facts_of(status: PlanStatus) -> dict:
    august = periods.of(2025, 8)
    behind = PaperInitiative("jobklub", "Jobklub", (), None, "on_track", august, "T", "Chef", DAY, demo=False)
    return canonical_facts(status, DAY, {status.goals[0].goal.pk: (behind,)}, [])


def test_the_data_of_a_paper_are_these_bytes(status):
    facts = facts_of(status)
    assert json.loads(DATA) == facts
    assert sha256_of(facts) == SHA256 == hashlib.sha256(DATA.encode()).hexdigest()


def test_a_paper_of_form_1_is_told_by_the_sum_it_was_given(status):
    old = DATA.replace('"form":2', '"form":1').replace('"revised":"missed"', '"revised":"met"')
    assert sha256_of(in_form_1(facts_of(status))) == SHA256_IN_FORM_1 == hashlib.sha256(old.encode()).hexdigest()
