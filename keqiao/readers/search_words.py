"""Reads the codes by which people look for calls: kinds of applicant and themes (``keqiao/data/vocabulary``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class SearchCode:
    """One code: its labels, and the words of calls that speak for it."""

    code: str
    labels: Mapping[str, str]
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the label for a language code such as ``zh-hans`` or ``en``; Chinese for all others."""
        return self.labels[language[:2] if language[:2] in self.labels else "zh"]


@cache
def applicant_kinds() -> Mapping[str, SearchCode]:
    """Return the kinds of applicant by code, in the order of the file, read once."""
    return _codes("applicant_kinds.yaml")


@cache
def themes() -> Mapping[str, SearchCode]:
    """Return the themes by code, in the order of the file, read once."""
    return _codes("themes.yaml")


def words_of(codes: Mapping[str, SearchCode]) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each code, as the core takes them."""
    return {code: entry.words for code, entry in codes.items()}


def _codes(name: str) -> Mapping[str, SearchCode]:
    text = files("keqiao.data").joinpath("vocabulary", name).read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    return {
        code: SearchCode(code, {"zh": entry["zh"], "en": entry["en"]}, tuple(entry["words"]))
        for code, entry in data.items()
    }
