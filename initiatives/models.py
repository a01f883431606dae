"""What is done: initiatives, the supplement's actions, partners, links to what was promised, statuses."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from goals.models import FocusArea, Goal, Objective, Plan, TargetGroup
from goals.models.plans import Confidence
from goals.models.versions import Version
from goals.workflow import State
from indicators.as_known import made_later
from indicators.models import Removable, StandingManager


class Partner(Removable):
    """Somebody the administration works with, as named in print."""

    class Type(models.TextChoices):
        INTERNAL = "internal", _("område i kommunen")
        STATE = "state", _("stat")
        MUNICIPALITY = "municipality", _("kommune")
        EDUCATION = "education", _("uddannelse")
        BUSINESS_SUPPORT = "business_support", _("erhvervsfremme")
        BUSINESS = "business", _("erhvervsliv")
        UNION = "union_akasse", _("fagbevægelse og a-kasser")
        CIVIL = "civil", _("civilsamfund")
        HEALTH = "health", _("sundhed")
        DEFENCE_POLICE = "defence_police", _("forsvar og politi")
        HOUSING = "housing", _("bolig")
        CONSULTANCY = "consultancy", _("rådgivning")
        PLATFORM = "platform", _("digital platform")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("navn", max_length=150)
    type = models.CharField("type", max_length=20, choices=Type)
    generic = models.BooleanField("fællesbetegnelse", default=False)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    maybe_same_as = models.ManyToManyField("self", symmetrical=True)
    printed_variants = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=200, blank=True)
    introduced_by = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="partners")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class InitiativeQuerySet(models.QuerySet):
    def known(self, moment: datetime) -> Self:
        """Those of plans that were known at the moment, without what was added in the portal later."""
        plans = self.filter(plan__known_from__lte=timezone.localtime(moment).date())
        return plans.exclude(made_later(self.model, "pk", moment))

    def written_by(self, user: User) -> Self:
        """Those whose status the person may write: the team's own, and those that no team has."""
        return self.filter(Q(team=None) | Q(team=user.team_id))


