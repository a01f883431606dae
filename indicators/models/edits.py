"""What rows said before they were changed, by somebody in the portal or by a file."""

from django.db import models


class Edit(models.Model):
    """What a field said until it was changed. Never changed, never deleted; who and why is in the audit trail.

    A field that was changed in the portal is the portal's: `load_plan` tells of a difference and leaves it. What a
    file changed stays the file's.
    """

    kind = models.CharField(max_length=40)  # the model's name; no foreign key, since any kind of row has edits
    row = models.BigIntegerField()
    field = models.CharField(max_length=40, blank=True)  # empty: the row was made then, and was not there before
    before = models.TextField(null=True)  # the value as text; ties as keys with commas; null: there was none
    at = models.DateTimeField()
    by_file = models.BooleanField(default=False)

    class Meta:
        db_table = "goals_edit"  # where it was first kept; any app's rows have edits now
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "row", "field"], name="goals_edit_kind_row_field")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}: {self.field or 'ny'}"
