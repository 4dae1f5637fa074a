"""Reads by which words breaches and those who are hit are known (``breaches.yaml``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.rules.consequences import Breach, BreachWords, Hit


@cache
def breach_words() -> BreachWords:
    """Return the words, read once."""
    data = _data()
    triggers = {word: Breach(code) for word, code in data["triggers"].items()}
    return BreachWords(triggers, {word: Hit(code) for word, code in data["subjects"].items()})


@cache
def breach_names() -> Mapping[Breach, Mapping[str, str]]:
    """Return the names of breaches by language."""
    return {Breach(code): {"zh": zh, "en": en} for code, (zh, en) in _data()["breaches"].items()}


@cache
def _data() -> Mapping[str, Any]:
    text = files("keqiao.data").joinpath("vocabulary", "breaches.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data
