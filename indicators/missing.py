"""Why a number is missing. Pure."""

from django.db.models.enums import IntegerChoices
from django.utils.translation import gettext_lazy as _


class MissingReason(IntegerChoices):
    """The reason why an observation has no value; 0 for one that has."""

    NOT_MISSING = 0, ""
    SUPPRESSED = 1, _("for få personer")
    NOT_PUBLISHED = 2, _("ikke offentliggjort")
    NOT_MEASURED = 3, _("ikke opgjort")
    BELOW_MIN_COUNT = 4, _("under mindste antal")
    WITHDRAWN = 5, _("trukket tilbage")
