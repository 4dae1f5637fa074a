"""Reads the rules of recusal (``conflicts.yaml``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.conflicts.policy import Rule
from keqiao.core.findings import Source


@cache
def conflict_rules() -> Mapping[str, Rule]:
    """Return the rules by their code, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "conflicts.yaml").read_text(encoding="utf-8")
    rules: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(text)["rules"]
    return {code: _rule(code, stated) for code, stated in rules.items()}


def _rule(code: str, stated: Mapping[str, Any]) -> Rule:
    return Rule(
        code=code,
        years=stated.get("years"),
        least_years=stated.get("least_years", 0),
        kinds=frozenset(stated.get("kinds", ())),
        scope=stated.get("scope", "call"),
        most=stated.get("most"),
        source=Source(clause=stated["source"]),
    )
