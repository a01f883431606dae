"""Answers of Jobindsats version 3 as a frame, column by column. Pure.

`null` is either suppressed (the smallest published count is 3) or not there, and the two cannot be told apart:
both become "not published". The form of measure groups was not seen in any answer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from indicators import periods
from indicators.areas import is_no_place
from indicators.frame import Frame, SeriesKey, joined
from indicators.label_matching import normalised
from indicators.missing import MissingReason
from indicators.sources.errors import SourceError
from indicators.sources.jobindsats.json_slabs import slabs_of
from indicators.sources.jobindsats.left_out import LeftOutRows
from indicators.sources.jobindsats.metadata import hierarchy_names, measure_names, place_names
from indicators.sources.jobindsats.numbers import scaled_column
from indicators.sources.jobindsats.query import AREA_HIERARCHY, Measure, Query
from indicators.sources.repeats import without_repeats
from indicators.vocabulary import Vocabulary

PLACES = ("Periode", "Område")  # the first columns of every answer
OUTSIDE = ""  # instead of an area's code


def frame_of_answers(texts: Iterable[str], query: Query, metadata: dict, vocabulary: Vocabulary) -> Frame:
    reader = Reader(query, metadata, vocabulary)
    try:
        frames = [frame for text in texts for frame in reader.frames(text)]
    except SourceError:
        raise
    except (ValueError, RecursionError):
        raise SourceError("Jobindsats svarede ikke med JSON; prøv igen senere.") from None
    except (TypeError, ArithmeticError):  # lists for words, numbers beyond all measure
        raise SourceError("Jobindsats svarede i en form, portalen ikke kender.") from None
    return reader.finished(joined(frames))


class Meanings(dict):
    """What each distinct text means, found once."""

    def __init__(self, meaning: Callable[[Any], Any]) -> None:
        super().__init__()
        self.meaning = meaning

    def __missing__(self, text: Any) -> Any:
        found = self[text] = self.meaning(text)
        return found


class Reader:
    """Columns: period, area, one for each hierarchy, then the measures under Danish labels that drift."""

    def __init__(self, query: Query, metadata: dict, vocabulary: Vocabulary) -> None:
        self.query, self.metadata, self.vocabulary = query, metadata, vocabulary
        self.grouping = len(PLACES) + len(query.hierarchies)  # where the groups stand, if there are any
        self.first = self.grouping + bool(query.groups)
        self.breakdowns = {normalised(label): breakdown for label, breakdown in query.groups}
        self.periods, self.areas = Meanings(self._period), Meanings(self._area)
        self.groups = Meanings(self._group)
        self.listed = place_names(metadata, AREA_HIERARCHY)
        self.labels: list[Any] | None = None  # the one choice in each hierarchy, as it is called
        self.left_out = LeftOutRows()

    def frames(self, text: str) -> Iterator[Frame]:
        answer, slabs = slabs_of(text)
        if not isinstance(answer, dict):
            raise SourceError("Jobindsats svarede i en form, portalen ikke kender.")
        rows = next(slabs, None)
        self.columns: list[str] = answer.get("columns") or []
        if not self.columns or not rows:
            raise SourceError("svaret er tomt; de tal, portalen har, er ikke rørt.")
        self._check_keys()
        places = self._places(measure_names(self.metadata))
        yield self._frame(rows, places)
        for rows in slabs:
            yield self._frame(rows, places)

    def finished(self, frame: Frame) -> Frame:
        """Each cell once, those that are left out counted, and the newest period provisional where it is said so."""
        if not len(frame):
            raise SourceError("svaret har ingen områder, som portalen kender.")
        once = without_repeats(frame, self._named, len(self.query.measures))
        marked = {measure.indicator for measure in self.query.measures if measure.newest_is_provisional}
        of_marked = np.array([key.indicator in marked for key in once.keys], bool)[once.series]
        provisional = of_marked & (once.period == max(self.periods.values()))
        return replace(once, provisional=provisional, left_out=(*once.left_out, *self.left_out.told()))

    def _frame(self, rows: list[list], places: list[tuple[Measure, int]]) -> Frame:
        columns = self._columns(rows)
        period = np.fromiter(map(self.periods.__getitem__, columns[0]), np.int16)
        codes = [self.areas[label] for label in columns[1]]
        groups = [self.groups[label] for label in columns[self.grouping]] if self.query.groups else [""] * len(codes)
        lines = list(zip(codes, groups, strict=True))
        numbers = {line: number for number, line in enumerate(dict.fromkeys(line for line in lines if line[0]))}
        line = np.fromiter((numbers.get(found, -1) for found in lines), np.int32)
        inside = line >= 0
        self.left_out.add(columns, np.flatnonzero(~inside), places)
        keys = [SeriesKey(measure.indicator, *found) for measure, _ in places for found in numbers]
        series = [line[inside] + n * len(numbers) for n in range(len(places))]
        values = [scaled_column(columns[place], self.columns[place]) for _, place in places]
        value = np.concatenate([found[inside] for found, _ in values])
        missing = np.concatenate([absent[inside] for _, absent in values]).astype(np.int8) * int(
            MissingReason.NOT_PUBLISHED
        )
        period = np.tile(period[inside], len(places))
        return Frame(keys, np.concatenate(series), period, value, missing, np.zeros(len(value), bool))

    def _columns(self, rows: list[list]) -> list[tuple]:
        """As wide as the header, and of one choice in each hierarchy."""
        width = len(self.columns)
        for row in rows:
            if not isinstance(row, list) or len(row) != width:
                count = len(row) if isinstance(row, list) else 1
                raise SourceError(f"en række har {count} felter, men der er {width} kolonner.")
        columns = list(zip(*rows, strict=True))
        chosen = columns[2 : self.grouping]
        labels = [column[0] for column in chosen]
        self.labels = self.labels or labels
        if labels != self.labels or any(set(column) != {column[0]} for column in chosen):
            raise SourceError(f"svaret blander flere værdier i {', '.join(self.columns[2 : self.grouping])}.")
        return columns

    def _check_keys(self) -> None:
        """Period, area and groupings are called what they should be, as far as anybody says what that is."""
        known = {normalised(label) for label in self.query.groupings}
        known |= hierarchy_names(self.metadata, [name for name, _ in self.query.hierarchies])
        expected = [{normalised(name)} for name in PLACES] + [known] * (self.first - len(PLACES))
        for column, names in zip(self.columns, expected, strict=False):
            if names and normalised(column) not in names:
                raise SourceError(f"ukendt kolonne »{column}«.")

    def _places(self, offered: set[str]) -> list[tuple[Measure, int]]:
        """Where each measure stands. A column that nobody knows is refused by name, not guessed at."""
        wanted = {normalised(label) for measure in self.query.measures for label in measure.labels}
        for column in self.columns[self.first :]:
            if normalised(column) not in offered | wanted:
                raise SourceError(f"ukendt kolonne »{column}«.")
        return [(measure, self._place(measure)) for measure in self.query.measures]

    def _place(self, measure: Measure) -> int:
        labels = {normalised(label) for label in measure.labels}
        found = [n for n, column in enumerate(self.columns) if n >= self.first and normalised(column) in labels]
        if len(found) != 1:
            raise SourceError(f"kolonnen »{measure.labels[0]}« {'står to gange' if found else 'mangler'} i svaret.")
        return found[0]

    def _period(self, text: Any) -> int:
        try:
            frequency, period = periods.parse(str(text))
        except ValueError as error:
            raise SourceError(f"{error}.") from None
        wanted = self.query.period_type
        if frequency != periods.LETTERS[wanted] or ("MYTD" in str(text).upper()) != (wanted == "MYTD"):
            raise SourceError(f"perioden {text} er ikke af typen {wanted}.")
        return period

    def _area(self, label: Any) -> str:
        """The area's code, or OUTSIDE for a member that the table lists and that is no area of the portal."""
        name = str(label).strip().removesuffix(" Kommune")
        if name not in self.vocabulary.areas and name not in self.listed and not is_no_place(name):
            raise SourceError(f"ukendt område »{label}«.")
        return self.vocabulary.areas.get(name, OUTSIDE)

    def _group(self, label: Any) -> str:
        if normalised(label) not in self.breakdowns:
            raise SourceError(f"ukendt gruppe »{label}« i kolonnen »{self.columns[self.grouping]}«.")
        return self.breakdowns[normalised(label)]

    def _named(self, key: SeriesKey, period: int) -> str:
        area = next(label for label, code in self.areas.items() if code == key.area)
        group = next((f", {label}" for label, found in self.groups.items() if found == key.breakdown), "")
        text = next(text for text, number in self.periods.items() if number == period)
        return f"{area}{group} i {text}"
