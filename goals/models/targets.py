"""Goals, their measures, the targets set for them, and what the administration and the committee said."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from goals.judging import Verdict
from goals.models.plans import Confidence, FocusArea, Objective, Plan, Section
from goals.models.querysets import TargetQuerySet
from goals.models.versions import Version
from indicators.models import Area, Indicator, Removable


class Goal(Removable):
    """A numbered goal of a plan. It has one or more measures, and is met only when all of them are."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField("nr.")
    title = models.TextField("mål")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="goals")
    ministerial = models.BooleanField("beskæftigelsesministermål", default=False)
    focus_areas = models.ManyToManyField(FocusArea, through="GoalFocus", related_name="goals")
    related = models.ManyToManyField("self", symmetrical=True)  # the same aim in another plan
    contact = models.CharField("spørgsmål til", max_length=200, blank=True)  # a role, never a person's name

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_goal_per_number")]

    def __str__(self) -> str:
        return f"Mål {self.number}: {self.title}"

    @property
    def can_be_asked(self) -> bool:
        """The contact tells how: by a mail address or a telephone number."""
        return "@" in self.contact or any(character.isdigit() for character in self.contact)


class Succession(Removable):
    """What became of a goal in the plan that follows its own. A goal without one is not known: "afklares"."""

    class Outcome(models.TextChoices):
        CONTINUED = "continued", _("videreført")
        CHANGED = "changed", _("ændret")
        DROPPED = "dropped", _("udgået")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="successions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="successions")
    outcome = models.CharField("udfald", max_length=10, choices=Outcome)
    successor = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="predecessions")
    note = models.CharField("bemærkning", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "goal"], name="one_outcome_per_goal_and_plan")]

    def __str__(self) -> str:
        return f"{self.goal} → {self.get_outcome_display()}"


class ObjectiveSuccession(Removable):
    """What became of an objective in the plan that follows its own; as for goals, nothing said is "afklares"."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objective_successions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="successions")
    outcome = models.CharField("udfald", max_length=10, choices=Succession.Outcome)
    successor = models.ForeignKey(Objective, null=True, on_delete=models.PROTECT, related_name="predecessions")
    note = models.CharField("bemærkning", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "objective"], name="one_outcome_per_objective_and_plan")]

    def __str__(self) -> str:
        return f"{self.objective} → {self.get_outcome_display()}"


class GoalFocus(Removable):
    """A goal's tie to a focus area: printed, or inferred by us."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE)
    focus_area = models.ForeignKey(FocusArea, on_delete=models.CASCADE)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.HIGH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "focus_area"], name="one_tie_per_goal_and_focus_area")]

    def __str__(self) -> str:
        return f"{self.goal} · {self.focus_area}"


