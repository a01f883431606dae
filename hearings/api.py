"""The API's part on what others say of plans: hearings with their parties, points and answers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers

from goals.api.plans import PLAN_WITH_OBJECTIVES
from goals.models import Goal
from hearings.models import Answer, Hearing, Note, Party, Point
from hearings.workflow import PUBLIC, Outcome, State
from indicators.data_version import cached_per_version
from indicators.http.parameters import choice, one_of
from indicators.http.viewset import Addresses, ReadOnlyViewSet

STATES = [(State.RECEIVED.value, State.RECEIVED.label), *((s.value, s.label) for s in State if s in PUBLIC)]


@cached_per_version
def party_slugs() -> frozenset[str]:
    known = Party.objects.filter(hearing__known_from__isnull=False, hearing__plan__known_from__isnull=False)
    return frozenset(known.values_list("slug", flat=True))


# What narrows the points of each hearing: parameter → what a point has.
NARROWING: dict[str, Callable[[Point], object]] = {
    "party": lambda point: point.party.slug,
    "stance": lambda point: point.stance,
    "state": lambda point: point.state,
    "outcome": lambda point: point.answer.outcome if point.answer else None,
}


# The columns of a file, a row a point.
OF_HEARING = ("slug", "title", "plan", "known_from", "opened_on", "deadline", "document")
OF_POINT = ("code", "party", "section", "passage", "stance", "kind", "summary", "lines", "state")
OF_ANSWER = ("outcome", "reason", "wording_before", "wording_after", "author_role", "meeting", "decision")


class PartySerializer(serializers.ModelSerializer):
    answered = serializers.BooleanField(allow_null=True, help_text="null: ikke oplyst.")
    received_on = serializers.DateField(allow_null=True, help_text="null: ikke oplyst.")
    signed_by_role = serializers.CharField(help_text="En rolle, aldrig et navn.")

    class Meta:
        model = Party
        fields = ["slug", "name", "answered", "received_on", "signed_by_role"]


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["text", "known_from"]


class SameSubjectSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="plan.slug")

    class Meta:
        model = Goal
        fields = ["plan", "number"]


class AnswerSerializer(serializers.ModelSerializer):
    outcome = serializers.ChoiceField(Outcome.choices)
    wording_before = serializers.CharField(help_text="Planens ordlyd før; tom: ikke skrevet.")
    wording_after = serializers.CharField(help_text="Planens nye ordlyd; tom: ingen.")
    meeting = serializers.DateField(allow_null=True, help_text="Udvalgets møde; null: ikke besluttet.")
    decision = serializers.CharField(help_text="Udvalgets beslutning.")
    version = serializers.IntegerField(help_text="Hver rettelse er en ny version; de gamle bliver stående.")

    class Meta:
        model = Answer
        fields = [
            "outcome", "reason", "wording_before", "wording_after", "author_role",
            "meeting", "decision", "version", "made_at", "demo",
        ]  # fmt: skip


class PointSerializer(serializers.ModelSerializer):
    party = serializers.CharField(source="party.slug")
    section = serializers.CharField(source="passage.section", help_text="Overskriften i planen.")
    passage = serializers.CharField(source="passage.name", help_text="Det stykke, punktet handler om.")
    stance = serializers.ChoiceField(Point.Stance.choices)
    kind = serializers.SerializerMethodField(help_text="Hvad et ønske vedrører; null: ikke angivet.")
    summary = serializers.CharField(help_text="Gengivet med andre ord end partens.")
    lines = serializers.CharField(help_text="Linjer i høringssvaret.")
    state = serializers.ChoiceField(STATES, help_text="received: der er ikke noget offentligt svar.")
    answer = AnswerSerializer(allow_null=True)
    notes = NoteSerializer(many=True, help_text="Hvad der siden er fundet ud af om punktet.")
    same_subject = SameSubjectSerializer(source="goals", many=True, help_text="Mål om det samme (udledt).")

    class Meta:
        model = Point
        fields = [
            "code", "party", "section", "passage", "stance", "kind", "summary", "lines", "known_from",
            "state", "answer", "notes", "same_subject",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(Point.Kind.choices, allow_null=True))
    def get_kind(self, point: Point) -> str | None:
        return point.kind or None


class HearingSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="plan.slug")
    known_from = serializers.DateField(help_text="Fra denne dag er høringen med, når der spørges med as_of.")
    opened_on = serializers.DateField(allow_null=True, help_text="Sendt i høring; null: ikke oplyst.")
    deadline = serializers.DateField(allow_null=True, help_text="null: ikke oplyst.")
    parties_complete = serializers.BooleanField(help_text="false: det er ikke oplyst, om flere er hørt.")
    document = serializers.CharField(help_text="Kilden.")
    parties = PartySerializer(many=True)
    points = serializers.SerializerMethodField(help_text="De punkter, der passer til det, der er spurgt om.")
    urls = Addresses(page="/hoeringer/{row.slug}/", plan="/api/v1/plans/{row.plan.slug}/")

    class Meta:
        model = Hearing
        fields = [
            "slug", "title", "plan", "known_from", "opened_on", "deadline",
            "parties_complete", "document", "parties", "points", "urls",
        ]  # fmt: skip

    @extend_schema_field(PointSerializer(many=True))
    def get_points(self, hearing: Hearing) -> list[dict[str, Any]]:
        asked = {name: value for name, value in self.context["asked"].items() if name in NARROWING}
        points = hearing.points.all()
        wanted = [p for p in points if all(NARROWING[name](p) == value for name, value in asked.items())]
        return serializers.ListSerializer(wanted, child=PointSerializer()).data


class Hearings(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Hvad andre har sagt om planerne, og hvad forvaltningen og udvalget svarede. Som fil: en række for hvert punkt."""

    queryset = Hearing.objects.all()
    serializer_class = HearingSerializer
    lookup_field = "slug"
    filters = (
        PLAN_WITH_OBJECTIVES,
        one_of("party", "Kun punkter fra denne part.", lambda _: party_slugs(), example="handicapraadet"),
        choice("stance", "Kun punkter med denne holdning.", Point.Stance.values),
        choice("state", "Kun punkter, der er nået hertil.", [value for value, _label in STATES]),
        choice("outcome", "Kun punkter med dette udfald.", Outcome.values),
    )

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        return Hearing.objects.whole(self.moment).filter(**chosen).order_by("plan__year", "slug")

    def columns(self) -> list[str]:
        """Of a file: what the hearing is, and one of its points with the answer."""
        return [*OF_HEARING, *OF_POINT, *OF_ANSWER, "notes", "same_subject"]

    def rows(self, result: dict[str, Any]) -> Iterable[dict[str, Any]]:
        names = {party["slug"]: party["name"] for party in result["parties"]}
        for point in result["points"]:
            answer = point["answer"] or dict.fromkeys(OF_ANSWER)
            notes = [f"{note['known_from']}: {note['text']}" for note in point["notes"]]
            same = [f"{goal['plan']} {goal['number']}" for goal in point["same_subject"]]
            told = point | {"party": names[point["party"]], "notes": " ".join(notes), "same_subject": same}
            yield told | answer | {name: result[name] for name in OF_HEARING}

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "asked": self.asked}
