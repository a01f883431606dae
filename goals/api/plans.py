"""The API's part on what was promised: plans, goals with their verdicts, and targets."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.relations import SlugRelatedField

from goals.judging import Verdict
from goals.models import Goal, Measure, Plan, Target
from goals.status.plan_status import goal_statuses
from goals.status.targets import steps_of
from goals.status.types import GoalStatus, Judged, MeasureStatus
from indicators import periods
from indicators.api.as_known import AsKnown
from indicators.as_known import as_known, made_later
from indicators.data_version import cached_per_version
from indicators.http.parameters import choice, one_of
from indicators.http.viewset import Addresses, NumberField, ReadOnlyViewSet, number
from indicators.models import Indicator


@cached_per_version
def plan_slugs() -> frozenset[str]:
    return frozenset(Plan.objects.filter(known_from__isnull=False).values_list("slug", flat=True))


PLAN = one_of("plan", "En plans navn i adressen.", lambda _: plan_slugs(), example="beskaeftigelsesplan-2020")
PLAN_WITH_OBJECTIVES = replace(PLAN, example="beskaeftigelsesplan-2021")


class PeriodSerializer(serializers.Serializer):
    first = serializers.DateField(source="period_start")
    last = serializers.DateField(source="period_end")


class PlanSerializer(serializers.ModelSerializer):
    supplements: "SlugRelatedField[Plan]" = SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    adopted_on = serializers.DateField(allow_null=True, help_text="null: dagen er ikke oplyst.")
    known_from = serializers.DateField(help_text="Fra denne dag er dokumentet med, når der spørges med as_of.")
    period = PeriodSerializer(source="*", help_text="Det tidsrum, målene gælder.")
    goals = serializers.IntegerField(source="number_of_goals", help_text="Antal mål.")
    urls = Addresses(
        page="/planer/{row.slug}/",
        goals="/api/v1/goals/?plan={row.slug}",
        targets="/api/v1/targets/?plan={row.slug}",
        themes="/api/v1/themes/?plan={row.slug}",
        objectives="/api/v1/objectives/?plan={row.slug}",
        initiatives="/api/v1/initiatives/?plan={row.slug}",
        hearings="/api/v1/hearings/?plan={row.slug}",
        supplements="/api/v1/plans/{row.supplements.slug}/",
    )

    class Meta:
        model = Plan
        fields = [
            "slug", "title", "kind", "year", "summary", "supplements",
            "adopted_on", "known_from", "period", "current", "document", "goals", "urls",
        ]  # fmt: skip


class Plans(AsKnown, mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Planer, strategier og tillæg."""

    queryset = Plan.objects.all()
    serializer_class = PlanSerializer
    lookup_field = "slug"
    filters = (choice("kind", "Dokumentets art.", Plan.Kind.values),)

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"kind": self.asked["kind"]} if "kind" in self.asked else {}
        known = Plan.objects.filter(known_from__lte=self.day, **chosen).select_related("supplements")
        there = Q(goals__in=Goal.objects.all()) & Q(~made_later(Goal, "goals", self.moment))
        return known.annotate(number_of_goals=Count("goals", filter=there)).order_by("year", "slug")


class LatestSerializer(serializers.Serializer):
    period = serializers.CharField()
    value = NumberField()
    provisional = serializers.BooleanField()


class StatedTargetSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(Target.Kind.choices)
    value = NumberField(allow_null=True, help_text="null: udgangspunktet er ikke oplyst.")
    printed = serializers.CharField(help_text="Som det står i dokumentet.")
    document = serializers.CharField(help_text="Planen eller tillægget, der siger det.")


class JudgementSerializer(serializers.Serializer):
    against = serializers.ChoiceField(Target.Kind.choices)
    verdict = serializers.ChoiceField(Verdict.choices)
    gap = NumberField(allow_null=True, help_text="Værdi minus mål.")


class TrendSerializer(serializers.Serializer):
    direction = serializers.ChoiceField(["better", "worse", "unchanged", "up", "down", "unknown"])
    change = NumberField(allow_null=True)
    compared_with = serializers.CharField(allow_null=True, help_text="Samme periode året før.")


