"""Reads the fields of work of experts (``expert_fields.yaml``), grouped by discipline."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ruamel.yaml import YAML

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A discipline: its name, and the names of its fields by id, in both languages."""

    id: str
    words: Mapping[Language, str]
    fields: Mapping[str, Mapping[Language, str]]


@cache
def expert_fields() -> tuple[FieldGroup, ...]:
    """Return the disciplines with their fields, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "expert_fields.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return tuple(
        FieldGroup(each["id"], _words(each), {field["id"]: _words(field) for field in each["fields"]})
        for each in data["groups"]
    )


@cache
def field_words() -> Mapping[str, Mapping[Language, str]]:
    """Return the names of all fields by id."""
    return {key: words for group in expert_fields() for key, words in group.fields.items()}


def _words(stated: Mapping[str, str]) -> Mapping[Language, str]:
    return {"zh": stated["zh"], "en": stated["en"]}
