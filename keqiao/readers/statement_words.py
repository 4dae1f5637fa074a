"""Reads how offices call the statements of a definition (``keqiao/data/vocabulary/statements``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

Languages = Mapping[str, str]
"""The same words by language: ``zh`` and ``en``."""


@dataclass(frozen=True, slots=True)
class Term:
    """How something is called, and one line of help ("" where it needs none)."""

    name: Languages
    help: Languages


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A type of rule for whoever has to choose one: its group, what it is for, how documents word it."""

    group: str
    help: Languages
    example: Languages


@dataclass(frozen=True, slots=True)
class StatementWords:
    """All of them. ``fields`` by name of the model, ``choices`` by ``Model.field`` or by the field alone."""

    slots: Mapping[str, Term]
    fields: Mapping[str, Mapping[str, Term]]
    choices: Mapping[str, Mapping[str, Term]]
    rule_groups: Mapping[str, Term]
    rule_kinds: Mapping[str, RuleKind]


@cache
def statement_words() -> StatementWords:
    """Return the words, read once."""
    rules = _loaded("rules")
    return StatementWords(
        slots=_terms(_loaded("slots")),
        fields={model: _terms(entries) for model, entries in _loaded("fields").items()},
        choices={field: _terms(entries) for field, entries in _loaded("choices").items()},
        rule_groups=_terms(rules["groups"]),
        rule_kinds={
            name: RuleKind(kind["group"], _both(*kind["help"]), _both(*kind["example"]))
            for name, kind in rules["types"].items()
        },
    )


def _loaded(name: str) -> dict[str, Any]:
    folder = files("keqiao.data").joinpath("vocabulary", "statements")
    text = folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded


def _terms(entries: Mapping[str, list[str]]) -> dict[str, Term]:
    return {name: Term(_both(*said[:2]), _both(*(said[2:4] or ("", "")))) for name, said in entries.items()}


def _both(zh: str, en: str) -> Languages:
    return {"zh": zh, "en": en}
