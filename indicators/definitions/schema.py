"""What an indicator file says of each indicator, and what it must say to be loaded."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from indicators import formats, periods
from indicators.models import SOURCE_NAMES, Indicator, Source
from indicators.periods import Frequency

Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


def _period_number(text: Any) -> int:
    return periods.parse(str(text))[1]


class BreakDefinition(BaseModel):
    """A change of definition; the values from `period` on do not compare with those before."""

    model_config = ConfigDict(extra="forbid")

    period: Annotated[int, BeforeValidator(_period_number)]
    reason: Annotated[Text, Field(max_length=300)]


class Selection(BaseModel):
    """What to ask a source for.

    Jobindsats: the measure by its column's label, and a value path in each hierarchy, or all groups of the only one.
    StatBank: a value of each variable, or several as `16..66`, which are added up.
    """

    model_config = ConfigDict(extra="forbid")

    measure: str = ""
    variants: list[Text] = []  # other names the column has gone by
    hierarchies: dict[str, Text] = {}
    groupings: list[Text] = []  # what the hierarchies' columns are called
    groups: dict[str, str] = {}  # of a table with one grouping: what each group is called → its breakdown, "" the whole
    variables: dict[str, Text] = {}


class IndicatorDefinition(BaseModel):
    """An indicator with all a reader needs to trust it. The fields are the model's."""

    model_config = ConfigDict(extra="forbid")

    code: Code
    name: Annotated[Text, Field(max_length=200)]
    definition: Text
    population: Annotated[str, Field(max_length=200)] = ""
    unit: Indicator.Unit
    unit_name: Annotated[str, Field(max_length=60)] = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    direction: Indicator.Direction
    accumulation: Indicator.Accumulation = Indicator.Accumulation.STOCK
    frequency: Frequency = Frequency.MONTH
    publisher: Annotated[Text, Field(max_length=100)]
    source: Annotated[str, Field(pattern=f"^({'|'.join(SOURCE_NAMES)})$")]
    table: Annotated[str, Field(max_length=40)] = ""
    selection: Selection | None = None
    newest_is_provisional: bool = False
    publication_lag: Annotated[int, Field(ge=0, le=1000)] = 35
    trend_threshold: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=4)] = Decimal(0)
    visibility: Indicator.Visibility = Indicator.Visibility.PUBLIC
    min_count: Annotated[int, Field(ge=0, le=1000)] = 0
    jump_limit: Annotated[int, Field(ge=0, le=1000)] = 50
    breaks: list[BreakDefinition] = []

    @model_validator(mode="after")
    def a_source_that_is_asked_has_its_question(self) -> "IndicatorDefinition":
        if self.source == Source.JOBINDSATS and not (self.table and self.selection and self.selection.measure):
            raise ValueError("an indicator from jobindsats needs table and selection")
        if self.source == Source.STATBANK and not (self.table and self.selection and self.selection.variables):
            raise ValueError("an indicator from statbank needs table and selection with variables")
        return self

    @model_validator(mode="after")
    def its_unit_can_be_told(self) -> "IndicatorDefinition":
        if self.unit in formats.NAMED and not self.unit_name:
            raise ValueError(f"unit {self.unit} needs unit_name: what it is counted in, as »mio. kr.« or »uger«")
        if self.unit == Indicator.Unit.SCORE and (self.lowest is None or self.highest is None):
            raise ValueError("a score needs lowest and highest: the ends of its scale")
        return self

    @model_validator(mode="after")
    def a_guarded_count_stands_for_its_own_period(self) -> "IndicatorDefinition":
        """Of numbers that add up periods the difference between two is a number too, and could be a small one."""
        if self.min_count and self.accumulation not in (Indicator.Accumulation.STOCK, Indicator.Accumulation.SUM):
            raise ValueError("min_count needs accumulation stock or sum: deliver each period's own number")
        return self

    def facts(self) -> dict[str, Any]:
        """The fields of the row, without the breaks, which are rows of their own."""
        selection = self.selection.model_dump(exclude_defaults=True) if self.selection else {}
        return self.model_dump(exclude={"breaks", "selection"}) | {"selection": selection}


class Definitions(RootModel[list[IndicatorDefinition]]):
    """An indicator file: a list of indicators, each code once."""

    @model_validator(mode="after")
    def each_code_once(self) -> "Definitions":
        codes = [definition.code for definition in self.root]
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise ValueError(f"the code stands twice: {', '.join(repeated)}")
        return self
