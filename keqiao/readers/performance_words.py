"""Reads the words of the performance table (``performance.yaml``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.performance import LevelWords, Sublevel

GROUPS = ("levels", "sublevels", "grades", "rows")


@cache
def performance_words() -> LevelWords:
    """Return the words, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "performance.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    percent, named = (
        {word: Sublevel(code) for word, code in data["places"][part].items()} for part in ("percent", "named")
    )
    names = {
        group: {code: {"zh": zh, "en": en} for code, (zh, en) in data[group].items()} for group in GROUPS
    }
    return LevelWords(percent, named, names)
