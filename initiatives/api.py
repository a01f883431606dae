"""The API's part on what is done: initiatives, partners, and how the initiatives go."""

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.exceptions import APIException
from rest_framework.relations import SlugRelatedField
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import ApiToken
from accounts.token_authentication import WRITING, holder_with, once
from goals.api.plans import PLAN, PLAN_WITH_OBJECTIVES
from goals.models import Plan, TargetGroup
from goals.texts.versions import Stale, TextRefused
from indicators import periods
from indicators.api.as_known import AsKnown
from indicators.as_known import made_later
from indicators.data_version import cached_per_version
from indicators.http.json_body import Body, InvalidBody, checked
from indicators.http.parameters import choice, one_of
from indicators.http.viewset import Addresses, NumberField, ReadOnlyViewSet, problems_for
from initiatives.models import Initiative, Link, Partner, StatusUpdate
from initiatives.status.write import LONGEST_ROLE, LONGEST_TEXT, write_status


@cached_per_version
def initiative_slugs() -> frozenset[str]:
    return frozenset(Initiative.objects.filter(plan__known_from__isnull=False).values_list("slug", flat=True))


@cached_per_version
def partner_slugs() -> frozenset[str]:
    return frozenset(Partner.objects.values_list("slug", flat=True))


@cached_per_version
def target_group_slugs() -> frozenset[str]:
    return frozenset(TargetGroup.objects.values_list("slug", flat=True))


OWN_PLAN = replace(PLAN_WITH_OBJECTIVES, description="Planen, som indsatsen står i.")
SERVED_PLAN = replace(
    PLAN, name="serves", description="En plan, hvis mål, målsætninger eller fokusområder indsatsen bidrager til."
)
INITIATIVE = one_of(
    "initiative", "En indsats' navn i adressen.", lambda _: initiative_slugs(), example="task-force-viborg"
)
PARTNER = one_of("partner", "En partners navn i adressen.", lambda _: partner_slugs(), example="mercantec")
TARGET_GROUP = one_of("target_group", "En målgruppe.", lambda _: target_group_slugs(), example="flygtninge")


class PartnerSerializer(serializers.ModelSerializer):
    part_of: "SlugRelatedField[Partner]" = SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    generic = serializers.BooleanField(help_text="En fællesbetegnelse, ikke en bestemt partner.")
    maybe_same_as: "SlugRelatedField[Partner]" = SlugRelatedField(slug_field="slug", read_only=True, many=True)
    printed_variants = serializers.ListField(child=serializers.CharField(), help_text="Andre stavemåder i planerne.")
    introduced_by: "SlugRelatedField[Plan]" = SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    urls = Addresses(page="/partnere/{row.slug}/", initiatives="/api/v1/initiatives/?partner={row.slug}")

    class Meta:
        model = Partner
        fields = [
            "slug", "name", "type", "generic", "part_of", "maybe_same_as", "printed_variants", "note", "introduced_by",
            "urls",
        ]  # fmt: skip


