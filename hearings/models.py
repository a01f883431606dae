"""What others say of a plan, and the answers. What was said and what was answered is never changed, only added to."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Min, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Plan
from goals.models.versions import Version, VersionQuerySet
from goals.natural_keys import slug_of
from hearings.workflow import PUBLIC, Outcome, State
from indicators.models import Removable


@dataclass(frozen=True)
class SectionHeard:
    """A heading of the plan with what was said of the paragraphs under it."""

    name: str
    points: "list[Point]"

    @property
    def anchor(self) -> str:
        return slug_of(self.name)

    @property
    def passages(self) -> "list[tuple[Passage, list[Point]]]":
        grouped = groupby(self.points, key=lambda point: point.passage)
        return [(passage, list(points)) for passage, points in grouped]


@dataclass(frozen=True)
class SectionCount:
    """A heading of the plan, and how many points a hearing has on it."""

    hearing: str  # its slug
    name: str
    points: int

    @property
    def anchor(self) -> str:
        return slug_of(self.name)


class HearingQuerySet(models.QuerySet):
    def known(self, day: date) -> Self:
        """Those that were public on the day, of plans that were."""
        return self.filter(known_from__lte=day, plan__known_from__lte=day).select_related("plan")

    def counted(self, day: date) -> "list[SectionCount]":
        """How much had been said of each heading, in the plan's order. One query."""
        said = self.known(day).filter(points__known_from__lte=day)
        sections = said.values_list("slug", "points__passage__section")
        rows = sections.annotate(Count("points"), first=Min("points__passage__position")).order_by("slug", "first")
        return [SectionCount(slug, section, count) for slug, section, count, _first in rows]

    def whole(self, moment: datetime) -> Self:
        """With what was said, annotated and answered in public by the moment."""
        day = timezone.localtime(moment).date()
        return self.known(day).prefetch_related("parties", Prefetch("points", Point.objects.whole(moment)))


class Hearing(models.Model):
    """A plan that was sent out for others to comment on."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField("titel", max_length=200)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="hearings")
    # From this day `kendt` shows it. Null: a draft, which no public page and no answer of the API shows.
    known_from = models.DateField("kendt fra", null=True)
    opened_on = models.DateField("sendt i høring", null=True)  # null: not printed, shown as "ikke oplyst"
    deadline = models.DateField("frist", null=True)
    parties_complete = models.BooleanField("alle hørte er kendt", default=False)
    document = models.CharField("kildedokument", max_length=200, blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering = ["-plan__year", "slug"]

    @property
    def sections(self) -> "list[SectionHeard]":
        """What was said, under the plan's headings in their order; of rows read with their points."""
        said = sorted(self.points.all(), key=lambda point: (point.passage.position, point.position))
        grouped = groupby(said, key=lambda point: point.passage.section)
        return [SectionHeard(name, list(points)) for name, points in grouped]

    def __str__(self) -> str:
        return self.title


class Party(Removable):
    """Somebody who was heard. Never a person: who signs does so in a role."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="parties")
    slug = models.SlugField(max_length=60)
    name = models.CharField("navn", max_length=150)
    answered = models.BooleanField("har svaret", null=True)  # null: not known
    received_on = models.DateField("modtaget", null=True)
    signed_by_role = models.CharField("underskrevet af", max_length=60, blank=True)  # a role, never a person's name
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["hearing", "position"]
        constraints = [models.UniqueConstraint(fields=["hearing", "slug"], name="one_party_per_slug")]

    @property
    def key(self) -> str:
        return f"{self.hearing.slug}/{self.slug}"

    def __str__(self) -> str:
        return self.name


class Passage(Removable):
    """A paragraph of the plan that was sent out, under the heading where it stood."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="passages")
    code = models.SlugField(max_length=60)
    section = models.CharField("afsnit", max_length=100)
    name = models.CharField("stykke", max_length=150)
    text = models.TextField("planens tekst", blank=True)  # empty: not among the documents
    retold = models.TextField("som svaret gengiver det", blank=True)  # by a response, in our words
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["hearing", "position"]
        constraints = [models.UniqueConstraint(fields=["hearing", "code"], name="one_passage_per_code")]

    @property
    def key(self) -> str:
        return f"{self.hearing.slug}/{self.code}"

    def __str__(self) -> str:
        return f"{self.section}: {self.name}"


