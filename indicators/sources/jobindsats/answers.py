"""Answers of Jobindsats version 3 as a frame, column by column. Pure.

`null` is either suppressed (the smallest published count is 3) or not there, and the two cannot be told apart:
both become "not published". The form of measure groups was not seen in any answer.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from indicators import periods
from indicators.areas import NO_MUNICIPALITY
from indicators.frame import LIMIT, SCALE, Frame, SeriesKey, joined
from indicators.label_matching import normalised
from indicators.missing import MissingReason
from indicators.sources.errors import SourceError
from indicators.sources.jobindsats.json_slabs import slabs_of
from indicators.sources.jobindsats.metadata import hierarchy_names, measure_names
from indicators.sources.jobindsats.query import Measure, Query
from indicators.vocabulary import Vocabulary

PLACES = ("Periode", "Område")  # the first columns of every answer
NUMERIC = {int, Decimal, type(None)}
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
    return reader.with_marks(joined(frames))


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
        self.first = len(PLACES) + len(query.hierarchies)
        self.periods, self.areas = Meanings(self._period), Meanings(self._area)
        self.labels: list[Any] | None = None  # the one choice in each hierarchy, as it is called

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

    def with_marks(self, frame: Frame) -> Frame:
        """The newest period is provisional where the indicator says so."""
        marked = {measure.indicator for measure in self.query.measures if measure.newest_is_provisional}
        of_marked = np.array([key.indicator in marked for key in frame.keys], bool)[frame.series]
        frame.provisional[of_marked & (frame.period == max(self.periods.values()))] = True
        return frame

    def _frame(self, rows: list[list], places: list[tuple[Measure, int]]) -> Frame:
        columns = self._columns(rows)
        period = np.fromiter(map(self.periods.__getitem__, columns[0]), np.int16)
        codes = [self.areas[label] for label in columns[1]]
        numbers = {code: number for number, code in enumerate(dict.fromkeys(code for code in codes if code))}
        area = np.fromiter((numbers.get(code, -1) for code in codes), np.int32)
        inside = area >= 0
        keys = [SeriesKey(measure.indicator, code) for measure, _ in places for code in numbers]
        series = [area[inside] + n * len(numbers) for n in range(len(places))]
        values = [self._values(columns[place], place) for _, place in places]
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
        labels = [column[0] for column in columns[2 : self.first]]
        self.labels = self.labels or labels
        if labels != self.labels or any(set(column) != {column[0]} for column in columns[2 : self.first]):
            raise SourceError(f"svaret blander flere værdier i {', '.join(self.columns[2 : self.first])}.")
        return columns

    def _check_keys(self) -> None:
        """Period, area and groupings are called what they should be, as far as anybody says what that is."""
        known = {normalised(label) for label in self.query.groupings}
        known |= hierarchy_names(self.metadata, [name for name, _ in self.query.hierarchies])
        expected = [{normalised(name)} for name in PLACES] + [known] * len(self.query.hierarchies)
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

    def _values(self, column: tuple, place: int) -> tuple[np.ndarray, np.ndarray]:
        """Ten-thousandths, and where there is no number."""
        if not set(map(type, column)) <= NUMERIC:
            wrong = next(number for number in column if type(number) not in NUMERIC)
            raise SourceError(f"»{str(wrong)[:40]}« i kolonnen »{self.columns[place]}« er ikke et tal.")
        scaled = [0 if number is None else number * SCALE for number in column]
        wrong = next((n for n, number in enumerate(scaled) if abs(number) >= LIMIT or number != int(number)), None)
        if wrong is not None:
            raise SourceError(f"{column[wrong]} har flere cifre, end der er plads til (10 før og 4 efter kommaet).")
        absent = np.fromiter((number is None for number in column), bool)
        return np.fromiter(map(int, scaled), np.int64, len(scaled)), absent

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
        name = str(label).strip().removesuffix(" Kommune")
        if name not in self.vocabulary.areas and name not in NO_MUNICIPALITY:
            raise SourceError(f"ukendt område »{label}«.")
        return self.vocabulary.areas.get(name, OUTSIDE)