class MeasureSerializer(serializers.Serializer):
    code = serializers.CharField(source="measure.code")
    indicator = serializers.CharField(source="measure.indicator.code", allow_null=True)
    area = serializers.CharField(source="measure.area.code", allow_null=True)
    unit = serializers.ChoiceField(Indicator.Unit.choices, source="measure.indicator.unit", allow_null=True)
    reads = serializers.ChoiceField(Measure.Reads.choices, source="measure.reads", help_text="Hvad der bedømmes.")
    against = serializers.SerializerMethodField(help_text="Området, gruppen eller indikatoren, tallet holdes op mod.")
    better = serializers.ChoiceField(Indicator.Direction.choices, source="measure.better")
    synthetic = serializers.BooleanField(source="history.synthetic", help_text="Bygger på demotal.")
    latest = serializers.SerializerMethodField(help_text="Det nyeste endelige tal i målets periode.")
    targets = serializers.SerializerMethodField()
    judgements = serializers.SerializerMethodField(help_text="Kun mod mål, der findes.")
    trend = serializers.SerializerMethodField()
    urls = Addresses(
        indicator="/api/v1/indicators/{row.measure.indicator.code}/",
        observations="/api/v1/observations/?indicator={row.measure.indicator.code}&area={row.measure.area.code}",
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_against(self, status: MeasureStatus) -> str | None:
        other = status.measure.against_indicator or status.measure.against
        return other.code if other else None

    @extend_schema_field(LatestSerializer(allow_null=True))
    def get_latest(self, status: MeasureStatus) -> dict[str, Any] | None:
        point = status.latest
        if point is None:
            return None
        period = _iso(status, point.period)
        return {"period": period, "value": number(point.value), "provisional": point.provisional}

    @extend_schema_field(StatedTargetSerializer(many=True))
    def get_targets(self, status: MeasureStatus) -> list[dict[str, Any]]:
        stated = [judged.stated for judged in _with_target(status)]
        return serializers.ListSerializer(stated, child=StatedTargetSerializer()).data

    @extend_schema_field(JudgementSerializer(many=True))
    def get_judgements(self, status: MeasureStatus) -> list[dict[str, Any]]:
        return [
            {"against": judged.stated.kind, "verdict": judged.verdict, "gap": number(judged.judgement.gap)}
            for judged in _with_target(status)
        ]

    @extend_schema_field(TrendSerializer)
    def get_trend(self, status: MeasureStatus) -> dict[str, Any]:
        trend, before = status.trend, status.year_ago if status.trend.change is not None else None
        return {
            "direction": trend.direction,
            "change": number(trend.change),
            "compared_with": _iso(status, before.period) if before else None,
        }


def _with_target(status: MeasureStatus) -> Iterable[Judged]:
    return [judged for judged in (status.original, status.revised) if judged.target]


def _iso(status: MeasureStatus, period: int) -> str:
    return periods.iso(period, status.indicator.frequency)


class VerdictsSerializer(serializers.Serializer):
    original = serializers.ChoiceField(Verdict.choices)
    revised = serializers.ChoiceField(Verdict.choices, help_text="no_target: intet af målepunkterne har et nyt mål.")


class MilestoneSerializer(serializers.Serializer):
    due = serializers.DateField(allow_null=True)
    wanted = serializers.IntegerField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)
    count = serializers.IntegerField(allow_null=True)


class GoalSerializer(serializers.Serializer):
    plan = serializers.CharField(source="goal.plan.slug")
    number = serializers.IntegerField(source="goal.number")
    printed_number = serializers.CharField(source="goal.shown_number", help_text="Nummeret, som planen trykker det.")
    kind = serializers.ChoiceField(Goal.Kind.choices, source="goal.kind", help_text="Tal, en milepæl eller ord.")
    title = serializers.CharField(source="goal.title")
    milestone = serializers.SerializerMethodField(help_text="Kun af en milepæl: frist, antal og hvad der er gjort.")
    verdicts = VerdictsSerializer(source="*", help_text="Et mål er nået, når alle dets målepunkter er det.")
    measures = MeasureSerializer(many=True)
    urls = Addresses(
        page="/planer/{row.goal.plan.slug}/maal/{row.goal.number}/", plan="/api/v1/plans/{row.goal.plan.slug}/"
    )

    @extend_schema_field(MilestoneSerializer(allow_null=True))
    def get_milestone(self, status: GoalStatus) -> dict[str, Any] | None:
        if status.milestone is None:
            return None
        said = {"due": status.goal.due, "wanted": status.goal.wanted}
        return said | {"done_on": status.milestone.done_on, "count": status.milestone.count}


