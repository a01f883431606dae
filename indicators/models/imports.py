"""What brings numbers: payloads as they came, the batches that changed something, and the runs that made them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COMMAND = "import_indicators"  # the actor of runs by hand: the one who typed it sees it die, nobody repeats it


class Source(models.TextChoices):
    """Where figures come from, as batches, runs and indicators keep it."""

    JOBINDSATS = "jobindsats", "Jobindsats"
    STATBANK = "statbank", _("Danmarks Statistik")
    FILE = "file", _("Filer fra kommunen")
    API = "api"
    DEMO = "demo"  # the one source of synthetic figures
    UNDO = "undo"


# Those that an indicator is imported from, as people call them.
SOURCE_NAMES: "dict[str, StrOrPromise]" = {
    source: source.label for source in (Source.JOBINDSATS, Source.STATBANK, Source.FILE)
}


class Payload(models.Model):
    """The raw bytes of a delivery, compressed, kept so that they can be parsed again without being fetched."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes before compression

    def raw(self) -> bytes:
        import pyarrow  # slow to load, and the bytes are seldom wanted back

        return pyarrow.decompress(self.content, self.size, codec="zstd", asbytes=True)


class BatchQuerySet(models.QuerySet["Batch"]):
    def known_at(self, moment: datetime) -> int:
        """The number of the newest batch at the moment, 0 before the first: the data version of that day."""
        return self.filter(known_from__lte=moment).aggregate(newest=models.Max("id"))["newest"] or 0

    def latest_of(self, source: str, *, complete: bool = False) -> "Batch | None":
        """The newest batch of all, if its repetition says nothing new: it is the source's own, and nobody undid or
        changed anything since. Else None: what was taken or changed may come again."""
        batch = self.order_by("id").last()
        if batch is None or batch.source != source or batch.undoes_id or (complete and not batch.complete):
            return None
        return batch

    def repeated(self, sha256: str, source: str, *, complete: bool = False) -> "Batch | None":
        """The source's latest batch if these bytes are what it was made of, or None."""
        batch = self.latest_of(source, complete=complete)
        return batch if batch and sha256 and batch.sha256 == sha256 else None


class Batch(models.Model):
    """One import that changed something. Numbers and moments are given under one lock, so both orders agree."""

    id = models.AutoField(primary_key=True)
    known_from = models.DateTimeField("kendt fra", unique=True)
    source = models.CharField("kilde", max_length=20)  # a Source
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


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def waiting(self) -> Self:
        """What a worker may begin on."""
        State = self.model.State
        return self.filter(state__in=[State.QUEUED, State.INTERRUPTED])

    def ahead_of(self, run: Any) -> Self:
        """What its source has to do before it."""
        State = self.model.State
        unfinished = self.filter(source=run.source, state__in=[State.QUEUED, State.INTERRUPTED, State.RUNNING])
        return unfinished.filter(requested_at__lt=run.requested_at)

    def successful(self) -> Self:
        return self.filter(state__in=[self.model.State.DONE, self.model.State.UNCHANGED])


class ImportRun(models.Model):
    """One wish to bring figures in, from the asking to the end. The rows are the queue, not the messages."""

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

    source = models.CharField("kilde", max_length=20)  # a Source
    table = models.CharField("tabel", max_length=40, blank=True)  # empty: all of the source's, or a file
    name = models.CharField("navn", max_length=200, blank=True)  # of the file
    state = models.CharField("tilstand", max_length=20, choices=State, default=State.QUEUED)
    step = models.CharField("trin", max_length=10, blank=True, choices=Step)
    actor = models.CharField("bestilt af", max_length=254, blank=True)
    approved_by = models.CharField("godkendt af", max_length=254, blank=True)
    reasons = models.JSONField("begrundelser", default=dict)  # indicator code → why its jump is right
    shown = models.CharField("det, der blev vist", max_length=64, blank=True)  # fingerprint of what was confirmed
    reading = models.JSONField("læsningen", default=dict)  # what was read of the file and what was left out
    requested_at = models.DateTimeField("bestilt", default=timezone.now)
    rung_at = models.DateTimeField("sendt til arbejder", null=True)
    worker = models.CharField("arbejder", max_length=120, blank=True)  # see ingest/liveness.py
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
    problems = models.JSONField("problemer", default=list)  # see files/errors.py, ProblemGroup
    expectations = models.JSONField("forventninger", default=list)  # see ingest/quality_rules.py, Expectation
    left_out = models.JSONField("udeladt", default=list)  # see frame.py, LeftOut
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

    def __str__(self) -> str:
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