class Measure(Removable):
    """What a goal is measured by: one series (indicator, area, breakdown) and how near counts as near."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measures")
    code = models.SlugField(max_length=20)  # m04a
    part = models.CharField(max_length=2, blank=True)  # "a" in goal 4a
    name = models.TextField("som trykt")
    short_name = models.CharField("kort navn", max_length=40)
    subject = models.CharField("hvad og hvem", max_length=200)  # "Andel af 18-29-årige på midlertidig forsørgelse"
    better = models.CharField(max_length=10, choices=Indicator.Direction)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="measures")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="measures")
    breakdown = models.CharField(max_length=200, default="", blank=True)
    tolerance_percent = models.DecimalField("tæt på inden for (% af målet)", max_digits=6, decimal_places=3, default=3)
    denominator = models.CharField("andel af", max_length=200, blank=True)
    # How many the share is of, so that a gap can be told in persons. Null: not known, and not guessed.
    population = models.PositiveIntegerField("andel af (antal)", null=True)
    population_period = models.CharField("antallet gælder", max_length=40, blank=True)
    population_source = models.CharField("antallets kilde", max_length=200, blank=True)
    population_derived = models.BooleanField("antallet er afledt", default=False)
    footnote_mark = models.CharField(max_length=5, blank=True)
    footnote = models.TextField("fodnote", blank=True)
    ambiguity = models.TextField("uklart i planen", blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="measures")

    class Meta:
        ordering = ["goal", "part"]
        constraints = [models.UniqueConstraint(fields=["goal", "code"], name="one_measure_per_code")]

    @property
    def number(self) -> str:
        return f"{self.goal.number}{self.part}"

    @property
    def stated(self) -> "list[Target]":
        """Its targets, the oldest first; one that was only stated anew stands once, as it was stated last."""
        found: list[Target] = []
        for target in self.targets.all():
            same = next((other for other in reversed(found) if other.kind == target.kind), None)
            if same and (same.rule, same.value, same.printed) == (target.rule, target.value, target.printed):
                found[found.index(same)] = target
            else:
                found.append(target)
        return found

    @property
    def key(self) -> str:
        """What the audit trail and the reminders call it."""
        return f"{self.goal.plan.slug}/{self.code}"

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"


class Decision(Removable):
    """What the committee decided, with where to read it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.CASCADE, related_name="decisions")
    code = models.SlugField(max_length=40)
    meeting = models.DateField("møde", null=True)
    case_number = models.CharField("sagsnummer", max_length=60, blank=True)
    link = models.URLField(blank=True)
    text = models.TextField("beslutning")
    known_from = models.DateField()

    class Meta:
        ordering = ["meeting"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_decision_per_code")]

    def __str__(self) -> str:
        return self.text


class Target(models.Model):
    """A value promised for a measure. Append-only: a change of target is another row."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("oprindeligt mål")
        REVISED = "revised", _("nyt mål (tillæg)")

    class Rule(models.TextChoices):
        VALUE = "value", _("mål")
        CEILING = "ceiling", _("loft")  # a rise is expected: met while at or under the value
        RELATIVE = "relative", _("bedre end")  # strictly better than the yardstick

    class Basis(models.TextChoices):
        NEWEST = "newest", _("det seneste endelige tal i målets periode")
        LAST = "last", _("periodens sidste tal, fx december")
        AVERAGE = "average", _("gennemsnittet af periodens tal")
        ROLLING = "rolling", _("gennemsnittet af de seneste 12 måneder")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField(max_length=10, choices=Kind)
    rule = models.CharField(max_length=10, choices=Rule)
    value = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True)  # null: yardstick unknown
    printed = models.CharField("som trykt", max_length=120)
    basis = models.CharField("bedømmes på", max_length=10, choices=Basis, default=Basis.NEWEST)
    rounded = models.BooleanField("værdien rundes af som målet", default=False)
    document = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="targets")
    valid_from = models.DateField("gælder fra", null=True)  # null: the date is not known, "afklares"
    known_from = models.DateField("kendt fra")
    reason = models.TextField("begrundelse", blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.CERTAIN)

    objects = TargetQuerySet.as_manager()
    rule_before: str | None  # of rows read `with_before`
    value_before: Decimal | None

    class Meta:
        ordering = ["measure", "known_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(rule="relative") | Q(value__isnull=False), name="target_has_a_value")
        ]

    @property
    def restated(self) -> bool:
        """The same value again, with something known about it that was not; asked of rows read `with_before`."""
        return (self.rule_before, self.value_before) == (self.rule, self.value)

    def __str__(self) -> str:
        return f"{self.measure.code} {self.printed}"


class Assessment(Version):
    """The administration's own words on a measure, beside the calculated verdict, never instead of it."""

    class Confidence(models.TextChoices):
        LOW = "low", _("lav")
        MEDIUM = "medium", _("middel")
        HIGH = "high", _("høj")

    ITEM = ("measure", "period")
    CONTENT = (
        "verdict", "confidence", "headline", "why", "doing", "outlook", "undecided", "reason", "author_role",
    )  # fmt: skip
    NOUN = "assessment"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="assessments")
    period = models.SmallIntegerField("periode")  # of the figure that is assessed; see indicators.periods
    verdict = models.CharField("vurdering", max_length=10)  # goals.judging.Verdict
    outlook = models.TextField("forventning", blank=True)
    confidence = models.CharField("sikkerhed", max_length=10, choices=Confidence)
    headline = models.CharField("kort hvorfor", max_length=90)
    why = models.TextField("hvorfor")
    doing = models.TextField("hvad gør vi")
    undecided = models.TextField("hvad mangler vi beslutning om", blank=True)
    reason = models.TextField("begrundelse for at afvige", blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "made_at"], name="one_assessment_per_moment"),
            models.UniqueConstraint(fields=["measure", "period", "version"], name="one_assessment_per_version"),
        ]

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.verdict).label)

    @property
    def subject(self) -> Measure:
        return self.measure

    def __str__(self) -> str:
        return self.headline