class Goals(mixins.ListModelMixin, ReadOnlyViewSet):
    """Målene med deres målepunkter, bedømt på de tal og de mål, der var kendt."""

    queryset = Goal.objects.all()
    serializer_class = GoalSerializer
    filters = (PLAN,)

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        known = Goal.objects.filter(plan__known_from__lte=self.day, **chosen).select_related("plan")
        there = known.exclude(made_later(Goal, "pk", self.moment))
        return there.order_by("plan__year", "plan__slug", "number")

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Judges only the goals on the page."""
        goals = as_known(super().paginate_queryset(queryset) or [], self.asked.get("as_of"))
        return goal_statuses(goals, self.moment)


@extend_schema_field(serializers.CharField())
class MonthField(serializers.Field):
    """A month number as 2020-12."""

    def to_representation(self, value: int) -> str:
        return _month(value)


def _month(value: int) -> str:
    return periods.iso(value, periods.Frequency.MONTH)


class StepSerializer(serializers.Serializer):
    due = serializers.CharField()
    value = NumberField()


class TargetSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="measure.goal.plan.slug")
    goal = serializers.IntegerField(source="measure.goal.number")
    measure = serializers.CharField(source="measure.code")
    value = NumberField(
        source="aim", allow_null=True, help_text="Det tal, der måles mod; null: det er ikke kendt, eller se path."
    )
    strict = serializers.BooleanField(help_text="Lige med målet er ikke nok.")
    by = NumberField(allow_null=True, help_text="Af en ændring: højst eller mindst så meget fra udgangspunktet.")
    by_percent = serializers.BooleanField(help_text="Ændringen er i procent af udgangspunktet.")
    baseline = NumberField(allow_null=True, help_text="Udgangspunktet, som det er skrevet.")
    baseline_period = MonthField(allow_null=True, help_text="Perioden, hvis tal er udgangspunktet.")
    near = NumberField(help_text="Tæt på: der mangler højst så meget, i tallets egen enhed.")
    due = MonthField(allow_null=True, help_text="Den sidste måned, målet taler om; null: planens sidste.")
    path = serializers.SerializerMethodField(help_text="Trin på vejen: måned og værdi.")
    document: "SlugRelatedField[Plan]" = SlugRelatedField(slug_field="slug", read_only=True)
    decision = serializers.CharField(source="decision.code", allow_null=True)
    valid_from = serializers.DateField(allow_null=True, help_text="null: dagen er ikke oplyst.")
    basis = serializers.ChoiceField(Target.Basis.choices, help_text="Det tal, målet bedømmes på.")
    rounded = serializers.BooleanField(help_text="Værdien rundes af som målet, før den bedømmes.")
    urls = Addresses(
        page="/planer/{row.measure.goal.plan.slug}/maal/{row.measure.goal.number}/",
        plan="/api/v1/plans/{row.measure.goal.plan.slug}/",
        document="/api/v1/plans/{row.document.slug}/",
    )

    class Meta:
        model = Target
        fields = [
            "plan", "goal", "measure", "kind", "rule", "value", "printed",
            "basis", "rounded", "document", "decision", "valid_from", "known_from", "reason",
            "strict", "by", "by_percent", "baseline", "baseline_period", "near", "due", "path", "urls",
        ]  # fmt: skip

    @extend_schema_field(StepSerializer(many=True))
    def get_path(self, target: Target) -> list[dict[str, Any]]:
        return [{"due": _month(step.due), "value": number(step.value)} for step in steps_of(target.path)]


class Targets(mixins.ListModelMixin, ReadOnlyViewSet):
    """Det, der er lovet: oprindelige mål og dem, tillæg har sat. Et mål bliver aldrig ændret, kun fulgt af et nyt."""

    queryset = Target.objects.all()
    serializer_class = TargetSerializer
    filters = (PLAN,)

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"measure__goal__plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        known = Target.objects.known(self.day).filter(**chosen)
        known = known.exclude(measure__indicator__visibility=Indicator.Visibility.INTERNAL)
        return known.select_related("measure__goal__plan", "document", "decision").order_by(
            "measure__goal__plan__year",
            "measure__goal__plan__slug",
            "measure__goal__number",
            "measure__part",
            "known_from",
            "id",
        )
