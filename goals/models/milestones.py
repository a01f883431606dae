"""How far a milestone is: what was reported done, and when it was known. Append-only."""

from django.db import models

from goals.models.targets import Goal


class Progress(models.Model):
    """A report on a milestone: done on a day, or so many of the wanted number. A better report is another row."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="progress")
    done_on = models.DateField("gjort", null=True, blank=True)
    count = models.PositiveIntegerField("antal gjort", null=True, blank=True)
    source = models.CharField("kilde", max_length=300, blank=True)
    known_from = models.DateField("kendt fra")
    given_by = models.CharField(max_length=254, blank=True)  # the account; not shown in public

    class Meta:
        ordering = ["goal", "known_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=False) | models.Q(count__isnull=False),
                name="progress_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal} · {self.done_on or self.count}"
