"""The sentences of findings, in Chinese and English, from ``keqiao/data/messages``."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from ruamel.yaml import YAML

from keqiao.core.findings import Finding, Value
from keqiao.core.workdays import in_shanghai

Language = Literal["zh", "en"]

_WORD = "word."
_QUOTED = re.compile(r"“\{(\w+)\}”")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d")
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

    A value that begins with ``word.`` is itself a code and is said in the same language, also in a list or behind a
    middle dot (``负责人·word.form_part.phone``); lists are joined. A moment with its zone (``isoformat``) is said
    to the minute on the clocks of Asia/Shanghai.
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
        return ("、" if language == "zh" else ", ").join(_said(each, language) for each in value)
    text = "" if value is None else str(value)
    if _MOMENT.fullmatch(text):
        return _moment(datetime.fromisoformat(text), language)
    if _WORD not in text:
        return text
    return "·".join(sentences()[word][language] if word in sentences() else word for word in text.split("·"))


def _moment(moment: datetime, language: Language) -> str:
    local = in_shanghai(moment)
    if language == "en":
        return f"{local.day} {local:%b} {local.year} {local:%H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def say(finding: Finding, language: Language = "zh") -> str:
    """The sentence of a finding."""
    return sentence(finding.code, finding.values, language)
