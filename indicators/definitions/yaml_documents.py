"""YAML documents checked against a pydantic model; what is wrong is told with file and line. Pure."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from accounts.civil_numbers import holds_civil_number
from accounts.permitted_text import is_unreadable

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_REASONS = 20
Document = TypeVar("Document", bound=BaseModel)


class DocumentError(ValueError):
    """A document that cannot be used. Its text has one line a reason: `name.yaml line 12: …`."""


def load(path: Path | str, model: type[Document]) -> Document:
    """The document in the file, or a DocumentError that names the line of everything wrong with it."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path.name}: cannot be read ({error})") from None
    return parse(text, model, name=path.name)


def parse(text: str, model: type[Document], *, name: str) -> Document:
    tree, data = _read(text, name)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors()[:MAX_REASONS]
        reasons = [f"{name} line {_line(tree, problem['loc'])}: {_say(problem)}" for problem in problems]
        raise DocumentError("\n".join(reasons)) from None


def line_of(path: Path | str, *location: str | int) -> int:
    """The line of a place in a file, as `line_of(path, "goals", 3, "area")`: for checks beyond the model's."""
    path = Path(path)
    return _line(_read(path.read_text(encoding="utf-8-sig"), path.name)[0], location)


def _read(text: str, name: str) -> tuple[yaml.Node | None, Any]:
    """The document as nodes, which know their lines, and as plain data."""
    try:
        loader = LOADER(text)
        tree = loader.get_single_node()
        for node in _repeated_keys(tree):
            raise DocumentError(f"{name} line {node.start_mark.line + 1}: the key {node.value!r} stands twice")
        for text_node in _texts(tree):
            _check_text(text_node, f"{name} line {text_node.start_mark.line + 1}")
        return tree, loader.construct_document(tree) if tree else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" line {mark.line + 1}" if mark else ""
        raise DocumentError(f"{name}{place}: {getattr(error, 'problem', None) or error}") from None
    except ValueError as error:  # a date such as 2020-02-31
        raise error if isinstance(error, DocumentError) else DocumentError(f"{name}: {error}") from None


def _texts(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys and values, which become public as they stand."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for item in pair:
                yield from _texts(item)


def _check_text(node: yaml.ScalarNode, place: str) -> None:
    """What is refused is not repeated."""
    if holds_civil_number(node.value):
        raise DocumentError(f"{place}: the text looks like it holds a CPR number")
    if is_unreadable(node.value):
        raise DocumentError(f"{place}: the text holds a control sign that other programs cannot read")


def _repeated_keys(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Keys that YAML would let overwrite an earlier one without a word."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
            yield from _repeated_keys(value)


def _line(node: yaml.Node | None, location: Sequence[str | int]) -> int:
    """The line of the innermost part of the location that the document has. Names of unions are passed over."""
    line = node.start_mark.line if node else 0
    for step in location:
        key, child = _step(node, step)
        if child is not None:
            line, node = key.start_mark.line, child
    return line + 1


def _step(node: yaml.Node | None, step: str | int) -> tuple[Any, yaml.Node | None]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    return None, None


def _say(problem: Any) -> str:
    place = ".".join(str(step) for step in problem["loc"])
    reason = problem["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason
