"""Reads what endorsers often write (``keqiao/data/vocabulary/endorsing_phrases.yaml``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

Phrase = Mapping[str, str]
"""One phrase by language, ``zh`` and ``en``."""


@cache
def endorsing_phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """Return the phrases by act (``recommend``, ``decline``, ``return``), read once."""
    text = files("keqiao.data").joinpath("vocabulary", "endorsing_phrases.yaml").read_text(encoding="utf-8")
    return {act: tuple(said) for act, said in YAML(typ="safe", pure=False).load(text).items()}
