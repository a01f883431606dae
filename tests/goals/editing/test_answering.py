"""Answers to open questions: dated records that settle facts in the plan, and no earlier day hears of them."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, User
from goals.editing.answers import answer_question, newest_answer
from goals.editing.audited_change import EditRefused, StaleEdit
from goals.editing.target_changes import measures_about
from goals.judging import Verdict
from goals.models import Answer, OpenQuestion, Plan, Target
from goals.status.plan_status import plan_status
from goals.status.verdict_changes import effect_of
from indicators import periods
from indicators.as_of import end_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
BEFORE = end_of(date(2021, 3, 1))


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("rie@example.org", name="Rie")


def question(code: str) -> OpenQuestion:
    return OpenQuestion.objects.select_related("plan").get(code=code)


def verdicts(moment: datetime) -> dict[str, tuple[Verdict, Verdict]]:
    status = plan_status(Plan.objects.get(slug="beskaeftigelsesplan-2020"), moment)
    return {m.measure.code: (m.original.verdict, m.revised.verdict) for m in status.measures}


def settle(code: str, editor: User, **settled) -> Answer:
    return answer_question(question=question(code), text="Ja.", source="Sag 1", settled=settled, by=editor)


def test_the_day_of_adoption_reaches_every_target_of_the_supplement_and_no_earlier_day(editor):
    stood = verdicts(timezone.now())
    settle("Q1", editor, meeting=date(2020, 8, 25), case_number="20/1")

    now = plan_status(None, timezone.now())
    assert {m.revised.target.valid_from for m in now.measures} == {date(2020, 8, 25)}
    then = plan_status(None, BEFORE)
    assert {m.revised.target.valid_from for m in then.measures} == {None}
    supplement = Plan.objects.get(slug="tillaeg-2020")
    assert supplement.adopted_on == date(2020, 8, 25)
    assert supplement.decisions.get().meeting == date(2020, 8, 25)
    assert verdicts(timezone.now()) == stood


def test_nothing_that_stood_is_changed(editor):
    stood = list(Target.objects.order_by("pk").values())
    settle("Q1", editor, meeting=date(2020, 8, 25))
    settle("Q2", editor, basis=Target.Basis.AVERAGE)
    assert list(Target.objects.order_by("pk").values())[: len(stood)] == stood


def test_the_trail_knows_other_rows_by_their_keys(editor):
    settle("Q2", editor, basis="average")
    target = Target.objects.select_related("document").latest("id")
    told = AuditEvent.objects.filter(kind="target", verb="created").latest("id").changes
    assert told["document"] == [None, target.document.slug]
    assert told["measure"] == [None, f"{target.measure.goal.plan.slug}/{target.measure.code}"]


@pytest.mark.parametrize("basis", ["average", "last", "rolling"])
def test_another_period_is_judged_on_another_number(editor, basis):
    settle("Q2", editor, basis=basis)
    measure = next(m for m in plan_status(None, timezone.now()).measures if m.measure.code == "m02")
    settled = {p.period: p.value for p in measure.history.points if p.value is not None and not p.provisional}
    year = [value for period, value in settled.items() if periods.of(2020, 1) <= period <= periods.of(2020, 12)]
    twelve = [settled[measure.latest.period - n] for n in range(12)]
    expected = {
        "average": sum(year) / len(year),
        "last": settled.get(periods.of(2020, 12)),
        "rolling": sum(twelve) / 12,
    }
    assert measure.revised.value == measure.original.value == expected[basis]


def test_rounding_is_of_the_value_and_the_gap_stays_exact(editor):
    before = verdicts(timezone.now())
    settle("Q7", editor, rounded=True)
    status = plan_status(None, timezone.now())
    for measure in status.measures:
        for judged in (measure.original, measure.revised):
            if judged.judgement.gap is not None:
                assert judged.judgement.gap == judged.value - judged.target.value
    changed = {code for code, now in verdicts(timezone.now()).items() if now != before[code]}
    assert changed <= {"m04a", "m08"}


def test_what_is_shown_before_saving_is_what_saving_does_and_leaves_nothing(editor):
    facts = {"question": question("Q2"), "text": "Gennemsnit.", "source": "Sag 2", "by": editor}
    plan = Plan.objects.get(slug="beskaeftigelsesplan-2020")
    rows = Target.objects.count(), AuditEvent.objects.count()
    before = verdicts(timezone.now())

    shown = effect_of(lambda: answer_question(**facts, settled={"basis": "average"}), plan)
    assert (Target.objects.count(), AuditEvent.objects.count()) == rows
    assert not Answer.objects.exists()

    answer_question(**facts, settled={"basis": "average"})
    after = verdicts(timezone.now())
    told = {(c.measure.measure.code, c.against, c.was, c.now.label) for c in shown.changes}
    names = ("oprindeligt mål", "nyt mål")
    assert told == {
        (code, names[n], before[code][n].label, after[code][n].label)
        for code in after
        for n in (0, 1)
        if after[code][n] != before[code][n]
    }
    assert told


def test_the_population_can_be_told_and_gives_gaps_in_persons(editor):
    settle("Q3", editor, denominator="16-66-årige", population=62000, population_period="1. januar 2020",
           population_source="Danmarks Statistik")  # fmt: skip
    now = {m.measure.code: m.measure for m in plan_status(None, timezone.now()).measures}
    then = {m.measure.code: m.measure for m in plan_status(None, BEFORE).measures}
    assert {code for code, m in now.items() if m.population == 62000} == {"m02", "m03", "m05", "m10"}
    assert then["m02"].population is None and then["m02"].denominator == ""


def test_an_answer_is_a_record_with_who_when_and_source(editor):
    answer = settle("Q1", editor, meeting=date(2020, 8, 25))
    assert (answer.given_by, answer.known_from, answer.source) == ("rie@example.org", timezone.localdate(), "Sag 1")
    event = AuditEvent.objects.get(kind="answer")
    assert (event.actor, event.key, event.verb) == ("rie@example.org", "tillaeg-2020/Q1", "created")
    better = answer_question(question=question("Q1"), text="Nej.", source="Sag 2", by=editor)
    assert list(question("Q1").answers.all()) == [better, answer]


def test_who_saw_an_older_answer_is_stopped(editor):
    seen = newest_answer(question("Q4"))
    facts = {"question": question("Q4"), "text": "Antal.", "source": "Sag 1", "by": editor, "seen": seen}
    answer_question(**facts)
    with pytest.raises(StaleEdit):
        answer_question(**facts)
    assert question("Q4").answers.count() == 1


@pytest.mark.parametrize(("field", "text"), [("text", "0101011234"), ("source", "sag 010101-1234"), ("source", " ")])
def test_a_civil_number_or_an_empty_text_is_refused_and_nothing_kept(editor, field, text):
    facts = {"text": "Antal.", "source": "Sag 1"} | {field: text}
    with pytest.raises(EditRefused) as refused:
        answer_question(question=question("Q4"), by=editor, **facts)
    assert refused.value.field == field and "0101" not in refused.value.reason
    assert not Answer.objects.exists() and not AuditEvent.objects.filter(kind="answer").exists()


def test_a_question_names_its_measures():
    assert [m.code for m in measures_about(question("Q3"))] == ["m02", "m03", "m05", "m10"]
    assert len(measures_about(question("Q2"))) == 11


def test_what_changed_tells_of_an_answer_by_its_question_and_not_by_our_code_for_it(editor, client):
    settle("Q1", editor, meeting=date(2020, 8, 25))
    text = client.get("/aendringer/").content.decode()
    assert "Svar på »Hvornår blev de nye mål vedtaget, og fra hvornår gælder de?«: Ja. (Sag 1)" in text
    assert "Q1" not in text
