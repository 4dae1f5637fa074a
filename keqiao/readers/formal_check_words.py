"""Reads what every formal check looks at, and what officers often write (``formal_check.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class FormalCheckWords:
    """``always``: words of each standing point by its code, in both languages; ``reasons``: phrases by answer."""

    always: Mapping[str, Mapping[str, str]]
    reasons: Mapping[str, tuple[Mapping[str, str], ...]]


@cache
def formal_check_words() -> FormalCheckWords:
    """Return the words, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "formal_check.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return FormalCheckWords(
        always={each["code"]: {"zh": each["zh"], "en": each["en"]} for each in data["always"]},
        reasons={answer: tuple(phrases) for answer, phrases in data["reasons"].items()},
    )
