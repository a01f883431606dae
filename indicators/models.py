"""What is measured, and the numbers: areas, indicators, series, observations and the batches that brought them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.missing import Missing
from indicators.periods import Frequency
from indicators.querysets import (
    BatchQuerySet,
    ImportRunQuerySet,
    IndicatorQuerySet,
    ObservationQuerySet,
    SeriesQuerySet,
)
from indicators.wording import translated

COMMAND = "import_indicators"  # the actor of runs by hand: the one who typed it sees it die, nobody repeats it
SOURCE_NAMES = {
    "jobindsats": "Jobindsats",
    "statbank": _("Danmarks Statistik"),
    "file": _("Filer fra kommunen"),
}
CURRENT = 2_147_483_647  # `batch_to` of a row that no later batch has closed; never null, so the key guards it


class Area(models.Model):
    """A place a number is about: the country, a region, a municipality, or a named group of municipalities."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("land")
        REGION = "region", _("region")
        MUNICIPALITY = "municipality", _("kommune")
        GROUP = "group", _("kommunegruppe")

    code = models.SlugField("kode", unique=True)
    name = models.CharField("navn", max_length=100)
    kind = models.CharField("art", max_length=20, choices=Kind)
    members = models.ManyToManyField("self", through="AreaMembership", symmetrical=False, related_name="groups")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        if self.kind == self.Kind.MUNICIPALITY:
            return gettext("{name} Kommune").format(name=self.name)
        return translated(self.name)


class AreaMembership(models.Model):
    """A municipality's place in a region or group, from one day to another; open ends are null."""

    group = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member", "valid_from"], name="one_membership_per_start")
        ]


class Indicator(models.Model):
    """Something that is measured the same way over time, with all a reader needs to trust it."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("%")
        COUNT = "count", _("antal")
        RANK = "rank", _("placering")

    class Direction(models.TextChoices):
        LOWER = "lower", _("lavere er bedre")
        HIGHER = "higher", _("højere er bedre")
        NONE = "none", _("ingen retning")

    class Accumulation(models.TextChoices):
        STOCK = "stock", _("bestand")
        SUM = "sum", _("sum i perioden")
        YEAR_TO_DATE = "year_to_date", _("år til dato")
        ROLLING_12 = "rolling_12", _("rullende 12 måneder")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("offentlig")
        INTERNAL = "internal", _("intern")

    code = models.SlugField("kode", max_length=80, unique=True)
    name = models.CharField("navn", max_length=200)
    definition = models.TextField("definition")
    population = models.CharField("population", max_length=200, blank=True)
    unit = models.CharField("enhed", max_length=20, choices=Unit)
    unit_name = models.CharField("enhedens navn", max_length=60, blank=True)  # e.g. fuldtidspersoner
    decimals = models.PositiveSmallIntegerField("decimaler", default=0)
    direction = models.CharField("retning", max_length=10, choices=Direction)
    accumulation = models.CharField("opgørelse", max_length=20, choices=Accumulation, default=Accumulation.STOCK)
    frequency = models.CharField("hyppighed", max_length=4, choices=Frequency, default=Frequency.MONTH)
    publisher = models.CharField("kilde", max_length=100)  # printed as "Kilde: …"
    source = models.CharField("indlæses fra", max_length=20)  # jobindsats | statbank | file
    table = models.CharField("tabel", max_length=40, blank=True)
    selection = models.JSONField("udvælgelse", default=dict)  # column label, hierarchies: what to ask the source for
    # The newest period rises at the next delivery (late registration): until then it is not final.
    newest_is_provisional = models.BooleanField("nyeste periode er foreløbig", default=False)
    publication_lag = models.PositiveSmallIntegerField("udgives efter (dage)", default=35)
    trend_threshold = models.DecimalField("uændret under", max_digits=8, decimal_places=4, default=0)
    visibility = models.CharField("synlighed", max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    min_count = models.PositiveSmallIntegerField("mindste antal", default=0)
    # A larger change than this share of the figure before it is only stored with a reason; 0 is no limit.
    jump_limit = models.PositiveSmallIntegerField("spring over (pct.)", default=50)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def guarded(self) -> bool:
        """Must small numbers of it be withheld?"""
        return self.unit == self.Unit.COUNT and self.min_count > 0


class Break(models.Model):
    """A recorded change of definition: values on either side of the period do not compare."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    period = models.SmallIntegerField("periode")
    reason = models.CharField("begrundelse", max_length=300)


class Series(models.Model):
    """One line of numbers: an indicator in an area, for one breakdown, real or synthetic, never both."""

    id = models.AutoField(primary_key=True)  # int4: a wider key would widen every observation
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="series")
    breakdown = models.CharField(max_length=200, default="", blank=True)  # canonical: "alder=18-29;koen=k"
    synthetic = models.BooleanField("demotal", default=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area", "breakdown", "synthetic"], name="one_series_per_key")
        ]


