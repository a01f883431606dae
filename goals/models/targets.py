"""Goals, their measures, the targets set for them, and what the administration and the committee said."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from goals.judging import Verdict, changed
from goals.models.plans import Confidence, FocusArea, Plan, Section
from goals.models.querysets import TargetQuerySet
from goals.models.versions import Version
from indicators.models import Area, Indicator, Removable


class Goal(Removable):
    """A numbered goal of a plan: measured, met only when all its measures are; a milestone; or words alone."""

    class Kind(models.TextChoices):
        MEASURED = "measured", _("måles med tal")
        MILESTONE = "milestone", _("milepæl: noget er gjort")
        WORDS = "words", _("ord uden tal")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField("nr.")
    printed_number = models.CharField("nr. som trykt", max_length=12, blank=True)  # "1.2"; empty: the number itself
    kind = models.CharField("art", max_length=10, choices=Kind, default=Kind.MEASURED)
    # Of a milestone: the last day it can be done in time, and of how many. Null: no day is set, one thing is done.
    due = models.DateField("senest", null=True, blank=True)
    wanted = models.PositiveIntegerField("antal i alt", null=True, blank=True)
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
    def shown_number(self) -> str:
        """As the plan prints it: "1.2", or the number itself."""
        return self.printed_number or str(self.number)

    @property
    def can_be_asked(self) -> bool:
        """The contact tells how: by a mail address or a telephone number."""
        return "@" in self.contact or any(character.isdigit() for character in self.contact)


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
    """What a goal is measured by: one series (indicator, area, breakdown), and what is read of it."""

    class Reads(models.TextChoices):
        FIGURE = "figure", _("tallet selv")
        DIFFERENCE = "difference", _("forskellen til et andet tal")
        PLACE = "place", _("pladsen blandt kommuner")

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
    reads = models.CharField("læser", max_length=10, choices=Reads, default=Reads.FIGURE)
    # What a difference is to, or the group a place is in; of a place, none is all municipalities.
    against = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    against_indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    with_own = models.BooleanField("egen kommune med i gennemsnittet", default=False)
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
        return f"{self.goal.shown_number}{self.part}"

    @property
    def stated(self) -> "list[Target]":
        """Its targets, the oldest first; one that was only stated anew stands once, as it was stated last."""
        found: list[Target] = []
        for target in self.targets.all():
            same = next((other for other in reversed(found) if other.kind == target.kind), None)
            if same and same.promise == target.promise:
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
        CHANGE = "change", _("ændring fra et udgangspunkt")

    class Basis(models.TextChoices):
        NEWEST = "newest", _("det seneste endelige tal i målets periode")
        LAST = "last", _("periodens sidste tal, fx december")
        AVERAGE = "average", _("gennemsnittet af periodens tal")
        ROLLING = "rolling", _("gennemsnittet af de seneste 12 måneder")
        TOTAL = "total", _("summen af periodens tal")

    # What is promised, whoever states it: what a copy of the target carries on.
    PROMISE = (
        "rule", "value", "printed", "basis", "rounded", "strict", "by", "by_percent", "baseline", "baseline_period",
        "near", "due", "path",
    )  # fmt: skip

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField(max_length=10, choices=Kind)
    rule = models.CharField(max_length=10, choices=Rule)
    # Of a value and a ceiling. Null: there is to be one, and it is not known.
    value = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True)
    strict = models.BooleanField("lige med er ikke nok", default=False)
    # Of a change: at most, or at least, so much from a baseline, which is typed or the reading of a period.
    by = models.DecimalField("ændring", max_digits=14, decimal_places=4, null=True)
    by_percent = models.BooleanField("ændringen er i procent af udgangspunktet", default=False)
    baseline = models.DecimalField("udgangspunkt", max_digits=14, decimal_places=4, null=True)
    baseline_period = models.SmallIntegerField("udgangspunktets periode", null=True)  # a month number
    near = models.DecimalField("tæt på inden for", max_digits=20, decimal_places=9, default=0)  # the reading's unit
    due = models.SmallIntegerField("senest", null=True)  # the last month it speaks of; null: the plan's last
    path = models.JSONField("trin", default=list, blank=True)  # [{"due": month number, "value": "72.6", "printed": ""}]
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

    @property
    def promise(self) -> tuple[object, ...]:
        """What is promised, whatever else is known of it: how near counts as near is no promise."""
        return tuple(str(getattr(self, name)) for name in self.PROMISE if name not in ("basis", "rounded", "near"))

    @property
    def restated(self) -> bool:
        """The same value again, with something known about it that was not; asked of rows read `with_before`."""
        return (self.rule_before, self.value_before) == (self.rule, self._said)

    @property
    def aim(self) -> Decimal | None:
        """The number a figure is held against, where the target itself says it: not of a path or a moving baseline."""
        return changed(self.baseline, self.by, self.by_percent) if self.rule == self.Rule.CHANGE else self.value

    @property
    def _said(self) -> Decimal | None:
        return self.baseline if self.rule == self.Rule.CHANGE else self.value

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
