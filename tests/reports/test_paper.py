"""The committee's paper: what the API and the front page say of the day, and the same whenever it is made again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from goals.models import Measure
from goals.pages.goal_table import by_section
from goals.status.plan_status import plan_status
from indicators import periods
from indicators.as_of import UnusableDate, end_of
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Batch
from indicators.store import write
from reports.models import MadePaper
from reports.paper import paper_of
from reports.queries import verdict_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
AUGUST, SEPTEMBER, WINTER = date(2020, 8, 25), date(2020, 9, 15), date(2021, 3, 1)


def measures_of(paper) -> dict[str, dict]:
    return {measure["code"]: measure for goal in paper.facts["goals"] for measure in goal["measures"]}


@pytest.mark.parametrize("day", [AUGUST, SEPTEMBER, WINTER])
def test_every_number_is_the_one_that_the_api_gives_as_of_the_day(client, day):
    paper = paper_of(day)
    told = client.get("/api/v1/goals/", {"plan": paper.plan.slug, "as_of": day.isoformat()}).json()["results"]
    assert [goal["number"] for goal in told] == [goal.number for goal in paper.goals]
    assert [goal["verdicts"] for goal in told] == [
        {"original": goal["original"], "revised": goal["revised"]} for goal in paper.facts["goals"]
    ]
    ours = measures_of(paper)
    for measure in (measure for goal in told for measure in goal["measures"]):
        own = ours.pop(measure["code"])
        latest = measure["latest"] or {"period": None, "value": None}
        assert (own["period"], _number(own["value"])) == (latest["period"], latest["value"])
        assert [(t["kind"], _number(t["value"]), t["printed"], t["document"]) for t in own["targets"]] == [
            (t["kind"], t["value"], t["printed"], t["document"]) for t in measure["targets"]
        ]
        assert [(t["kind"], t["verdict"], _number(t["gap"])) for t in own["targets"]] == [
            (j["against"], j["verdict"], j["gap"]) for j in measure["judgements"]
        ]
        assert (own["direction"], _number(own["change"])) == (measure["trend"]["direction"], measure["trend"]["change"])
    assert ours == {}


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


@pytest.mark.parametrize("day", [AUGUST, WINTER])
def test_every_line_says_what_the_front_page_says_of_the_day(client, day):
    front = client.get("/", {"kendt": day.isoformat()})
    rows = [row for _section, section in front.context["sections"] for row in section]
    paper = paper_of(day)
    lines = [(n.number, n.value, n.period, n.original, n.revised, n.trend_change) for n in paper.lines]
    assert lines == [
        (row.measure.number, row.value, row.period, row.original, row.revised, row.trend_change) for row in rows
    ]  # fmt: skip
    assert (paper.headline, paper.lede) == (front.context["headline"], front.context["lede"])
    assert [question.text for question in paper.questions] == [q.words.undecided for q in front.context["questions"]]
    assert paper.freshness == front.context["freshness"]


def test_what_is_delivered_later_changes_neither_the_numbers_nor_the_sum():
    before = paper_of(SEPTEMBER)
    measure = Measure.objects.get(goal__plan=before.plan, code="m02")
    key = SeriesKey(measure.indicator.code, measure.area.code, measure.breakdown)
    july = periods.of(2020, 7)
    frame = frame_of([Cell(key, july, Decimal("9.9"), 0, False)])
    write.save(frame, source="jobindsats", known_from=timezone.now(), synthetic=False)
    assert paper_of(SEPTEMBER) == before
    assert paper_of(timezone.localdate()).sha256 != before.sha256


def test_what_was_recorded_after_the_day_is_absent():
    recorded = Batch.objects.filter(known_from__date__range=(AUGUST + timedelta(days=1), SEPTEMBER))
    assert recorded.exists()
    early, late = measures_of(paper_of(AUGUST)), measures_of(paper_of(SEPTEMBER))
    assert early["m02"]["period"] < late["m02"]["period"]
    points = [point for m in plan_status(None, end_of(AUGUST)).measures for point in m.history.points]
    assert max(point.known_from for point in points) <= end_of(AUGUST)


def test_targets_are_those_that_were_known_on_the_day():
    before = [t["kind"] for m in measures_of(paper_of(date(2020, 4, 1))).values() for t in m["targets"]]
    assert set(before) == {"original"}
    after = [t["kind"] for m in measures_of(paper_of(WINTER)).values() for t in m["targets"]]
    assert (after.count("original"), after.count("revised")) == (8, 11)


def test_the_sum_is_of_the_data_and_not_of_the_language_it_is_told_in():
    danish = paper_of(SEPTEMBER)
    with override("en"):
        english = paper_of(SEPTEMBER)
    assert danish.headline != english.headline
    assert danish.sha256 == english.sha256


def test_the_counts_are_of_goals_against_both_sets_of_targets():
    counts = verdict_counts(paper_of(WINTER).plan.pk, WINTER)
    assert (counts["revised"]["met"], sum(counts["revised"].values())) == (7, 10)
    assert (counts["original"]["met"], counts["original"]["no_target"]) == (1, 3)


def test_before_there_was_a_plan_there_is_no_paper():
    with pytest.raises(UnusableDate, match="ingen plan"):
        paper_of(date(2010, 1, 1))


def test_a_day_that_has_not_begun_is_refused_with_what_to_do():
    with pytest.raises(UnusableDate, match="fremtiden. Vælg i dag"):
        paper_of(timezone.localdate() + timedelta(days=1))


def test_a_paper_costs_as_many_queries_however_many_initiatives_there_are(django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert len([b for goal in paper_of(WINTER).goals for b in goal.initiatives]) > 5


def test_the_front_pages_sections_are_the_papers():
    status = plan_status(None, end_of(SEPTEMBER))
    assert [len(lines) for _name, lines in paper_of(SEPTEMBER).sections] == [len(r) for _s, r in by_section(status)]


@pytest.mark.parametrize(
    ("sum_of", "said"),
    [
        (lambda paper: paper.sha256, "Kontrolsummen er den samme nu."),
        (lambda paper: paper.sha256_in_form_1, "Dataene er de samme nu. Kontrolsummen er en anden, fordi"),
        (lambda paper: "0" * 64, "Kontrolsummen er en anden nu. Det, der er rettet siden"),
    ],
)
def test_the_page_says_why_the_sum_of_a_made_paper_is_another(client, sum_of, said):
    paper = paper_of(date(2020, 12, 1))
    MadePaper.objects.create(plan=paper.plan, meeting=paper.day, sha256=sum_of(paper), made_by="sekretær")
    assert said in " ".join(client.get("/moeder/2020-12-01/").content.decode().split())