class Payload(models.Model):
    """The raw bytes of a delivery, compressed, kept so that they can be parsed again without being fetched."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes before compression

    def raw(self) -> bytes:
        import pyarrow  # slow to load, and the bytes are seldom wanted back

        return pyarrow.decompress(self.content, self.size, codec="zstd", asbytes=True)


class Batch(models.Model):
    """One import that changed something. Numbers and moments are given under one lock, so both orders agree."""

    id = models.AutoField(primary_key=True)
    known_from = models.DateTimeField("kendt fra", unique=True)
    source = models.CharField("kilde", max_length=20)  # jobindsats | statbank | file | demo | undo
    name = models.CharField("navn", max_length=200, blank=True)  # file name or table and request id
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    content = models.CharField(max_length=64, blank=True)  # digest of the sorted cells
    complete = models.BooleanField("komplet", default=False)  # what it does not hold was withdrawn
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    new = models.PositiveIntegerField("nye", default=0)
    changed = models.PositiveIntegerField("ændrede", default=0)
    withdrawn = models.PositiveIntegerField("trukket tilbage", default=0)
    unchanged = models.PositiveIntegerField("uændrede", default=0)
    actor = models.CharField("indlæst af", max_length=200, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    @property
    def size(self) -> int:
        """How many cells the delivery held."""
        return self.new + self.changed + self.unchanged


class ImportRun(models.Model):
    """One wish to bring figures in, from the asking to the end. The row is the truth, a message only a doorbell."""

    class State(models.TextChoices):
        DRAFT = "draft", _("afventer bekræftelse")
        QUEUED = "queued", _("i kø")
        RUNNING = "running", _("i gang")
        DONE = "done", _("gennemført")
        UNCHANGED = "unchanged", _("intet nyt")
        HELD = "held", _("holdt tilbage")
        FAILED = "failed", _("fejlet")
        INTERRUPTED = "interrupted", _("afbrudt, prøves igen")

    class Step(models.TextChoices):
        """How far a running one is; in this order."""

        FETCH = "fetch", _("henter fra kilden")
        READ = "read", _("læser tallene")
        CHECK = "check", _("holder dem op mod dem, portalen har")
        STORE = "store", _("gemmer")

    source = models.CharField("kilde", max_length=20)  # jobindsats | statbank | file
    table = models.CharField("tabel", max_length=40, blank=True)  # empty: all of the source's, or a file
    name = models.CharField("navn", max_length=200, blank=True)  # of the file
    state = models.CharField("tilstand", max_length=20, choices=State, default=State.QUEUED)
    step = models.CharField("trin", max_length=10, blank=True, choices=Step)
    actor = models.CharField("bestilt af", max_length=254, blank=True)
    approved_by = models.CharField("godkendt af", max_length=254, blank=True)
    reasons = models.JSONField("begrundelser", default=dict)  # indicator code → why its jump is right
    requested_at = models.DateTimeField("bestilt", default=timezone.now)
    rung_at = models.DateTimeField("sendt til arbejder", null=True)
    worker = models.CharField("arbejder", max_length=120, blank=True)  # see processes.py
    heartbeat_at = models.DateTimeField("livstegn", null=True)
    finished_at = models.DateTimeField("afsluttet", null=True)
    attempts = models.PositiveSmallIntegerField("forsøg", default=0)
    sha256 = models.CharField(max_length=64, blank=True)  # of the payload, kept while the run may need it
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="runs")
    new = models.PositiveIntegerField("nye", default=0)
    changed = models.PositiveIntegerField("ændrede", default=0)
    unchanged = models.PositiveIntegerField("uændrede", default=0)
    rejected = models.PositiveIntegerField("afviste", default=0)
    error = models.TextField("fejl", blank=True)
    problems = models.JSONField("problemer", default=list)  # see previews.ProblemGroup
    expectations = models.JSONField("forventninger", default=list)  # see expectations.Expectation
    request_ids = models.JSONField("kildens numre", default=list)
    update_latest = models.CharField("kildens seneste opdatering", max_length=40, blank=True)
    update_next = models.CharField("kildens næste opdatering", max_length=40, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "indlæsning", "indlæsninger"
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="running"), name="one_running_import_per_source"
            )
        ]

    def __str__(self):
        return f"{self.what} ({self.get_state_display()})"

    @property
    def what(self) -> str:
        """The file's name, or the source's with the table."""
        return self.name or f"{SOURCE_NAMES.get(self.source, self.source)} {self.table}".strip()

    @property
    def undone_by(self) -> Batch | None:
        """The batch that turned its figures back."""
        return getattr(self.batch, "undone_by", None) if self.batch else None

    @property
    def state_text(self) -> str:
        return gettext("fortrudt") if self.undone_by else self.get_state_display()

    @property
    def asked_by(self) -> str:
        return gettext("kommandolinjen") if self.actor == COMMAND else self.actor


class Observation(models.Model):
    """A value for one period. A revised value is closed and followed by a new row, never changed.

    No foreign-key constraints: the importer is the only writer, and a trigger a row makes imports thrice as slow.
    """

    pk = models.CompositePrimaryKey("series_id", "period", "batch_to")
    series = models.ForeignKey(Series, models.DO_NOTHING, db_constraint=False, db_index=False)
    batch_from = models.ForeignKey(
        Batch,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        db_column="batch_from",
    )
    batch_to = models.IntegerField(db_default=CURRENT)
    period = models.SmallIntegerField("periode")  # (year-1900)*12 + month-1 of the period's first month
    missing = models.SmallIntegerField(choices=Missing, db_default=0)
    provisional = models.BooleanField("foreløbig", db_default=False)
    value = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True)  # last: narrower rows

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(batch_to__gt=F("batch_from")), name="closed_after_opened"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, missing__gt=0) | Q(value__isnull=False, missing=0),
                name="value_or_reason",
            ),
        ]


class Withheld(models.Model):
    """A number that is not shown, since it is small or would tell a small one. Made by indicators.withholding."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="withheld", db_index=False)
    period = models.SmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "period", "value"], name="withheld_once")]
