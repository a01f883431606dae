"""What marks the fields of a document's parts: names, references to names, and values that stand once."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Model
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Name:
    """Marks the field by which others refer to a part. No two parts of a kind share a name."""

    kind: str


@dataclass(frozen=True)
class To:
    """Marks a field that refers to a part by its name; `plan/name` refers to another document's part."""

    kind: str


@dataclass(frozen=True)
class Once:
    """Marks a field whose value no two entries of one list share."""


class Part(BaseModel):
    """One entry of a document; `row` is the model whose fields it fills, if it fills one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    row: ClassVar[type[Model] | None] = None


class Speaking(Part):
    """A whole document: its parts are named within it, or within the plan it speaks of, which `base` names."""

    slug: str

    @property
    def base(self) -> str:
        return self.slug
