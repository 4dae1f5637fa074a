"""Reads the outside platforms that calls ask for (``keqiao/data/vocabulary/platforms.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class OutsidePlatform:
    """One platform: its name as rules compare it, its English label, and what else notices call it."""

    code: str
    name: str
    label_en: str
    called: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the label for a language code such as ``zh-hans`` or ``en``; Chinese for all others."""
        return self.label_en if language.startswith("en") else self.name


@cache
def outside_platforms() -> Mapping[str, OutsidePlatform]:
    """Return the platforms by code, in the order of the file, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "platforms.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    return {
        code: OutsidePlatform(code, entry["zh"], entry["en"], tuple(entry.get("called", ())))
        for code, entry in data.items()
    }
