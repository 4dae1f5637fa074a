"""Reads the kinds of base figure of regions (``keqiao/data/vocabulary/base_figures.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class FigureKind:
    """What a figure counts: its labels, the unit of count, whether only whole numbers make sense, and the words in
    which targets of calls name it as a denominator.
    """

    code: str
    labels: Mapping[str, str]
    units: Mapping[str, str]
    is_whole: bool
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the label for a language code such as ``zh-hans`` or ``en``; Chinese for all others."""
        return self.labels["en" if language.startswith("en") else "zh"]

    def unit(self, language: str) -> str:
        """Return the unit of count in that language; some have none in English."""
        return self.units["en" if language.startswith("en") else "zh"]


@cache
def figure_kinds() -> Mapping[str, FigureKind]:
    """Return the kinds by code, in the order of the file, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "base_figures.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    return {
        code: FigureKind(
            code,
            {"zh": entry["zh"], "en": entry["en"]},
            dict(entry["unit"]),
            bool(entry["whole"]),
            tuple(entry["words"]),
        )
        for code, entry in data.items()
    }


def figure_kind_called(words: str) -> FigureKind | None:
    """Return the kind that a target's denominator names (常住人口), or None: then a person states the number."""
    return next((kind for kind in figure_kinds().values() if words in kind.words), None)
