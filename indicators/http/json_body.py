"""What programs send: JSON read strictly, and what is wrong with it told by JSON pointer (RFC 6901) and in Danish."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.settings import api_settings

from accounts.permitted_text import is_unreadable

DEEPEST = 20  # objects and lists within each other; ours need four
TOLD = 20  # errors; the rest are counted
OF_ALL = api_settings.NON_FIELD_ERRORS_KEY
Pointed = tuple[str, str, list[str]]  # pointer, what is wrong, what is allowed


class InvalidBody(APIException):
    """What was sent cannot be used; `errors` is told as RFC 9457 has it."""

    status_code = 400

    def __init__(self, errors: Iterable[Pointed]) -> None:
        found = list(errors)
        self.errors = [
            {"pointer": pointer, "detail": detail} | ({"allowed": allowed} if allowed else {})
            for pointer, detail, allowed in found[:TOLD]
        ]
        more = [f"Og {len(found) - TOLD} fejl mere."] if len(found) > TOLD else []
        super().__init__(" ".join([*(f"{pointer}: {detail}" for pointer, detail, _ in found[:TOLD]), *more]))
        self.parameter, self.allowed = found[0][0].split("/")[1] if found[0][0] else "", found[0][2]


class StrictJSON(JSONParser):
    """JSON without what cannot be kept: no NaN, no bottomless nesting, no signs that other programs cannot hold."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            data = json.loads(stream.read().decode("utf-8-sig"), parse_constant=_refuse)
        except json.JSONDecodeError as error:
            raise ParseError(f"Indholdet er ikke JSON: linje {error.lineno}, tegn {error.colno}.") from None
        except RecursionError:
            raise ParseError(f"Indholdet er indlejret for dybt; højst {DEEPEST} niveauer.") from None
        except ValueError:  # not UTF-8, NaN, or a number of thousands of digits
            raise ParseError("Indholdet er ikke JSON i UTF-8 med tal, der kan læses.") from None
        if wrong := list(_unreadable(data)):
            raise InvalidBody(wrong)
        return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _unreadable(data: Any) -> Iterator[Pointed]:
    waiting: list[tuple[Any, str, int]] = [(data, "", 0)]
    while waiting:
        part, pointer, depth = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(f"Indholdet er indlejret for dybt; højst {DEEPEST} niveauer.")
        if isinstance(part, str) and is_unreadable(part):
            yield pointer, "teksten indeholder et tegn, der ikke kan gemmes.", []
        if isinstance(part, dict):
            yield from ((pointer, "et feltnavn kan ikke læses.", []) for name in part if is_unreadable(name))
        inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        waiting += [(value, f"{pointer}/{escaped(name)}", depth + 1) for name, value in inner]


def escaped(name: str | int) -> str:
    """A part of a pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


WORDS = {  # where the framework's own are English, or say something else
    serializers.CharField: {"invalid": "skriv en tekst."},
    serializers.ListSerializer: {
        "empty": "listen må ikke være tom.",
        "not_a_list": "skriv en liste.",
        "max_length": "der kan højst sendes {max_length} ad gangen.",
    },
    serializers.DictField: {"not_a_dict": "skriv et objekt."},
    serializers.DecimalField: {"invalid": "skriv et tal.", "max_string_length": "tallet er for langt."},
    serializers.BooleanField: {"invalid": "skriv true eller false."},
    serializers.Serializer: {"invalid": "skriv et objekt."},
}


class Body(serializers.Serializer):
    """A body, or an object in it: only the fields it knows."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: _in_danish(field) for name, field in super().get_fields().items()}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({name: ["feltet findes ikke."] for name in unknown})
        return super().to_internal_value(data)


def _in_danish(field: serializers.Field) -> serializers.Field:
    field.error_messages |= {"required": "feltet mangler.", "null": "feltet må ikke være null."}
    field.error_messages |= {"blank": "feltet må ikke være tomt."}
    for kind, words in WORDS.items():
        if isinstance(field, kind):
            field.error_messages |= words
    child = getattr(field, "child", None)
    if child is not None and not isinstance(child, Body):
        _in_danish(child)
    return field


def checked(body: Body) -> dict[str, Any]:
    """What was sent, or a refusal that points at everything wrong with it."""
    if not isinstance(body.initial_data, dict):
        raise InvalidBody([("", "skriv et objekt.", [])])
    if not body.is_valid():
        raise InvalidBody(_pointed(body, body.errors, ""))
    return body.validated_data


def _pointed(field: Any, errors: Any, pointer: str) -> Iterator[Pointed]:
    if isinstance(errors, dict):
        for name, part in errors.items():
            yield from _within(field, name, part, pointer)
    elif any(isinstance(part, dict) for part in errors):
        for place, part in enumerate(errors):
            yield from _pointed(field.child, part, f"{pointer}/{place}")
    else:
        yield pointer, " ".join(map(str, errors)), [str(choice) for choice in getattr(field, "choices", ())]


def _within(field: Any, name: str, errors: Any, pointer: str) -> Iterator[Pointed]:
    fields = getattr(field, "fields", None)
    if name == OF_ALL:
        yield pointer, " ".join(map(str, errors)), []
    elif fields is not None and name not in fields:
        yield f"{pointer}/{escaped(name)}", " ".join(map(str, errors)), list(fields)
    else:
        yield from _pointed(fields[name] if fields is not None else field.child, errors, f"{pointer}/{escaped(name)}")
