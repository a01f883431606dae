"""Plans and the parts of them that are not goals: themes, objectives, focus areas, statements, questions."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.querysets import ObjectiveQuerySet, ThemeQuerySet
from indicators.models import Removable, StandingManager


class Confidence(models.TextChoices):
    """How sure we are of a fact read out of a document."""

    CERTAIN = "certain", _("trykt")
    HIGH = "high", _("høj")
    MEDIUM = "medium", _("middel")
    LOW = "low", _("lav")
    UNKNOWN = "unknown", _("ukendt")


class Plan(models.Model):
    """A document of the municipality that promises something: a strategy, a plan, a supplement to a plan."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("strategi")
        MINISTERIAL = "ministerial", _("beskæftigelsesministerens mål")
        PLAN = "plan", _("beskæftigelsesplan")
        SUPPLEMENT = "supplement", _("tillæg")

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("art", max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField("år")
    summary = models.TextField("kort om", blank=True)
    supplements = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="supplement_set", verbose_name="tillæg til"
    )
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followers", verbose_name="afløser"
    )
    current = models.BooleanField("vises på forsiden", default=False)
    # From this day `kendt` shows the document. Null: a draft, which no public page and no answer of the API shows.
    known_from = models.DateField("kendt fra", null=True)
    adopted_on = models.DateField("vedtaget", null=True)  # null: not printed, shown as "afklares"
    period_start = models.DateField("mål gælder fra")
    period_end = models.DateField("mål gælder til")
    document = models.CharField("kildedokument", max_length=200, blank=True)

    class Meta:
        ordering = ["year", "slug"]
        constraints = [models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="one_current_plan")]

    def events_with_supplements(self, day: date) -> list["Event"]:
        """What is drawn behind the plan's charts, as stated by the plan and by supplements known on the day."""
        stated = Q(plan=self) | Q(plan__supplements=self, plan__known_from__lte=day)
        return list(Event.objects.filter(stated).order_by("start"))

    @property
    def within_a_year(self) -> bool:
        """Whether its period lies in one calendar year, so that a month's name says which one is meant."""
        return self.period_start.year == self.period_end.year

    def __str__(self) -> str:
        return self.title


class Event(Removable):
    """Something that happened while a plan ran and is drawn behind its charts, e.g. the lockdown."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=100)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        ordering = ["plan", "start"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="one_event_per_name")]

    def __str__(self) -> str:
        return self.name


class Section(Removable):
    """A heading in the plan's own table of goals, as printed, with a short form for narrow places."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_section_per_code")]

    def __str__(self) -> str:
        return self.name


class TargetGroup(Removable):
    """The people or businesses an effort is for. Ages are given where a document gives them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField("navn", max_length=120)
    ages = models.JSONField(default=dict, blank=True)  # where used → age span, e.g. {"mål 4": "18-29"}
    introduced_by = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="target_groups")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FocusArea(Removable):
    """An area the committee gave special attention; a supplement may add one."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="focus_areas")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    introduced_by = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    target_groups = models.ManyToManyField(TargetGroup, related_name="focus_areas")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_focus_area_per_code")]

    def __str__(self) -> str:
        return self.name


class Theme(Removable):
    """A theme that gathers objectives, e.g. one of the five of the Sammenhængsmodel."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    vision = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = StandingManager.from_queryset(ThemeQuerySet)()  # type: ignore[misc]  # made at run time

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_theme_per_number")]

    def __str__(self) -> str:
        return self.name


class Objective(Removable):
    """An objective in the wording that held between two days; null ends are open or unknown."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="objectives")
    number = models.CharField("nr.", max_length=10)
    name = models.TextField("målsætning")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    number_confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.CERTAIN)

    objects = StandingManager.from_queryset(ObjectiveQuerySet)()  # type: ignore[misc]  # made at run time

    class Meta:
        ordering = ["theme", "number", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "number", "valid_from"], name="one_wording_at_a_time"),
            models.UniqueConstraint(
                fields=["theme", "number"], condition=Q(valid_from=None), name="one_wording_without_a_start"
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the wording held on the day; of rows that are read already, as `valid_on` asks the database."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to >= day)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ObjectiveTarget(Removable):
    """A number an objective's own text names, e.g. 92 % in 2025."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="targets")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField(null=True)
    what = models.CharField(max_length=200, blank=True)
    better = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=200, blank=True)

    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["objective", "position"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "position"], name="one_objective_target_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}"


class Priority(Removable):
    """Whether an objective was marked as prioritised in a year. Null is unknown, never "nej"."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="priorities")
    year = models.PositiveSmallIntegerField()
    prioritised = models.BooleanField(null=True)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.UNKNOWN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "year"], name="one_priority_per_year")]

    def __str__(self) -> str:
        return f"{self.objective.number} {self.year}"


class Statement(Removable):
    """What a document says besides goals: a challenge, an angle, a task, a measure it lists, a process."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=40)  # the document's own grouping: challenge, task, public_measure …
    code = models.SlugField(max_length=60)
    text = models.TextField()
    perspective = models.CharField(max_length=40, blank=True)  # kommune | virksomhed | borger | system
    details = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_statement_per_code")]

    def __str__(self) -> str:
        return self.text


class Settles(models.TextChoices):
    """What an answer settles beyond its words."""

    ADOPTION = "adoption", _("hvornår tillæggets mål blev vedtaget")
    BASIS = "basis", _("hvilket tal i målets periode der bedømmes")
    ROUNDING = "rounding", _("om værdien rundes af som målet er trykt")
    POPULATION = "population", _("hvad andelen er en andel af")


class OpenQuestion(Removable):
    """Something the documents leave open. Shown as "afklares" until it is answered."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="open_questions")
    code = models.CharField(max_length=10)
    text = models.TextField()
    about = models.JSONField(default=list)  # codes of what it concerns: measures, initiatives, parts
    goals = models.ManyToManyField("goals.Goal", related_name="open_questions")
    settles = models.CharField(max_length=12, choices=Settles, blank=True)  # empty: words alone

    class Meta:
        ordering = ["plan", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_question_per_code")]

    @property
    def answer(self) -> "Answer | None":
        """The newest; a page that shows a day prefetches those known then."""
        return next(iter(self.answers.all()), None)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Answer(Removable):
    """What an authorised person answered. Append-only: a better answer is another row."""

    question = models.ForeignKey(OpenQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField("svar")
    source = models.CharField("kilde", max_length=300)  # a meeting, a case, a document
    known_from = models.DateField()
    given_by = models.CharField(max_length=254, blank=True)  # the account; not shown in public

    class Meta:
        ordering = ["-known_from", "-id"]

    def __str__(self) -> str:
        return self.text
