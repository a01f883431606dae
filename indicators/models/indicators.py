"""What is measured, and where: areas, indicators and the breaks in them."""

from collections.abc import Iterable
from functools import partial
from typing import Self

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.frame import SCALE, breakdown_parts
from indicators.periods import Frequency
from indicators.translation import translated
from indicators.value_ranges import RANGES
from indicators.vocabulary import Vocabulary, codes_by_label


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

    def __str__(self) -> str:
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


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> Self:
        return self.filter(visibility=self.model.Visibility.PUBLIC)

    def vocabulary(self) -> Vocabulary:
        """What a delivery may name: these indicators, and every area and breakdown of the portal."""
        areas = Area.objects.using(self.db)
        return Vocabulary(
            frequencies={indicator.code: indicator.frequency for indicator in self},
            areas=dict(areas.values_list("name", "code")),
            units={indicator.code: indicator.unit for indicator in self},
            limits={indicator.code: limits for indicator in self if (limits := indicator.limits)},
            labels=codes_by_label((indicator.code, indicator.selection) for indicator in self),
            dimensions_in_use=partial(_dimensions_in_use, self.db),
            names=_codes_by_name(self),
            tables={indicator.code: indicator.table for indicator in self if indicator.table},
            year_to_date=frozenset(
                indicator.code for indicator in self if indicator.accumulation == self.model.Accumulation.YEAR_TO_DATE
            ),
            fractional=frozenset(indicator.code for indicator in self if indicator.decimals),
            values_in_use=partial(_values_in_use, self.db),
            delivered_on=timezone.localdate(),
        )


def _codes_by_name(indicators: Iterable["Indicator"]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for indicator in indicators:
        codes.setdefault(indicator.name, []).append(indicator.code)
    return codes


def _values_in_use(using: str) -> frozenset[tuple[str, str]]:
    series = apps.get_model("indicators", "Series").objects.using(using)
    breakdowns = series.exclude(breakdown="").values_list("breakdown", flat=True).distinct()
    return frozenset(part for breakdown in breakdowns for part in breakdown_parts(breakdown).items())


def _dimensions_in_use(using: str) -> frozenset[str]:
    return frozenset(dimension for dimension, _ in _values_in_use(using))


class Indicator(models.Model):
    """Something that is measured the same way over time, with all a reader needs to trust it."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("%")
        COUNT = "count", _("antal")
        RANK = "rank", _("placering")
        POINTS = "points", _("procentpoint")
        MONEY = "money", _("kroner")
        TIME = "time", _("tid")
        SCORE = "score", _("point på en skala")

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
    # The least and the most a figure can be, of a score or of a count that may be negative; null: as the unit has it.
    lowest = models.DecimalField("mindst", max_digits=14, decimal_places=4, null=True)
    highest = models.DecimalField("højst", max_digits=14, decimal_places=4, null=True)
    decimals = models.PositiveSmallIntegerField("decimaler", default=0)
    direction = models.CharField("retning", max_length=10, choices=Direction)
    accumulation = models.CharField("opgørelse", max_length=20, choices=Accumulation, default=Accumulation.STOCK)
    frequency = models.CharField("hyppighed", max_length=4, choices=Frequency, default=Frequency.MONTH)
    publisher = models.CharField("kilde", max_length=100)  # printed as "Kilde: …"
    source = models.CharField("indlæses fra", max_length=20)  # a Source
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

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> tuple[int, int] | None:
        """What a figure lies between, in ten-thousandths; None where the unit says it."""
        if self.lowest is None and self.highest is None:
            return None
        low, high = RANGES[self.unit]
        least = low if self.lowest is None else int(self.lowest * SCALE)
        return least, high if self.highest is None else int(self.highest * SCALE)

    @property
    def guarded(self) -> bool:
        """Must small numbers of it be withheld?"""
        return self.unit == self.Unit.COUNT and self.min_count > 0


class Break(models.Model):
    """A recorded change of definition: values on either side of the period do not compare."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    period = models.SmallIntegerField("periode")
    reason = models.CharField("begrundelse", max_length=300)
