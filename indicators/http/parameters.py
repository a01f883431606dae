"""What a request to the API may ask with: each parameter is read strictly, or refused with what is allowed."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from indicators import as_of, periods

CODE = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
MOMENT = {
    "type": "string",
    "pattern": r"^((19|20|21)\d\d[01]\d[0-3]\d|(19|20|21)\d\d-[01]\d-[0-3]\d(T[0-2]\d:[0-5]\d.*)?)$",
}
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2}|[0-9]{4})")
ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
INSTANT = re.compile(rf"[0-9-]{{10}}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?{ZONE}")
PERIOD = {"type": "string", "pattern": r"^(19|20|21)\d\d(-\d\d|-?(M|Q|K|QMAT)\d\d?)?$"}
NAMED_IN_THE_TEXT = 12  # longer lists of codes are only in the answer's `allowed`


class Refused(APIException):
    """A parameter or a value that means nothing here; `allowed` is what does."""

    status_code = 400

    def __init__(self, detail: str, *, parameter: str, allowed: Iterable[str] = ()):
        super().__init__(detail)
        self.parameter, self.allowed = parameter, sorted(allowed)


@dataclass(frozen=True)
class Parameter:
    """A query parameter. `read` gives the value that the text means, or raises ValueError with what to write."""

    name: str
    description: str
    read: Callable[[str], Any]
    example: str = ""
    schema: type | dict = str
    codes: Callable[[bool], Iterable[str]] | None = None  # asked with: for those who may see internal figures?

    def schema_now(self) -> type | dict:
        """For the documentation, with the codes that everybody may ask with; there may be none yet."""
        codes = sorted(self.codes(False)) if self.codes is not None else []
        return {"type": "string", "enum": codes} if codes else self.schema

    def value_of(self, text: str, *, internal: bool = False) -> Any:
        if self.codes is not None:
            return self._code(text, self.codes(internal))
        try:
            return self.read(text)
        except ValueError as error:
            raise Refused(f"{self.name}: {error}", parameter=self.name) from None

    def _code(self, text: str, codes: Iterable[str]) -> Any:
        allowed = codes if isinstance(codes, frozenset) else set(codes)
        if text not in allowed:
            problem = _("{name}: »{text}« findes ikke.").format(name=self.name, text=text)
            raise Refused(f"{problem} {self._choices(allowed)}", parameter=self.name, allowed=allowed)
        return self.read(text)

    def _choices(self, allowed: Collection[str]) -> str:
        return _sentence(allowed) if allowed else _("Der er intet at vælge; udelad {name}.").format(name=self.name)


def _sentence(allowed: Iterable[str]) -> str:
    named = sorted(allowed)
    if len(named) > NAMED_IN_THE_TEXT:
        return _("Der er {count} mulige værdier.").format(count=len(named))
    return _("Tilladt: {values}.").format(values=", ".join(named))


def read(query: QueryDict, parameters: Iterable[Parameter], *, internal: bool = False) -> dict[str, Any]:
    """The meaning of each parameter asked with."""
    by_name = {parameter.name: parameter for parameter in parameters}
    for name, texts in query.lists():
        if name not in by_name:
            allowed = list(by_name)
            text = f"{_('Parameteren »{name}« findes ikke her.').format(name=name)} {_sentence(allowed)}"
            raise Refused(text, parameter=name, allowed=allowed)
        if len(texts) > 1:
            text = _("{name}: står {count} gange; skriv den én gang.").format(name=name, count=len(texts))
            raise Refused(text, parameter=name)
    return {name: by_name[name].value_of(texts[-1], internal=internal) for name, texts in query.lists()}


def of_form(query: QueryDict) -> QueryDict:
    """What a form means: a field left empty was not asked with, and several choices are one list."""
    meant = QueryDict(mutable=True)
    for name, texts in query.lists():
        if given := ",".join(text.strip() for text in texts if text.strip()):
            meant[name] = given
    return meant


def one_of(name: str, description: str, codes: Callable[[bool], Iterable[str]], *, example: str = "") -> Parameter:
    """A code from a list that is read when it is asked for."""
    return Parameter(name, description, str, example, CODE if name != "breakdown" else str, codes=codes)


def choice(name: str, description: str, values: Iterable[str]) -> Parameter:
    """One of a few fixed words."""
    words = list(values)
    return Parameter(name, description, str, codes=lambda internal: words)


def whole(name: str, description: str, *, least: int, most: int, example: str = "") -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name, description, lambda text: _whole(text, least, most), example, schema)


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise ValueError(_("skriv et helt tal fra {least} til {most}.").format(least=least, most=most))
    return int(text)


def first_period(name: str, description: str, *, example: str) -> Parameter:
    return Parameter(name, description, lambda text: periods.parse(text)[1], example, PERIOD)


def last_period(name: str, description: str, *, example: str) -> Parameter:
    """The month in which the period ends: `to=2020` takes all of 2020 along."""
    return Parameter(name, description, _last_month, example, PERIOD)


def _last_month(text: str) -> int:
    frequency, number = periods.parse(text)
    return periods.last_month(number, frequency)


def moment(text: str) -> datetime:
    """The end of a day in Copenhagen, or an instant; without a zone an instant is Copenhagen's too."""
    try:
        read = _moment(text.replace(" ", "+"))  # a plus sign that was not escaped arrives as a space
    except ValueError:
        problem = _("»{text}« er ikke en dag eller et tidspunkt; skriv fx 2020-09-15 eller 2020-09-15T12:00:00+02:00.")
        raise ValueError(problem.format(text=text)) from None
    if read > as_of.end_of(timezone.localdate()):
        raise ValueError(_("tidspunktet ligger i fremtiden; vælg et, der er gået."))
    return read


def _moment(text: str) -> datetime:
    if not "1900" <= text[:4] <= "2199":  # other years cannot be moved between zones
        raise ValueError(text)
    if DAY.fullmatch(text):
        return as_of.end_of(date.fromisoformat(text))
    if not INSTANT.fullmatch(text):  # a week, a day without year, and other things that only Python knows
        raise ValueError(text)
    instant = datetime.fromisoformat(text)
    return instant if timezone.is_aware(instant) else timezone.make_aware(instant)


AS_OF = Parameter(
    "as_of",
    "Vis det, der var kendt: ved udgangen af en dag (dansk tid) eller på et tidspunkt. Uden: det, der er kendt nu.",
    moment,
    example="2020-09-15",
    schema=MOMENT,
)
KENDT = Parameter("kendt", "Vis det, der var kendt den dag.", str, example="2020-09-15")  # indicators.as_of reads it
KNOWN_SINCE = Parameter(
    "known_since",
    "Vis alt, der er registreret efter en dag eller et tidspunkt: nye tal, rettelser og tal, der er trukket tilbage.",
    moment,
    schema=MOMENT,
)


def formats(words: Iterable[str]) -> Parameter:
    return choice("format", "Svarets format; ellers json.", words)
