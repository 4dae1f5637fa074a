"""Reads the word lists of ``keqiao/data/vocabulary`` into the values that the core works with."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.guides.rules.recognisers import RuleWords
from keqiao.core.guides.vocabulary import Vocabulary

_LISTS = (
    "units", "containers", "sections", "verbs", "light_verbs", "periods", "pers", "applicant_words", "forms", "guides",
)  # fmt: skip
_BY_SLOT = ("labels", "suffixes", "document_kinds")


@cache
def guide_vocabulary() -> Vocabulary:
    """Return the vocabulary of the guide reader (``guides.yaml`` and ``rules.yaml``), read once."""
    words, rules = _file("guides.yaml"), _file("rules.yaml")
    listed: dict[str, Any] = {name: tuple(words[name]) for name in _LISTS}
    by_slot: dict[str, Any] = {name: {k: tuple(v) for k, v in words[name].items()} for name in _BY_SLOT}
    phrases = tuple(_rule(entry) for entry in rules["rules"])
    return Vocabulary(rules=phrases, roles=tuple(rules["roles"]), **listed, **by_slot)


def _file(name: str) -> Any:
    text = files("keqiao.data").joinpath("vocabulary", name).read_text(encoding="utf-8")
    return YAML(typ="safe", pure=False).load(text)


def _rule(entry: Mapping[str, Any]) -> RuleWords:
    return RuleWords(
        type=entry["type"],
        reads=entry["reads"],
        in_parts=entry["in"] == "part",
        also_in_content=bool(entry.get("also_in_content")),
        phrases=tuple(phrase for phrase, _ in entry["says"]),
        examples=tuple(example for _, example in entry["says"]),
    )
