"""Reads the kinds of record that targets count, and the names of their fields (``keqiao/data/vocabulary``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

Languages = Mapping[str, str]
"""The same words by language: ``zh`` and ``en``."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of record: its name, and the codes of the fields that conditions may name."""

    name: Languages
    fields: tuple[str, ...]


@cache
def fact_kinds() -> Mapping[str, FactKind]:
    """Return the kinds of record by code, in the order of the file, read once."""
    return {
        code: FactKind({"zh": entry["zh"], "en": entry["en"]}, tuple(entry["fields"]))
        for code, entry in _loaded("facts").items()
    }


@cache
def fact_fields() -> Mapping[str, Languages]:
    """Return the names of all fields of records by code, read once."""
    return _named("fields")


@cache
def fact_groups() -> Mapping[str, Languages]:
    """Return the names of what records are grouped by, by code, read once."""
    return _named("groups")


def _named(part: str) -> Mapping[str, Languages]:
    return {code: {"zh": zh, "en": en} for code, (zh, en) in _loaded("fact_fields")[part].items()}


def _loaded(name: str) -> dict[str, Any]:
    text = files("keqiao.data").joinpath("vocabulary", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded
