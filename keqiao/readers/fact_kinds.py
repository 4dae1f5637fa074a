"""Reads the kinds of record that targets count, and the names of their fields (``keqiao/data/vocabulary``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.programme.fact_words import FactField, FactGroup, FactKind, FactWords, Languages, ScopeWord


@cache
def fact_words() -> FactWords:
    """Return the whole vocabulary of records, read once."""
    named = _loaded("fact_fields")
    return FactWords(
        kinds={
            code: FactKind(_name(entry), tuple(entry["fields"])) for code, entry in _loaded("facts").items()
        },
        fields={code: _field(entry) for code, entry in named["fields"].items()},
        groups={code: FactGroup(_name(entry), entry["of"]) for code, entry in named["groups"].items()},
        scopes={word: ScopeWord(**entry) for word, entry in named["scopes"].items()},
    )


def fact_kinds() -> Mapping[str, FactKind]:
    """Return the kinds of record by code, in the order of the file."""
    return fact_words().kinds


def fact_fields() -> Mapping[str, Languages]:
    """Return the names of all fields of records by code."""
    return {code: field.name for code, field in fact_words().fields.items()}


def fact_groups() -> Mapping[str, Languages]:
    """Return the names of what records are grouped by, by code."""
    return {code: group.name for code, group in fact_words().groups.items()}


def _name(entry: Mapping[str, Any]) -> Languages:
    return {"zh": entry["zh"], "en": entry["en"]}


def _field(entry: Mapping[str, Any]) -> FactField:
    return FactField(
        name=_name(entry),
        type=entry["type"],
        unit=entry.get("unit"),
        order=tuple(entry.get("order", ())),
        smaller_is_better=entry.get("smaller_is_better", False),
        selects=entry.get("selects", False),
        whole=entry.get("whole", False),
        several=entry.get("several", False),
    )


def _loaded(name: str) -> dict[str, Any]:
    text = files("keqiao.data").joinpath("vocabulary", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded
