"""The sentences of findings, in Chinese and English, from ``keqiao/data/messages``."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from ruamel.yaml import YAML

from keqiao.core.findings import Finding, Value

Language = Literal["zh", "en"]

_WORD = "word."
_QUOTED = re.compile(r"“\{(\w+)\}”")
_INNER = str.maketrans("“”", "‘’")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Every code with its sentence in each language."""
    found: dict[str, Mapping[str, str]] = {}
    for entry in files("keqiao.data").joinpath("messages").iterdir():
        if entry.name.endswith(".yaml"):
            found |= YAML(typ="safe").load(entry.read_text(encoding="utf-8")) or {}
    return found


def sentence(code: str, values: Mapping[str, Value], language: Language = "zh") -> str:
    """What the finding ``code`` says in ``language``, with its values in place.

    A value that begins with ``word.`` is itself a code and is said in the same language; lists are joined.
    Quotation marks inside a quoted value become single ones (GB/T 15834-2011).

    Raises:
        KeyError: the code has no sentence, or the sentence needs a value that is not there.
    """
    template = sentences()[code][language]
    said = {name: _said(value, language) for name, value in values.items()}
    quoted = {name: said[name].translate(_INNER) for name in _QUOTED.findall(template) if name in said}
    return template.format_map(said | quoted)


def _said(value: Value, language: Language) -> str:
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(value)
    text = "" if value is None else str(value)
    return sentences()[text][language] if text.startswith(_WORD) and text in sentences() else text


def say(finding: Finding, language: Language = "zh") -> str:
    """The sentence of a finding."""
    return sentence(finding.code, finding.values, language)
