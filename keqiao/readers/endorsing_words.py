"""Reads the words of endorsing (``endorsing.yaml``): who takes a step, opinions, what an endorsing unit answers for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.endorsing.chains import ChainWords
from keqiao.core.endorsing.stages import Taker, TakerWords


@dataclass(frozen=True, slots=True)
class EndorsingWords:
    """The file as values. ``opinions``: phrases by act (``recommend``, ``decline``, ``return``), in both languages."""

    takers: TakerWords
    chains: ChainWords
    finance_names: tuple[str, ...]
    opinions: Mapping[str, tuple[Mapping[str, str], ...]]
    responsibility: Mapping[str, str]
    responsibility_version: int


@cache
def endorsing_words() -> EndorsingWords:
    """Return the words, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "endorsing.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    takers = [(word, Taker(code)) for code, words in data["takers"].items() for word in words]
    said = data["responsibility"]
    return EndorsingWords(
        takers=tuple(sorted(takers, key=lambda each: -len(each[0]))),
        chains=ChainWords(frozenset(data["others"]), data["and_below"]),
        finance_names=tuple(data["finance_names"]),
        opinions={act: tuple(phrases) for act, phrases in data["opinions"].items()},
        responsibility={language: said[language] for language in ("zh", "en")},
        responsibility_version=int(said["version"]),
    )
