"""Which papers have been made for meetings. What stands in one is never stored: it is assembled from what was known."""

from django.db import models
from django.utils import timezone

from goals.models import Plan
from indicators.as_of import end_of


class MadePaper(models.Model):
    """A paper that was made for a meeting. Never changed: another sum of the same day is another row."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="papers")
    meeting = models.DateField("møde")
    sha256 = models.CharField("kontrolsum", max_length=64)  # of the data part, see reports.canonical_data
    made_at = models.DateTimeField("lavet", default=timezone.now)
    made_by = models.CharField("lavet af", max_length=254)  # as in the audit trail
    demo = models.BooleanField(default=False)  # a meeting that was made up for the demo

    class Meta:
        ordering = ["-meeting", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "plan", "sha256"], name="one_paper_per_sum"),
        ]

    @property
    def made_before_its_day_ended(self) -> bool:
        return self.made_at <= end_of(self.meeting)

    def __str__(self) -> str:
        return f"{self.meeting} · {self.plan}"