class PointQuerySet(models.QuerySet):
    def whole(self, moment: datetime) -> Self:
        """Those known at the moment, with their notes and public answers, newest answer first."""
        day = timezone.localtime(moment).date()
        return (
            self.filter(known_from__lte=day)
            .select_related("party", "passage")
            .prefetch_related(
                Prefetch("notes", Note.objects.filter(known_from__lte=day)),
                Prefetch("answers", Answer.objects.public(moment).order_by("-version")),
                Prefetch("goals", Goal.objects.filter(plan__known_from__lte=day).select_related("plan")),
            )
        )


class Point(models.Model):
    """One thing a party said of a paragraph, retold. The database refuses to change or delete it: see `Note`."""

    class Stance(models.TextChoices):
        SUPPORT = "support", _("støtte")
        SUPPORT_WITH_WISH = "support_with_wish", _("støtte med et ønske")
        CONCERN = "concern", _("bekymring")
        REQUEST = "request", _("ønske om ændring")

    class Kind(models.TextChoices):
        EDITORIAL = "editorial", _("redaktionelt")
        CONTENT = "content", _("indhold")

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="points")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="points")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="points")
    code = models.SlugField(max_length=20)  # h1
    stance = models.CharField("holdning", max_length=20, choices=Stance)
    kind = models.CharField("vedrører", max_length=10, choices=Kind, blank=True)
    summary = models.TextField("resumé")
    lines = models.CharField("linjer i kilden", max_length=40, blank=True)
    known_from = models.DateField("kendt fra")
    position = models.PositiveSmallIntegerField()
    goals = models.ManyToManyField(Goal, related_name="hearing_points")  # on the same matter; inferred by us

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["hearing", "code"], name="one_point_per_code")]

    @property
    def key(self) -> str:
        """What the audit trail calls it."""
        return f"{self.hearing.slug}/{self.code}"

    @property
    def answer(self) -> "Answer | None":
        """The newest; a page that shows a moment prefetches those public then."""
        return next(iter(self.answers.all()), None)

    @property
    def state(self) -> State:
        return State(self.answer.state) if self.answer else State.RECEIVED

    def __str__(self) -> str:
        return f"{self.code} {self.summary}"


class Note(models.Model):
    """What was found out about a point later, e.g. a misreading. Append-only, as the point is."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField("bemærkning")
    known_from = models.DateField("kendt fra")

    class Meta:
        ordering = ["known_from", "id"]

    @property
    def key(self) -> str:
        return self.point.key

    def __str__(self) -> str:
        return self.text


class AnswerQuerySet(VersionQuerySet["Answer"]):
    def public(self, moment: datetime) -> Self:
        return self.filter(state__in=PUBLIC, made_at__lte=moment)

    def waiting(self, hearing: Hearing) -> Self:
        """Those that are written and not recommended yet."""
        written = self.newest().filter(point__hearing=hearing, state=State.ANSWERED)
        return written.select_related("point").order_by("point__position")


class Answer(Version):
    """What the administration answers to a point, and what the committee decided."""

    ITEM = ("point",)
    CONTENT = (
        "outcome", "reason", "wording_before", "wording_after", "author_role", "meeting", "decision",
    )  # fmt: skip
    NOUN = "hearing answer"

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField("tilstand", max_length=12, choices=State)
    outcome = models.CharField("udfald", max_length=16, choices=Outcome)
    reason = models.TextField("begrundelse")
    wording_before = models.TextField("ordlyd før", blank=True)
    wording_after = models.TextField("ordlyd efter", blank=True)
    meeting = models.DateField("udvalgets møde", null=True)
    decision = models.TextField("udvalgets beslutning", blank=True)

    objects: ClassVar = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["point", "version"], name="one_answer_per_version"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="answer_has_an_outcome"),
            models.CheckConstraint(condition=~Q(reason=""), name="answer_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ACCEPTED) | ~Q(wording_after=""), name="accepted_answer_has_a_new_wording"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED) | Q(meeting__isnull=False), name="decided_answer_has_a_meeting"
            ),
        ]

    @property
    def subject(self) -> Point:
        return self.point

    def __str__(self) -> str:
        return f"{self.point.code}: {self.get_outcome_display()}"
