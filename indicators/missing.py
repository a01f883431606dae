"""Why a number is missing. Pure."""

from django.db.models.enums import IntegerChoices


class Missing(IntegerChoices):
    """The reason why an observation has no value; 0 for one that has."""

    NOT_MISSING = 0, ""
    SUPPRESSED = 1, "for få personer"
    NOT_PUBLISHED = 2, "ikke offentliggjort"
    NOT_MEASURED = 3, "ikke opgjort"
    BELOW_MIN_COUNT = 4, "under mindste antal"
    WITHDRAWN = 5, "trukket tilbage"
