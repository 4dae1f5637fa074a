"""Reads the word lists of ``keqiao/data/vocabulary`` into the values that the core works with."""

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from keqiao.core.guides.vocabulary import Vocabulary

_LISTS = (
    "units", "containers", "sections", "periods", "pers", "applicant_words", "forms", "guides",
    "light_verbs", "verbs",
)  # fmt: skip


@cache
def guide_vocabulary() -> Vocabulary:
    """Return the vocabulary of the guide reader (``guides.yaml``), read once."""
    text = files("keqiao.data").joinpath("vocabulary", "guides.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=False).load(text)
    return Vocabulary(
        labels={slot: tuple(words) for slot, words in data["labels"].items()},
        suffixes={slot: tuple(words) for slot, words in data["suffixes"].items()},
        document_kinds={kind: tuple(words) for kind, words in data["document_kinds"].items()},
        **{name: tuple(data[name]) for name in _LISTS},
    )
