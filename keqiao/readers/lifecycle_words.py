"""Reads the names of cases, states, acts and roles (``lifecycle.yaml``), in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ruamel.yaml import YAML

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The words of one kind of case in one language; ``states`` and ``acts`` by their codes."""

    name: str
    states: Mapping[str, str]
    acts: Mapping[str, str]


@cache
def case_words(case: str, language: Language = "zh") -> CaseWords:
    """Return the words of one kind of case.

    Raises:
        KeyError: the vocabulary does not know it.
    """
    said = _data()["cases"][case]
    return CaseWords(
        _in(language, said["name"]),
        {code: _in(language, words) for code, words in said["states"].items()},
        {code: _in(language, words) for code, words in said["acts"].items()},
    )


@cache
def role_words(language: Language = "zh") -> Mapping[str, str]:
    """Return what those who move cases are called, by the code of the role."""
    return {code: _in(language, words) for code, words in _data()["roles"].items()}


@cache
def _data() -> Mapping[str, Any]:
    text = files("keqiao.data").joinpath("vocabulary", "lifecycle.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


def _in(language: Language, words: list[str]) -> str:
    return words[0] if language == "zh" else words[1]