class Partners(AsKnown, mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Dem, kommunen arbejder sammen med, som de er nævnt i planerne."""

    queryset = Partner.objects.all()
    serializer_class = PartnerSerializer
    lookup_field = "slug"
    filters = (choice("type", "Slags partner.", Partner.Type.values),)

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"type": self.asked["type"]} if "type" in self.asked else {}
        known = Partner.objects.exclude(introduced_by__known_from__gt=self.day).filter(**chosen)
        there = known.exclude(made_later(Partner, "pk", self.moment))
        return there.select_related("part_of", "introduced_by").prefetch_related("maybe_same_as").order_by("slug")


class LinkSerializer(serializers.Serializer):
    """One of objective, goal and focus_area is there."""

    plan = serializers.SerializerMethodField()
    objective = serializers.CharField(source="objective.number", allow_null=True, default=None)
    goal = serializers.IntegerField(source="goal.number", allow_null=True, default=None)
    focus_area = serializers.CharField(source="focus_area.code", allow_null=True, default=None)
    kind = serializers.CharField(help_text="stated: står i dokumentet; inferred: udledt.")
    confidence = serializers.CharField()

    def get_plan(self, link: Link) -> str:
        if link.objective:
            return link.objective.theme.plan.slug
        return next(end.plan.slug for end in (link.goal, link.focus_area) if end)


class StatusSerializer(serializers.ModelSerializer):
    initiative = serializers.CharField(source="initiative.slug")
    period = serializers.SerializerMethodField()
    version = serializers.IntegerField(help_text="Hver rettelse er en ny version; de gamle bliver stående.")
    state = serializers.CharField(help_text="approved: kan læses af alle; submitted: venter på en godkender.")
    demo = serializers.BooleanField(help_text="Demotekst: opdigtet for at vise portalen.")
    urls = Addresses(page="/indsatser/{row.initiative.slug}/", initiative="/api/v1/initiatives/{row.initiative.slug}/")

    class Meta:
        model = StatusUpdate
        fields = [
            "initiative", "period", "status", "text", "author_role", "version", "state",
            "written_at", "made_at", "demo", "urls",
        ]  # fmt: skip

    def get_period(self, update: StatusUpdate) -> str:
        return periods.iso(update.period, periods.Frequency.MONTH)


def _serving(slug: str) -> QuerySet[Link, Any]:
    plans = Q(goal__plan__slug=slug) | Q(objective__theme__plan__slug=slug) | Q(focus_area__plan__slug=slug)
    return Link.objects.filter(plans).values("initiative")


class InitiativeSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="plan.slug")
    owner = serializers.CharField(help_text="En rolle eller et team; tom: afklares.")
    start = serializers.DateField(allow_null=True, help_text="null: afklares.")
    end = serializers.DateField(allow_null=True, help_text="null: afklares.")
    budget = NumberField(allow_null=True, help_text="Kroner; null: afklares.")
    partners: "SlugRelatedField[Partner]" = SlugRelatedField(slug_field="slug", read_only=True, many=True)
    target_groups: "SlugRelatedField[TargetGroup]" = SlugRelatedField(slug_field="slug", read_only=True, many=True)
    links = LinkSerializer(many=True, help_text="De målsætninger, mål og indsatsområder, indsatsen hører til.")
    status = serializers.SerializerMethodField(help_text="Den nyeste status.")
    urls = Addresses(
        page="/indsatser/{row.slug}/",
        plan="/api/v1/plans/{row.plan.slug}/",
        status_updates="/api/v1/status-updates/?initiative={row.slug}",
    )

    class Meta:
        model = Initiative
        fields = [
            "plan", "code", "slug", "name", "summary", "planned", "timing", "owner", "start", "end", "budget",
            "partners", "target_groups", "links", "status", "urls",
        ]  # fmt: skip

    @extend_schema_field(StatusSerializer(allow_null=True))
    def get_status(self, initiative: Initiative) -> dict[str, Any] | None:
        update = initiative.status_at(self.context["moment"])
        return StatusSerializer(update, context=self.context).data if update else None


class Initiatives(AsKnown, mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Indsatserne med partnere, målgrupper, det de skal bidrage til, og den nyeste status."""

    queryset = Initiative.objects.all()
    serializer_class = InitiativeSerializer
    lookup_field = "slug"
    filters = (OWN_PLAN, SERVED_PLAN, PARTNER, TARGET_GROUP)

    def get_queryset(self) -> QuerySet[Any]:
        paths = {"plan": "plan__slug", "partner": "partners__slug", "target_group": "target_groups__slug"}
        chosen = {path: self.asked[name] for name, path in paths.items() if name in self.asked}
        known = Initiative.objects.known(self.moment).filter(**chosen).select_related("plan")
        if "serves" in self.asked:
            known = known.filter(pk__in=_serving(self.asked["serves"]))
        ties = Link.objects.known(self.day).order_by("id")
        ties = ties.select_related("objective__theme__plan", "goal__plan", "focus_area__plan")
        updates = StatusUpdate.objects.select_related("initiative")
        whole = (Prefetch("links", ties), Prefetch("status_updates", updates), "partners", "target_groups")
        return known.prefetch_related(*whole).order_by("plan__year", "position", "slug")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "moment": self.moment}


