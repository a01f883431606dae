"""The API's part on the committee's papers: which there are, how the goals stand in each, and where to fetch it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers

from goals.api.plans import PLAN
from goals.judging import Verdict
from indicators.data_version import cached_per_version
from indicators.http.parameters import one_of
from indicators.http.viewset import Addresses, ReadOnlyViewSet
from reports.models import MadePaper
from reports.queries import Counts, papers, plan_title, verdict_counts


@cached_per_version
def meeting_days() -> frozenset[str]:
    return frozenset(day.isoformat() for day in MadePaper.objects.values_list("meeting", flat=True))


MEETING = one_of("meeting", "Mødets dag.", lambda _: meeting_days(), example="2020-09-15")
SETS = ("original", "revised")
COUNTED = {"type": "object", "properties": {verdict: {"type": "integer"} for verdict in Verdict.values}}


class ReportSerializer(serializers.ModelSerializer):
    meeting = serializers.DateField(help_text="Mødets dag.")
    as_of = serializers.DateField(source="meeting", help_text="Bilaget viser det, der var kendt, da dagen sluttede.")
    plan = serializers.CharField(source="plan.slug")
    title = serializers.SerializerMethodField()
    sha256 = serializers.CharField(help_text="Kontrolsum af bilagets data; den samme, når bilaget laves igen.")
    made_at = serializers.DateTimeField(help_text="Hvornår bilaget blev lavet.")
    verdicts = serializers.SerializerMethodField(help_text="Antal mål efter bedømmelse, mod hvert sæt mål.")
    demo = serializers.BooleanField(help_text="Et opdigtet møde, der viser portalen.")
    urls = Addresses(
        page="/moeder/{row.meeting}/",
        pdf="/moeder/{row.meeting}.pdf",
        docx="/moeder/{row.meeting}.docx",
        xlsx="/moeder/{row.meeting}.xlsx",
        plan="/api/v1/plans/{row.plan.slug}/",
        goals="/api/v1/goals/?plan={row.plan.slug}&as_of={row.meeting}",
    )

    class Meta:
        model = MadePaper
        fields = ["meeting", "as_of", "plan", "title", "sha256", "made_at", "verdicts", "demo", "urls"]

    def get_title(self, paper: MadePaper) -> str:
        return f"Opfølgning på {plan_title(paper.plan_id, paper.meeting)}"

    @extend_schema_field(
        {"type": "object", "properties": {"original": COUNTED, "revised": COUNTED}, "additionalProperties": False}
    )
    def get_verdicts(self, paper: MadePaper) -> Counts:
        return verdict_counts(paper.plan_id, paper.meeting)


class Reports(mixins.ListModelMixin, ReadOnlyViewSet):
    """Bilag til udvalgets møder: hvornår, hvordan målene stod, og hvor bilaget kan hentes."""

    queryset = MadePaper.objects.all()
    serializer_class = ReportSerializer
    filters = (PLAN, MEETING)

    def columns(self) -> list[str]:
        """Of a file: each count in a column of its own."""
        at = super().columns()
        place = at.index("verdicts")
        return at[:place] + [f"{kind}_{verdict}" for kind in SETS for verdict in Verdict.values] + at[place + 1 :]

    def rows(self, result: dict[str, Any]) -> Iterable[dict[str, Any]]:
        counts = {f"{kind}_{verdict}": n for kind in SETS for verdict, n in result["verdicts"][kind].items()}
        return [result | counts]

    def get_queryset(self) -> QuerySet[Any]:
        names = {"plan": "plan__slug", "meeting": "meeting"}
        chosen = {names[name]: self.asked[name] for name in names if name in self.asked}
        return papers(self.moment).filter(**chosen).order_by("-meeting", "plan__slug")