class Initiative(Removable):
    """Something the jobcenter does, or plans to do, for a target group, with partners."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="initiatives")
    code = models.CharField(max_length=20, unique=True)  # i-4.5-7
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField("indsats", max_length=200)
    summary = models.TextField("kort om", blank=True)
    planned = models.BooleanField("under planlægning eller afventer pulje", default=False)
    timing = models.CharField("tidspunkt", max_length=100, blank=True)
    # Empty or null: not printed, shown as "afklares".
    owner = models.CharField("ansvarlig", max_length=120, blank=True)  # a role or team, never a person's name
    # Who writes its status in the portal; no part of the plan's document.
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="initiatives")
    start = models.DateField("begynder", null=True)
    end = models.DateField("slutter", null=True)
    budget = models.DecimalField("budget (kr.)", max_digits=14, decimal_places=2, null=True)
    details = models.JSONField(default=dict, blank=True)  # facts, sectors, instruments, a note
    position = models.PositiveSmallIntegerField()
    partners = models.ManyToManyField(Partner, related_name="initiatives")
    target_groups = models.ManyToManyField(TargetGroup, related_name="initiatives")

    objects = StandingManager.from_queryset(InitiativeQuerySet)()  # type: ignore[misc]  # made at run time

    class Meta:
        ordering = ["position"]

    @property
    def key(self) -> str:
        """What the audit trail and the reminders call it."""
        return self.code

    def status_at(self, moment: datetime) -> "StatusUpdate | None":
        """The public status of the newest month, as known at the moment; prefetch `status_updates` for many."""
        known = (u for u in self.status_updates.all() if u.state == State.APPROVED and u.made_at <= moment)
        return max(known, key=lambda update: (update.period, update.made_at), default=None)

    def __str__(self) -> str:
        return self.name


class LinkKind(models.TextChoices):
    STATED = "stated", _("står i dokumentet")
    INFERRED = "inferred", _("udledt")


class LinkQuerySet(models.QuerySet):
    def known(self, day: date) -> Self:
        """Those whose other end stands in a plan that was known on the day."""
        ends = Q(objective__theme__plan__known_from__lte=day) | Q(goal__plan__known_from__lte=day)
        return self.filter(ends | Q(focus_area__introduced_by__known_from__lte=day))


class Link(Removable):
    """An initiative's tie to an objective, a goal or a focus area: printed, or inferred by us."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    objective = models.ForeignKey(Objective, null=True, on_delete=models.CASCADE, related_name="links")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.CASCADE, related_name="links")
    focus_area = models.ForeignKey(FocusArea, null=True, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    confidence = models.CharField(max_length=10, choices=Confidence)
    alternative = models.BooleanField(default=False)  # the less likely placing of an uncertain initiative

    objects = StandingManager.from_queryset(LinkQuerySet)()  # type: ignore[misc]  # made at run time

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_has_one_end",
                condition=Q(objective__isnull=False, goal__isnull=True, focus_area__isnull=True)
                | Q(objective__isnull=True, goal__isnull=False, focus_area__isnull=True)
                | Q(objective__isnull=True, goal__isnull=True, focus_area__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.objective or self.goal or self.focus_area}"


class Heading(Removable):
    """A heading that gathers a supplement's actions."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="headings")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_heading_per_code")]

    @property
    def key(self) -> str:
        return f"{self.plan.slug}/{self.code}"

    def __str__(self) -> str:
        return self.name


class Action(Removable):
    """Something a supplement adds to what is done, for the rest of the plan's year."""

    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, related_name="actions")
    code = models.SlugField(max_length=20)
    text = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    partners = models.ManyToManyField(Partner, related_name="actions")
    target_groups = models.ManyToManyField(TargetGroup, related_name="actions")

    class Meta:
        ordering = ["heading", "position"]
        constraints = [models.UniqueConstraint(fields=["heading", "code"], name="one_action_per_code")]

    @property
    def key(self) -> str:
        return f"{self.heading.plan.slug}/{self.code}"

    def __str__(self) -> str:
        return self.text


class ActionLink(Removable):
    """An action's tie to an initiative or a goal."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="links")
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.CASCADE, related_name="action_links")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.CASCADE, related_name="action_links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    confidence = models.CharField(max_length=10, choices=Confidence)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_link_has_one_end",
                condition=Q(initiative__isnull=False, goal__isnull=True)
                | Q(initiative__isnull=True, goal__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.initiative or self.goal}"


class StatusUpdate(Version):
    """How an initiative went in a month, in its owner's words."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Ikke begyndt")
        ON_TRACK = "on_track", _("Følger planen")
        DELAYED = "delayed", _("Forsinket")
        STOPPED = "stopped", _("Stoppet")
        DONE = "done", _("Afsluttet")

    ITEM = ("initiative", "period")
    CONTENT = ("status", "text", "author_role")
    NOUN = "status"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="status_updates")
    period = models.SmallIntegerField("måned")  # month number, see indicators.periods
    status = models.CharField(max_length=15, choices=Status)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "made_at"], name="one_status_per_moment"),
            models.UniqueConstraint(fields=["initiative", "period", "version"], name="one_status_per_version"),
        ]

    @property
    def subject(self) -> Initiative:
        return self.initiative

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_status_display()}"


class Reminder(models.Model):
    """What a person was told by e-mail. The row is what keeps it from being told twice."""

    class Kind(models.TextChoices):
        DUE = "due", "mangler status"
        OVERDUE = "overdue", "fristen er overskredet"
        RETURNED = "returned", "sendt tilbage"
        NEW_DATA = "new_data", "nye tal"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    item = models.CharField(max_length=120)  # an initiative's code, a measure's key
    period = models.SmallIntegerField()  # month number, see indicators.periods
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "item", "period"], name="one_reminder_per_item")]


class ReminderChoice(models.Model):
    """Whether a person wants reminders. Without a row: yes."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reminder_choice")
    wanted = models.BooleanField("send mig påmindelser", default=True)