class NewStatusSerializer(Body):
    """What a program writes: the same rules as for people."""

    initiative = serializers.CharField(help_text="Indsatsens slug.")
    period = serializers.CharField(help_text="En måned: 2020-11.")
    status = serializers.ChoiceField(StatusUpdate.Status.choices)
    text = serializers.CharField(
        max_length=LONGEST_TEXT, allow_blank=True, help_text="Kræves ved forsinket og stoppet."
    )
    author_role = serializers.CharField(max_length=LONGEST_ROLE, help_text="En rolle eller et team, aldrig et navn.")
    seen = serializers.IntegerField(
        required=False, min_value=0, max_value=32_767,
        help_text="Den version, teksten er skrevet på (0: ingen); 409, hvis der er kommet en nyere. Kan udelades.",
    )  # fmt: skip


EXAMPLE = {
    "initiative": "task-force-viborg",
    "period": "2020-11",
    "status": "on_track",
    "text": "Tolv virksomheder er besøgt.",
    "author_role": "Virksomhedsservice",
}


class NewerVersion(APIException):
    status_code = 409


class StatusUpdates(mixins.ListModelMixin, ReadOnlyViewSet):
    """Hvordan det går med indsatserne, måned for måned. Nyeste først. En status bliver aldrig ændret, kun fulgt."""

    queryset = StatusUpdate.objects.all()
    serializer_class = StatusSerializer
    http_method_names = ["get", "head", "options", "post"]
    filters = (INITIATIVE, choice("status", "Hvordan det går.", StatusUpdate.Status.values))

    def get_queryset(self) -> QuerySet[Any]:
        paths = {"initiative": "initiative__slug", "status": "status"}
        chosen = {path: self.asked[name] for name, path in paths.items() if name in self.asked}
        known = StatusUpdate.objects.public(self.moment).filter(initiative__plan__known_from__lte=self.day)
        return known.filter(**chosen).select_related("initiative").order_by("-made_at", "initiative__position", "id")

    @extend_schema(
        request=NewStatusSerializer,
        responses={
            201: StatusSerializer,
            200: StatusSerializer,
            **problems_for(400, 401, 403, 409, 413, 415, 422, 429),
        },
        parameters=[WRITING],
        examples=[OpenApiExample("Status på en indsats", value=EXAMPLE, request_only=True)],
        description=(
            "Skriv en status. Kræver en nøgle med write:status. 200: den var skrevet med samme nøgle før. "
            "Når godkendelse er slået til, ses den af andre, når en godkender har sagt ja."
        ),
    )
    def create(self, request: Request) -> Response:
        holder = holder_with(request, ApiToken.Scope.WRITE_STATUS)
        answer, now = once(request, holder, lambda: _write(request, holder))
        return Response(answer, status=201 if now else 200)


def _write(request: Request, holder: Any) -> dict[str, Any]:
    facts = dict(checked(NewStatusSerializer(data=request.data)))
    own = Initiative.objects.written_by(holder.token.user)
    initiative = own.filter(slug=facts["initiative"]).first()
    if initiative is None:
        allowed = own.values_list("slug", flat=True)
        raise InvalidBody([("/initiative", "den er ikke blandt dem, du skriver status på.", sorted(allowed))])
    try:
        month = _month(facts["period"])
        update = write_status(**facts | {"initiative": initiative, "period": month}, by=holder.token.user)
    except TextRefused as refused:
        raise InvalidBody([(f"/{refused.field}", refused.reason, [])]) from None
    except Stale as stale:
        raise NewerVersion(str(stale)) from None
    return StatusSerializer(update, context={"request": request}).data


def _month(text: str) -> int:
    try:
        frequency, month = periods.parse(text)
    except ValueError as error:
        raise TextRefused("period", str(error)) from None
    if frequency != periods.Frequency.MONTH:
        raise TextRefused("period", "skriv en måned, fx 2020-11.")
    return month
