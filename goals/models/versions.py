"""Texts that are written, approved and corrected in versions, and the months that are closed to them."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from goals.workflow import State

AnyVersion = TypeVar("AnyVersion", bound="Version")


class VersionQuerySet(models.QuerySet[AnyVersion]):
    """Asks a text's versions; an item is what `ITEM` of the model names, e.g. an initiative in a month."""

    def public(self, moment: datetime) -> Self:
        """What everybody could read at the moment: approved, and not later than that."""
        return self.filter(state=State.APPROVED, made_at__lte=moment)

    def newest(self) -> Self:
        """The last version of each item, whatever its state."""
        same_item = {field: OuterRef(field) for field in self.model.ITEM}
        return self.filter(~Exists(self.model.objects.filter(**same_item, version__gt=OuterRef("version"))))


class Version(models.Model):
    """One version of a text about a period. Never changed: every save, return and approval is another version."""

    ITEM: ClassVar[tuple[str, ...]]  # what the text is of: its subject and, where it has one, its period
    CONTENT: ClassVar[tuple[str, ...]]  # what its writer said
    NOUN: ClassVar[str]  # what the audit trail calls it

    period: "models.SmallIntegerField[Any, int]"  # a month number; of those whose ITEM names it

    version = models.PositiveIntegerField("version", default=1)
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.DRAFT)
    note = models.TextField("besked fra godkender", blank=True)
    actor = models.CharField("gjort af", max_length=254, blank=True)  # an e-mail, as in the audit trail
    client_id = models.UUIDField(null=True, unique=True)  # made by the sender, so that sending twice saves once
    author_role = models.CharField("skrevet af", max_length=120)
    written_at = models.DateTimeField("skrevet")
    made_at = models.DateTimeField("gemt")  # when this version came to be: for an approved one, when it was approved
    demo = models.BooleanField("demotekst", default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """What the text is of: a row with a `key` for the audit trail and the `team_id` of who writes, or None."""
        return getattr(self, self.ITEM[0])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version is never changed: add another.")
        self.written_at = self.written_at or self.made_at
        super().save(*args, **kwargs)


class ClosedPeriod(models.Model):
    """A month whose texts stand as they are. Opened again it is gone from here; the audit trail keeps both."""

    period = models.SmallIntegerField("måned", unique=True)  # month number, see indicators.periods
    closed_at = models.DateTimeField("lukket", auto_now_add=True)
    closed_by = models.CharField("lukket af", max_length=254)
    reason = models.CharField("begrundelse", max_length=200, blank=True)

    class Meta:
        ordering = ["-period"]
