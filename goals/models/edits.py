"""What rows said before somebody changed them in the portal."""

from django.db import models


class Edit(models.Model):
    """What a field said until it was changed in the portal. Never changed, never deleted.

    A field with an edit is the portal's: `load_plan` tells of a difference and leaves it. Who and why is in the audit.
    """

    kind = models.CharField(max_length=40)  # the model's name; no foreign key, since any kind of row has edits
    row = models.BigIntegerField()
    field = models.CharField(max_length=40, blank=True)  # empty: the row was made then, and was not there before
    before = models.TextField(null=True)  # the value as text; ties as keys with commas; null: there was none
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "row", "field"], name="goals_edit_kind_row_field")]

    def __str__(self):
        return f"{self.kind} {self.row}: {self.field or 'ny'}"
